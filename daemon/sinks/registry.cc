#include "sinks/registry.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace camwarden {
namespace {

constexpr std::array<Format, 3> kFormats{{
    {"plain", true, plain_body},
    {"json", false, json_body},
    {"cef", false, cef_body},
}};

constexpr std::array<std::string_view, 4> kTcpKeys{"host", "port", "framing", "settle"};
constexpr std::array<std::string_view, 2> kUdpKeys{"host", "port"};
constexpr std::array<std::string_view, 1> kFileKeys{"path"};

// RFC 5424 section 6.1: receivers should take 2048 octets, rsyslog takes 8 KiB unless told
// otherwise. 1232 is what fits an IPv6 packet of the least MTU (1280 - 40 - 8); 65507 is all that
// a UDP datagram over IPv4 holds.
constexpr std::size_t kMiB = 1 << 20;
constexpr std::array<Transport, 4> kTransports{{
    {"udp", TransportKind::udp, Header::rfc5424, 1232, 65507, kUdpKeys, open_udp},
    {"tcp", TransportKind::tcp, Header::rfc5424, 8192, kMiB, kTcpKeys, open_tcp},
    {"file", TransportKind::file, Header::none, 8192, kMiB, kFileKeys, open_file},
    {"stdout", TransportKind::standard_output, Header::none, 8192, kMiB, {}, open_standard_output},
}};

}  // namespace

const Format* find_format(std::string_view name) {
  const auto* found = std::find_if(kFormats.begin(), kFormats.end(),
                                   [&](const Format& format) { return format.name == name; });
  return found == kFormats.end() ? nullptr : found;
}

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const auto& format : kFormats) names.push_back(format.name);
  return names;
}

const Transport& transport_of(TransportKind kind) {
  const auto* found =
      std::find_if(kTransports.begin(), kTransports.end(),
                   [&](const Transport& transport) { return transport.kind == kind; });
  CHECK(found != kTransports.end());
  return *found;
}

std::span<const Transport> transports() { return kTransports; }

}  // namespace camwarden
