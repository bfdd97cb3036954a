#pragma once
// What fingerprints/discovery/ports.yml says: the TCP ports that are asked, in order, and the
// families of devices that are to be asked more gently.
//
// Thread: any; a value.

#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "discovery/never_touch.h"

namespace camwarden {

enum class Ask : std::uint8_t { http, https, rtsp, greeting, either };
std::string_view to_string(Ask ask);

struct PortPlan {
  std::uint16_t port = 0;
  Ask ask = Ask::http;
  bool alive = false;  // one by which a host is found
  std::string why;
  std::string maker = {};  // whose own protocol it is, or none
};

struct FragileFamily {
  std::string name;
  std::vector<Oui> ouis;
  std::uint32_t packets = 5, connections = 1;
};

struct AskingData {
  std::vector<PortPlan> ports;
  std::vector<FragileFamily> fragile;
  const FragileFamily* fragile_family(const MacAddress& mac) const;  // or null
};

// `path` of the file; reports what is wrong in it.
AskingData load_ports(const std::string& path, Diagnostics& diagnostics);

}  // namespace camwarden
