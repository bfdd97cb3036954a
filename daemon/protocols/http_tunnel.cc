#include "protocols/http_tunnel.h"

#include <array>

#include "base/text.h"

namespace camwarden {

extern const Protocol kRtsp;

namespace {

// Of one message: a request of RTSP with its headers.
constexpr std::size_t kMaxDecoded = 3 << 10;

// RFC 4648 section 4. Each message is encoded by itself, so padding may come in between; line ends
// and other characters are passed over.
std::string_view decode_base64(std::string_view text, std::array<char, kMaxDecoded>& room) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::size_t size = 0;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto digit = kDigits.find(c);
    if (c == '=') bits = 0, count = 0;
    if (digit == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    if (size == room.size()) break;
    room[size++] = static_cast<char>(bits >> (count -= 8) & 0xff);
  }
  return {room.data(), size};
}

Progress read_clients_side(const Stream& stream, FactSink& sink) {
  std::array<char, kMaxDecoded> room;
  const auto request = decode_base64(as_text(stream.bytes), room);
  const bool whole = has_blank_line(request, 0) || request.size() == room.size() || stream.closed;
  if (!whole) return {};
  std::uint32_t word = 0;
  if (kRtsp.recognise(as_bytes(request)) == Guess::yes) {
    (void)kRtsp.on_stream({stream.packet, as_bytes(request), true, &word}, sink);
  }
  return {Progress::done, 0};
}

}  // namespace

bool opens_tunnel(const TextHead& head) {
  return istarts_with(head.first("Content-Type"), "application/x-rtsp-tunnelled");
}

Progress read_tunnel(const Stream& stream, FactSink& sink) {
  if (*stream.scratch & kClientsSide) return read_clients_side(stream, sink);
  std::uint32_t word = *stream.scratch & ~kTunnel;
  const auto progress = kRtsp.on_stream({stream.packet, stream.bytes, stream.closed, &word}, sink);
  *stream.scratch = word | kTunnel;
  return progress;
}

}  // namespace camwarden
