// THE LIST. A protocol is one source file that defines its constant, and two words here: the
// declaration and the line.

#include <array>

#include "protocols/protocol.h"

namespace camwarden {

extern const Protocol kArp;
extern const Protocol kBaichuan;
extern const Protocol kCdp;
extern const Protocol kDahuaP2p;
extern const Protocol kDahuaTcp;
extern const Protocol kDhP2p;
extern const Protocol kDhcp;
extern const Protocol kDhcpv6;
extern const Protocol kDhip;
extern const Protocol kDns;
extern const Protocol kDvrip;
extern const Protocol kEasyIp;
extern const Protocol kFtp;
extern const Protocol kHanwha;
extern const Protocol kHttp;
extern const Protocol kIsapi;
extern const Protocol kLldp;
extern const Protocol kMdns;
extern const Protocol kMhed;
extern const Protocol kNdp;
extern const Protocol kNtp;
extern const Protocol kOnvif;
extern const Protocol kRcp;
extern const Protocol kRtp;
extern const Protocol kRtsp;
extern const Protocol kSadp;
extern const Protocol kSadpLink;
extern const Protocol kSip;
extern const Protocol kSmtp;
extern const Protocol kSnmp;
extern const Protocol kSony;
extern const Protocol kSsdp;
extern const Protocol kSsh;
extern const Protocol kSyslog;
extern const Protocol kTelnet;
extern const Protocol kTiandy;
extern const Protocol kTls;
extern const Protocol kTopsee;
extern const Protocol kUpnp;
extern const Protocol kVideoGreeting;
extern const Protocol kVivotek;
extern const Protocol kWsDiscovery;
extern const Protocol kXiongmai;
extern const Protocol kXiongmaiTcp;

std::span<const Protocol* const> protocols() {
  static constexpr std::array kProtocols{
      &kArp,
      &kBaichuan,
      &kCdp,
      &kDahuaP2p,
      &kDahuaTcp,
      &kDhP2p,
      &kDhcp,
      &kDhcpv6,
      &kDhip,
      &kDns,
      &kDvrip,
      &kEasyIp,
      &kFtp,
      &kHanwha,
      &kIsapi,
      &kLldp,
      &kMdns,
      &kMhed,
      &kNdp,
      &kNtp,
      &kOnvif,
      &kRcp,
      &kSadp,
      &kSadpLink,
      &kSip,
      &kSmtp,
      &kSnmp,
      &kSony,
      &kSsdp,
      &kSsh,
      &kSyslog,
      &kTelnet,
      &kTiandy,
      &kTls,
      &kTopsee,
      &kUpnp,
      &kVideoGreeting,
      &kVivotek,
      &kWsDiscovery,
      &kXiongmai,
      &kXiongmaiTcp,
      &kRtsp,  // before HTTP, whose requests and answers have the same form
      &kHttp,
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
