// One message: header, structured data, BOM and body share max_bytes.

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "sinks/registry.h"
#include "sinks/rfc5424.h"
#include "sinks/sink.h"

namespace camwarden {
namespace {

constexpr std::string_view kBom = "\xef\xbb\xbf";  // RFC 5424 section 6.4

std::size_t less(std::size_t limit, std::size_t taken) { return limit > taken ? limit - taken : 0; }

bool ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c & 0x80; });
}

std::string_view bom_before(std::string_view body, const Format& format,
                            const SinkOptions& options) {
  switch (options.bom) {
    case Bom::never:
      return {};
    case Bom::always:
      return kBom;
    case Bom::automatic:
      return format.for_people && !ascii(body) ? kBom : std::string_view();
  }
  return {};
}

// What structured data may take of `room`: all that the body leaves, but of a sentence at least a
// quarter of the room stays, and a body for parsers has half.
std::size_t structured_data_limit(std::size_t room, std::size_t body, const Format& format) {
  return std::max(less(room, body), format.for_people ? room - room / 4 : room / 2);
}

std::string with_header(const Alert& alert, const SinkOptions& options, const Origin& origin,
                        const Format& format) {
  auto text = rfc5424_header(alert, options, origin) + " ";
  const std::size_t room = less(options.max_bytes, text.size() + 1 + kBom.size());
  auto body = format.body(alert, origin, room);
  text += rfc5424_structured_data(alert, options, origin,
                                  structured_data_limit(room, body.size(), format));
  const std::size_t left = less(options.max_bytes, text.size() + 1 + kBom.size());
  if (body.size() > left) body = format.body(alert, origin, left);
  text += " ";
  text += bom_before(body, format, options);
  return text + body;
}

}  // namespace

std::string render(const Alert& alert, const SinkOptions& options, const Origin& origin) {
  const auto* format = find_format(options.format);
  CHECK(format);
  switch (options.header) {
    case Header::none:
      return format->body(alert, origin, options.max_bytes);
    case Header::rfc5424:
      return with_header(alert, options, origin, *format);
  }
  return {};
}

}  // namespace camwarden
