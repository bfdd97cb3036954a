#include "protocols/text_message.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "protocols/markup.h"

namespace camwarden {

bool has_blank_line(std::string_view text, std::size_t seen) {
  const auto from = std::min(text.size(), seen - std::min<std::size_t>(seen, 2));
  for (auto at = text.find('\n', from); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    const auto next = text.substr(at + 1);
    if (next.starts_with('\n') || next.starts_with("\r\n")) return true;
  }
  return false;
}

bool take_line(std::string_view& text, std::string_view& line) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return false;
  line = text.substr(0, end);
  if (line.ends_with('\r')) line.remove_suffix(1);
  text.remove_prefix(end + 1);
  return true;
}

TextHead::State TextHead::read(std::string_view bytes, bool closed) {
  auto rest = bytes.substr(0, kMaxBytes);
  bool ended = false;
  for (std::string_view line; !ended && take_line(rest, line); add(line)) ended = line.empty();
  size_ = std::min(bytes.size(), kMaxBytes) - rest.size();
  if (ended) return whole;
  if (bytes.size() >= kMaxBytes) return oversized;
  return closed && !start_line_.empty() ? whole : partial;
}

void TextHead::add(std::string_view line) {
  if (line.empty()) return;
  if (start_line_.empty()) {
    start_line_ = line;
  } else if ((line[0] == ' ' || line[0] == '\t') && count_ > 0) {
    auto& value = headers_[count_ - 1].value;
    value = {value.data(), static_cast<std::size_t>(line.data() + line.size() - value.data())};
  } else if (const auto colon = line.find(':');
             colon != std::string_view::npos && count_ < kMaxHeaders) {
    headers_[count_++] = {trim(line.substr(0, colon)), line.substr(colon + 1)};
  }
}

std::string_view TextHead::first(std::string_view name) const {
  for (const auto& header : headers()) {
    if (iequals(header.name, name)) return trim(header.value);
  }
  return {};
}

bool TextHead::has(std::string_view name) const {
  return std::any_of(headers().begin(), headers().end(),
                     [&](const HeaderLine& header) { return iequals(header.name, name); });
}

StartLine start_line_parts(std::string_view line) {
  StartLine parts;
  const auto take = [&line] {
    const auto end = std::min(line.find(' '), line.size());
    const auto part = line.substr(0, end);
    line.remove_prefix(std::min(line.find_first_not_of(' ', end), line.size()));
    return part;
  };
  parts.first = take();
  parts.second = take();
  parts.rest = trim(line);
  return parts;
}

ContentLength content_length(const TextHead& head) {
  ContentLength length;
  for (const auto& header : head.headers()) {
    if (!iequals(header.name, "Content-Length")) continue;
    const auto text = trim(header.value);
    std::uint64_t octets = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), octets);
    const bool number = error == std::errc() && end == text.data() + text.size() && !text.empty();
    // Two that differ are an attempt to make two readers disagree (RFC 9112 section 6.3).
    length.valid = number && (!length.present || (length.valid && octets == length.octets));
    length.present = true;
    length.octets = octets;
  }
  return length;
}

bool passed_on(const TextHead& head) {
  return head.has("Via") || head.has("X-Cache") || head.has("X-Cache-Lookup") ||
         head.has("Proxy-Connection") || head.has("Proxy-Agent") || head.has("Proxy-Authenticate");
}

std::string_view request_path(std::string_view target) {
  constexpr std::size_t kMaxPath = 128;
  if (const auto scheme = target.find("://"); scheme < target.find('/')) {
    target.remove_prefix(scheme + 3);
    target.remove_prefix(std::min(target.find('/'), target.size()));
  }
  if (!target.starts_with('/')) return {};
  target = target.substr(0, target.find_first_of("?#"));
  for (const std::string_view secret : {"user=", "username=", "password=", "passwd=", "pwd="}) {
    const auto at = ifind(target, secret);
    if (at != std::string_view::npos) target = target.substr(0, at + secret.size());
  }
  return target.substr(0, kMaxPath);
}

void say_header(const Facts& facts, const Subject& who, const Field& field,
                std::string_view value) {
  if (value.find('\n') == std::string_view::npos) return facts.say(who, field, value);
  facts.say(who, field, collapse_blanks(value));
}

void say_headers(const Facts& facts, const Subject& who, const Field& field, const TextHead& head,
                 std::string_view name) {
  int left = 8;
  for (const auto& header : head.headers()) {
    if (left > 0 && iequals(header.name, name)) {
      say_header(facts, who, field, header.value);
      --left;
    }
  }
}

}  // namespace camwarden
