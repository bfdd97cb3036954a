#include "protocols/greeting.h"

#include <algorithm>

#include "base/text.h"
#include "protocols/text_message.h"

namespace camwarden {
namespace {

constexpr std::string_view kReady = "220";
constexpr std::size_t kMaxBytes = 1 << 10;
constexpr int kMaxLines = 16;

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// Without the code, where the line has one: in between, servers may leave it out.
std::string_view text_of(std::string_view line) {
  return trim(line.starts_with(kReady) ? line.substr(std::min<std::size_t>(4, line.size())) : line);
}

bool ends(std::string_view line) {
  return line.starts_with(kReady) && (line.size() == 3 || line[3] == ' ');
}

}  // namespace

std::optional<std::string> read_greeting(std::string_view bytes, bool closed) {
  auto left = bytes.substr(0, kMaxBytes);
  std::string text;
  for (int lines = 0; lines < kMaxLines; ++lines) {
    std::string_view line;
    const bool whole = take_line(left, line);
    if (!whole && !closed && bytes.size() < kMaxBytes) return std::nullopt;
    if (!whole) line = left;
    if (!text.empty()) text += ' ';
    text += text_of(line);
    if (!whole || ends(line)) break;
  }
  return text;
}

std::optional<std::string_view> greeting_line(std::string_view bytes) {
  const auto code = bytes.substr(0, 3);
  if (code != kReady.substr(0, code.size())) return std::nullopt;
  if (bytes.size() > 3 && bytes[3] != ' ' && bytes[3] != '-') return std::nullopt;
  std::string_view line;
  if (take_line(bytes, line)) return line;
  return bytes.size() < kMaxBytes ? std::string_view() : bytes.substr(0, kMaxBytes);
}

std::string_view first_words(std::string_view text, int words) {
  text = trim(text);
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size() && words > 0; --words) {
    const auto begin = at;
    while (at < text.size() && is_letter(text[at])) ++at;
    if (at == begin || (at < text.size() && text[at] != ' ')) {
      // A word that ends in punctuation is the last; one that goes on otherwise is no word.
      if (at > begin && std::string_view(":,.;!-").find(text[at]) != std::string_view::npos)
        end = at;
      break;
    }
    end = at;
    ++at;
  }
  return text.substr(0, end);
}

bool of_a_device(std::string_view words) {
  constexpr std::string_view kSigns[] = {
      "alarm",    "motion", "camera",       "ipcam",    "ipc",    "dvr",      "nvr",
      "snapshot", "video",  "surveillance", "detected", "tamper", "doorbell", "intrusion"};
  return std::any_of(std::begin(kSigns), std::end(kSigns),
                     [&](auto sign) { return ifind(words, sign) != std::string_view::npos; });
}

}  // namespace camwarden
