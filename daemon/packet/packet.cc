#include "packet/packet.h"

namespace camwarden {

bool Packet::routed() const {
  if (src.none() || dst.multicast() || dst.broadcast() || dst.link_local() || src.link_local()) {
    return false;
  }
  switch (ttl) {  // initial values: RFC 1700 (64), and 30, 32, 60, 128, 200, 255 as stacks use them
    case 30:
    case 32:
    case 60:
    case 64:
    case 128:
    case 200:
    case 255:
      return false;
  }
  return ttl > 1;  // 1 is what discovery sends on purpose
}

}  // namespace camwarden
