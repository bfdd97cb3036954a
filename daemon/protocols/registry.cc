// THE LIST. A protocol is one source file that defines its constant, and two words here: the
// declaration and the line.

#include <array>

#include "protocols/protocol.h"

namespace camwarden {

extern const Protocol kArp;
extern const Protocol kBaichuan;
extern const Protocol kBcUdp;
extern const Protocol kCdp;
extern const Protocol kDahuaP2p;
extern const Protocol kDahuaTcp;
extern const Protocol kDdp;
extern const Protocol kDhcp;
extern const Protocol kDhcpv6;
extern const Protocol kDhip;
extern const Protocol kDns;
extern const Protocol kDvrip;
extern const Protocol kDynacolor;
extern const Protocol kEasyIp;
extern const Protocol kEdimax;
extern const Protocol kFtp;
extern const Protocol kGvcp;
extern const Protocol kHanwha;
extern const Protocol kHttp;
extern const Protocol kIsapi;
extern const Protocol kJvc;
extern const Protocol kKasa;
extern const Protocol kLldp;
extern const Protocol kLsdk;
extern const Protocol kMagicbox;
extern const Protocol kMdns;
extern const Protocol kMhed;
extern const Protocol kMiio;
extern const Protocol kMipc;
extern const Protocol kNdp;
extern const Protocol kNetwave;
extern const Protocol kNice;
extern const Protocol kNtp;
extern const Protocol kOnvif;
extern const Protocol kPppp;
extern const Protocol kRcp;
extern const Protocol kReolink;
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
extern const Protocol kTdp;
extern const Protocol kTelnet;
extern const Protocol kTftp;
extern const Protocol kTiandy;
extern const Protocol kTls;
extern const Protocol kTopsee;
extern const Protocol kTutk;
extern const Protocol kTuya;
extern const Protocol kUbiquiti;
extern const Protocol kUpnp;
extern const Protocol kV380;
extern const Protocol kVapix;
extern const Protocol kVideoGreeting;
extern const Protocol kVision360;
extern const Protocol kVivotek;
extern const Protocol kVstarcam;
extern const Protocol kWebApi;
extern const Protocol kWsDiscovery;
extern const Protocol kXiongmai;
extern const Protocol kXiongmaiTcp;

std::span<const Protocol* const> protocols() {
  // clang-format off
  static constexpr std::array kProtocols{
      &kArp,
      &kBaichuan,
      &kBcUdp,
      &kCdp,
      &kDahuaP2p,
      &kDahuaTcp,
      &kDdp,
      &kDhcp,
      &kDhcpv6,
      &kDhip,
      &kDns,
      &kDvrip,
      &kDynacolor,
      &kEasyIp,
      &kEdimax,
      &kGvcp,
      &kHanwha,
      &kIsapi,
      &kJvc,
      &kKasa,
      &kLldp,
      &kLsdk,
      &kMagicbox,
      &kMdns,
      &kMhed,
      &kMiio,
      &kMipc,
      &kNdp,
      &kNetwave,
      &kNice,
      &kNtp,
      &kOnvif,
      &kPppp,
      &kRcp,
      &kReolink,
      &kSadp,
      &kSadpLink,
      &kSip,
      &kSnmp,
      &kSony,
      &kSsdp,
      &kSsh,
      &kSyslog,
      &kTdp,
      &kTelnet,
      &kTftp,
      &kTiandy,
      &kTls,
      &kTopsee,
      &kTutk,
      &kTuya,
      &kUbiquiti,
      &kUpnp,
      &kV380,
      &kVapix,
      &kVideoGreeting,
      &kVision360,
      &kVivotek,
      &kVstarcam,
      &kWebApi,
      &kWsDiscovery,
      &kXiongmai,
      &kXiongmaiTcp,
      &kRtsp,  // before HTTP, whose requests and answers have the same form
      &kHttp,
      &kSmtp,  // before FTP, whose greeting has the same code
      &kFtp,
      &kRtp,  // last: it knows its datagrams by a few bits, which others have by chance
  };
  // clang-format on
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
