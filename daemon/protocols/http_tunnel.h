#pragma once
// RTSP in HTTP, as QuickTime introduced it and players and recorders use it through firewalls: the
// answer to a GET goes on as an RTSP connection of the server; the client's side of it is the body
// of a POST on a second connection, in Base64. Both say application/x-rtsp-tunnelled.
//
// The server's side is read like any RTSP connection. Of the client's only the first message is,
// for that names what it asks for and what program it is.
//
// Thread: any.

#include "protocols/text_message.h"

namespace camwarden {

// Whether the body behind this head is the server's, or the client's, side of RTSP.
bool opens_tunnel(const TextHead& head);

// A reader's word with this bit is the tunnel's.
inline constexpr std::uint32_t kTunnel = 1U << 31;
// ... with this one too, the client's side.
inline constexpr std::uint32_t kClientsSide = 1U << 30;

Progress read_tunnel(const Stream& stream, FactSink& sink);

}  // namespace camwarden
