#include "protocols/rtsp_path.h"

#include "base/text.h"

namespace camwarden {

namespace {

// url=<stream>;seq=...,url=...: the first will do.
std::string_view first_stream(std::string_view information) {
  constexpr std::string_view kKey = "url=";
  if (!istarts_with(information, kKey)) return {};
  const auto url = information.substr(kKey.size());
  return url.substr(0, url.find_first_of(";,"));
}

}  // namespace

// A relative one has no path of its own.
void say_stream_path(const Facts& facts, const Subject& who, const Field& field,
                     std::string_view control) {
  if (istarts_with(control, "rtsp:")) facts.say(who, field, request_path(control));
}

void say_stream_path(const Facts& facts, const Subject& who, const Field& field,
                     const TextHead& head) {
  const auto content = head.first("Content-Base");
  say_stream_path(facts, who, field,
                  content.empty() ? first_stream(head.first("RTP-Info")) : content);
}

}  // namespace camwarden
