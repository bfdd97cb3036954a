#pragma once
// What a receiver does, written from RFC 5424 section 6 and from the CEF specification, not from
// our writers: nothing when the text breaks the grammar.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace camwarden::testing {

using Parameters = std::map<std::string, std::string>;

struct SyslogMessage {
  int priority = 0;
  std::string time, host, app, process, id;
  std::map<std::string, Parameters> data;  // by SD-ID
  bool bom = false;
  std::string text;
};

// RFC 5424 section 6, ABNF.
class SyslogReader {
 public:
  explicit SyslogReader(std::string_view text) : rest_(text) {}

  std::optional<SyslogMessage> read() {
    SyslogMessage message;
    if (!read_priority(message)) return std::nullopt;
    if (word() != "1") return std::nullopt;
    message.time = word();
    message.host = word();
    message.app = word();
    message.process = word();
    message.id = word();
    if (message.host.size() > 255 || message.app.size() > 48 || message.process.size() > 128)
      return std::nullopt;
    if (message.id.empty() || message.id.size() > 32) return std::nullopt;
    if (!read_data(message)) return std::nullopt;
    if (rest_.empty()) return message;
    if (!take(' ')) return std::nullopt;
    message.bom = rest_.starts_with("\xef\xbb\xbf");
    message.text = rest_.substr(message.bom ? 3 : 0);
    return message;
  }

 private:
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string until(std::string_view ends) {
    const auto end = rest_.find_first_of(ends);
    std::string out(rest_.substr(0, end));
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
    return out;
  }

  std::string word() {  // 1*PRINTUSASCII SP
    const auto out = until(" ");
    for (const char c : out) {
      if (c < 33 || c > 126) return "";
    }
    return take(' ') ? out : "";
  }

  bool read_priority(SyslogMessage& message) {
    if (!take('<')) return false;
    const auto digits = until(">");
    if (digits.empty() || digits.size() > 3 || (digits[0] == '0' && digits.size() > 1))
      return false;
    message.priority = std::stoi(digits);
    return take('>') && message.priority <= 191;
  }

  bool read_data(SyslogMessage& message) {
    if (take('-')) return true;
    bool any = false;
    while (take('[')) {
      any = true;
      const auto id = until(" ]");
      if (!name(id) || message.data.contains(id)) return false;
      if (!read_parameters(message.data[id])) return false;
    }
    return any;
  }

  bool read_parameters(Parameters& parameters) {
    while (take(' ')) {
      const auto key = until("=");
      if (!name(key) || !take('=') || !take('"')) return false;
      auto value = read_value();
      if (!value) return false;
      parameters[key] = *value;
    }
    return take(']');
  }

  static bool name(const std::string& text) {  // 1*32PRINTUSASCII except = SP ] "
    return !text.empty() && text.size() <= 32 && text.find_first_of("= ]\"") == std::string::npos;
  }

  std::optional<std::string> read_value() {
    std::string out;
    while (!rest_.empty() && !rest_.starts_with('"')) {
      const char c = rest_[0];
      if (c == ']') return std::nullopt;  // must be escaped
      const bool escape = c == '\\' && rest_.size() > 1 &&
                          std::string_view("\"\\]").find(rest_[1]) != std::string_view::npos;
      if (escape) rest_.remove_prefix(1);
      out += rest_[0];
      rest_.remove_prefix(1);
    }
    if (!take('"')) return std::nullopt;
    return out;
  }

  std::string_view rest_;
};

struct CefMessage {
  std::vector<std::string> header;  // seven fields, "CEF:0" first
  Parameters extension;
  std::string first_key;
};

// Splits at separators that no backslash precedes; keeps the escapes.
inline std::size_t find_unescaped(std::string_view text, char separator) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == separator)
      return i;
  }
  return std::string_view::npos;
}

// Nothing for an escape that CEF does not have.
inline std::optional<std::string> cef_unescaped(std::string_view text, std::string_view known) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (++i == text.size() || known.find(text[i]) == std::string_view::npos) return std::nullopt;
    out += text[i] == 'n' ? '\n' : text[i] == 'r' ? '\r' : text[i];
  }
  return out;
}

// A key is the word before an equals sign that is not escaped; its value goes on to the blank
// before the next key.
inline bool read_cef_extension(std::string_view text, CefMessage& message) {
  std::string key;
  std::string_view rest = text;
  for (;;) {
    const auto equals = find_unescaped(rest, '=');
    const bool last = equals == std::string_view::npos;
    const auto before = rest.substr(0, equals);
    const auto blank = last ? std::string_view::npos : before.rfind(' ');
    const auto value =
        last ? before : before.substr(0, blank == std::string_view::npos ? 0 : blank);
    if (key.empty() && value.find_first_not_of(' ') != std::string_view::npos) return false;
    if (!key.empty()) {
      const auto plain = cef_unescaped(value, "\\=nr");
      if (!plain || message.extension.contains(key)) return false;
      message.extension[key] = *plain;
    }
    if (last) return true;
    key = before.substr(blank == std::string_view::npos ? 0 : blank + 1);
    if (key.empty()) return false;
    if (message.first_key.empty()) message.first_key = key;
    rest.remove_prefix(equals + 1);
  }
}

inline std::optional<CefMessage> read_cef(std::string_view text) {
  CefMessage message;
  for (int i = 0; i < 7; ++i) {
    const auto end = find_unescaped(text, '|');
    if (end == std::string_view::npos) return std::nullopt;
    const auto field = cef_unescaped(text.substr(0, end), "\\|");
    if (!field) return std::nullopt;
    message.header.push_back(*field);
    text.remove_prefix(end + 1);
  }
  if (!read_cef_extension(text, message)) return std::nullopt;
  return message;
}

}  // namespace camwarden::testing
