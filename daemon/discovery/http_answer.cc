#include "discovery/http_answer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "protocols/http_content.h"
#include "protocols/text_message.h"

namespace camwarden {
namespace {

int status_of(std::string_view line) {
  int status = 0;
  const auto text = start_line_parts(line).second;
  std::from_chars(text.data(), text.data() + text.size(), status);
  return status;
}

std::string realm_of(std::string_view challenge) {
  constexpr std::string_view kName = "realm=\"";
  const auto at = ifind(challenge, kName);
  if (at == std::string_view::npos) return "";
  const auto value = challenge.substr(at + kName.size());
  return std::string(value.substr(0, value.find('"')));
}

bool bodiless(int status) { return status / 100 == 1 || status == 204 || status == 304; }

// Where the body ends, or that it has not come to its end.
struct Extent {
  bool whole = false;
  std::size_t size = 0;
  std::string text;
};

Extent chunked_extent(std::string_view rest, bool closed) {
  std::array<char, HttpAnswer::kMaxBody> room;
  const auto chunks = read_chunks(rest, room);
  if (chunks.state == Chunks::whole) return {true, chunks.size, std::string(chunks.text)};
  // One that is broken, or larger than is kept, ends with the connection.
  return {closed, rest.size(), std::string(chunks.text)};
}

Extent extent_of(const TextHead& head, int status, std::string_view rest, bool closed) {
  if (bodiless(status)) return {true, 0, ""};
  if (ifind(head.first("Transfer-Encoding"), "chunked") != std::string_view::npos)
    return chunked_extent(rest, closed);
  const auto length = content_length(head);
  const bool whole = closed || (length.valid && rest.size() >= length.octets);
  const auto size =
      length.valid ? std::min<std::uint64_t>(rest.size(), length.octets) : rest.size();
  return {whole, size, std::string(rest.substr(0, std::min(size, HttpAnswer::kMaxBody)))};
}

bool closes_behind(const TextHead& head) {
  const auto connection = head.first("Connection");
  if (ifind(connection, "close") != std::string_view::npos) return true;
  if (head.start_line().starts_with("HTTP/1.0"))
    return ifind(connection, "keep-alive") == std::string_view::npos;
  return !head.has("Content-Length") && !head.has("Transfer-Encoding");
}

}  // namespace

HttpAnswer::State HttpAnswer::read(std::string_view bytes, bool closed, HttpAnswer& answer) {
  constexpr std::string_view kVersion = "HTTP/1.";
  if (!bytes.starts_with(kVersion)) {
    return !closed && kVersion.starts_with(bytes) ? partial : foreign;
  }
  TextHead head;
  if (head.read(bytes, closed) == TextHead::partial) return partial;
  answer.status = status_of(head.start_line());
  answer.server = head.first("Server");
  answer.realm = realm_of(head.first("WWW-Authenticate"));
  answer.location = head.first("Location");
  answer.type = head.first("Content-Type");
  const auto body = bytes.substr(std::min(head.size(), bytes.size()));
  auto extent = extent_of(head, answer.status, body, closed);
  answer.body = std::move(extent.text);
  answer.size = extent.size;
  answer.closes = closed || closes_behind(head);
  return extent.whole ? whole : partial;
}

bool HttpAnswer::same_page_as(const HttpAnswer& other) const {
  const bool says_something = status == 401 ? !realm.empty() : status == 200 && !body.empty();
  return says_something && status == other.status && realm == other.realm &&
         server == other.server && type == other.type && size == other.size && body == other.body;
}

bool HttpAnswer::same_as(const HttpAnswer& other) const {
  if (status != other.status || realm != other.realm || type != other.type) return false;
  // Pages that repeat the path, a date or a nonce differ by a few octets.
  const auto difference = size > other.size ? size - other.size : other.size - size;
  return difference <= std::max<std::size_t>(64, size / 16);
}

}  // namespace camwarden
