// THE LIST. A protocol is one source file that defines its constant, and two words here: the
// declaration and the line.

#include <array>

#include "protocols/protocol.h"

namespace camwarden {

extern const Protocol kArp;
extern const Protocol kDhcp;
extern const Protocol kDhip;
extern const Protocol kHttp;
extern const Protocol kIsapi;
extern const Protocol kOnvif;
extern const Protocol kRtp;
extern const Protocol kRtsp;
extern const Protocol kSadp;
extern const Protocol kUpnp;
extern const Protocol kWsDiscovery;

std::span<const Protocol* const> protocols() {
  static constexpr std::array kProtocols{
      &kArp,  &kDhcp,        &kSadp,  &kDhip,
      &kRtsp,  // before HTTP, whose requests and answers have the same form
      &kHttp, &kWsDiscovery, &kOnvif, &kIsapi, &kUpnp,
      &kRtp,  // last: it knows its datagrams by a few bits, which others have by chance
  };
  return kProtocols;
}

Vocabulary vocabulary() {
  std::vector<const Field*> fields{&kMacField, &kIpField};
  for (const auto* protocol : protocols()) {
    for (const auto* field : protocol->fields) {
      if (field != &kMacField && field != &kIpField) fields.push_back(field);
    }
  }
  return Vocabulary(std::move(fields));
}

}  // namespace camwarden
