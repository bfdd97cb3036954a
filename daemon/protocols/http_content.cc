#include "protocols/http_content.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "protocols/text_message.h"

namespace camwarden {
namespace {

bool word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '-' || c == '[' || c == ']';
}

// "root.Brand.Brand=AXIS", "deviceType=IPC", and a script's "var id=".
Guess is_assignment(std::string_view text) {
  constexpr std::size_t kMaxName = 64;
  if (text.starts_with("var ")) text.remove_prefix(4);
  const auto name = text.substr(0, kMaxName);
  const auto end = std::find_if_not(name.begin(), name.end(), word_character);
  if (end == name.end()) return text.size() < kMaxName ? Guess::maybe : Guess::no;
  return end != name.begin() && *end == '=' ? Guess::yes : Guess::no;
}

// AVTECH's lines stand under the number of an error and its name.
Guess is_report(std::string_view text) {
  for (const std::string_view report : {"0\nOK\n", "0\r\nOK\r\n"}) {
    if (text.starts_with(report)) return Guess::yes;
    if (report.starts_with(text)) return Guess::maybe;
  }
  return Guess::no;
}

// Markup of any kind, but for what web pages begin with.
Guess is_document(std::string_view text) {
  constexpr std::array<std::string_view, 10> kPages{"<!doctype html", "<html", "<head",  "<title",
                                                    "<body",          "<meta", "<style", "<script",
                                                    "<frameset",      "<div"};
  bool may_be_page = false;
  for (const auto page : kPages) {
    if (istarts_with(text, page)) return Guess::no;
    may_be_page |= istarts_with(page, text);
  }
  return may_be_page ? Guess::maybe : Guess::yes;
}

// A line with a chunk's size, or nothing; extensions behind ';' say nothing.
std::optional<std::size_t> chunk_size(std::string_view line) {
  std::size_t size = 0;
  const auto text = trim(line.substr(0, line.find(';')));
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return size;
}

// The coded body piece by piece; every step takes bytes or ends.
class ChunkReader {
 public:
  ChunkReader(std::string_view coded, std::span<char> room)
      : all_(coded.size()), left_(coded), room_(room) {}

  Chunks read() {
    auto state = Chunks::partial;
    while (chunk(state)) {
    }
    const std::string_view text(room_.data(), used_);
    return {state, all_ - left_.size(), text};
  }

 private:
  // False at the end of what can be read; `state` says why.
  bool chunk(Chunks::State& state) {
    constexpr std::size_t kMaxLine = 256;
    std::string_view line;
    if (!take_line(left_, line)) {
      if (left_.size() > kMaxLine) state = Chunks::broken;
      return false;
    }
    const auto size = chunk_size(line);
    if (size == 0U) return trailer(state);
    if (!size || *size > room_.size() - used_) {
      state = Chunks::broken;
      return false;
    }
    keep(left_.substr(0, *size));
    if (left_.size() < *size) return false;
    left_.remove_prefix(*size);
    return line_end(state);
  }

  void keep(std::string_view piece) {
    std::copy(piece.begin(), piece.end(), room_.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ += piece.size();
  }

  // Behind a chunk's octets; a lone LF will do.
  bool line_end(Chunks::State& state) {
    std::string_view line;
    if (left_.empty() || left_ == "\r") return false;
    if (take_line(left_, line) && line.empty()) return true;
    state = Chunks::broken;
    return false;
  }

  // Header lines may follow the last chunk, up to a blank line.
  bool trailer(Chunks::State& state) {
    std::string_view line;
    while (take_line(left_, line)) {
      if (!line.empty()) continue;
      state = Chunks::whole;
      break;
    }
    return false;
  }

  std::size_t all_;
  std::string_view left_;
  std::span<char> room_;
  std::size_t used_ = 0;
};

// Where `matches` says yes at a '<', or npos.
template <typename Matches>
std::size_t find_tag(std::string_view text, std::size_t from, Matches matches) {
  for (auto at = text.find('<', from); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (matches(text.substr(at))) return at;
  }
  return std::string_view::npos;
}

bool opens_title(std::string_view at) {
  constexpr std::string_view kTag = "<title";
  return istarts_with(at, kTag) && at.size() > kTag.size() &&
         std::string_view("> \t\r\n").find(at[kTag.size()]) != std::string_view::npos;
}

bool closes_title(std::string_view at) { return istarts_with(at, "</title"); }

}  // namespace

Guess is_text_body(std::string_view start) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (start.starts_with(kByteOrderMark)) start.remove_prefix(kByteOrderMark.size());
  start.remove_prefix(std::min(start.find_first_not_of(" \t\r\n"), start.size()));
  if (start.empty()) return Guess::maybe;
  if (start[0] == '{') return Guess::yes;
  if (start[0] == '<') return is_document(start);
  if (start[0] == '0' && is_report(start) != Guess::no) return is_report(start);
  if (start[0] != '[') return is_assignment(start);
  const auto first = start.find_first_not_of(" \t\r\n", 1);
  if (first == std::string_view::npos) return Guess::maybe;
  return start[first] == '{' ? Guess::yes : Guess::no;
}

Chunks read_chunks(std::string_view coded, std::span<char> room) {
  return ChunkReader(coded, room).read();
}

std::optional<TitleElement> find_title(std::string_view page) {
  TitleElement title;
  title.begin = find_tag(page, 0, opens_title);
  if (title.begin == std::string_view::npos) return std::nullopt;
  const auto end = find_tag(page, title.begin + 1, closes_title);
  if (end != std::string_view::npos) title.end = end;
  return title;
}

}  // namespace camwarden
