// THE LIST of questions over UDP, in the order in which they are asked: first what most cameras
// answer. One that makes a device do more than answer is not on it, nor are machine vision's GVCP,
// protocols whose first message begins a session (BcUDP, TUTK, DVRIP over TCP), or SNMP, whose
// community is a password.

#include <algorithm>
#include <array>

#include "discovery/probe.h"
#include "discovery/questions.h"

namespace camwarden {
namespace {

template <int... values>
std::string constant(const Asker&) {
  return octets({values...});
}

std::string ask_dvrip(const Asker&) {
  auto question = octets({0xa3, 0x01, 0x00, 0x01}, 32);
  question[16] = 2;
  return question;
}
std::string ask_xiongmai(const Asker&) {
  auto question = octets({0xff}, 20);
  question[14] = static_cast<char>(0xfa);  // message 1530, little-endian
  question[15] = 5;
  return question;
}
std::string ask_mhed(const Asker&) { return "MHED" + octets({8, 0, 1, 0, 1}, 136); }
std::string ask_hanwha(const Asker&) { return octets({1}, 262); }
std::string ask_sony(const Asker&) {
  return "\x02"
         "ENQ:allinfo\xff\x03";
}
std::string ask_vivotek(const Asker& asker) {
  return octets({static_cast<int>(asker.nonce & 0xff), 0x4a, 0x5d, 0x8f, 0x1c});
}
std::string ask_netwave(const Asker&) {
  auto question = "MO_I" + octets({}, 23);
  question[15] = 4;
  question[26] = 1;
  return question;
}
std::string ask_vstarcam(const Asker&) { return "DH\x01\x01"; }
std::string ask_tdp(const Asker&) {
  return octets({2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0x46, 0x3c, 0xb5, 0xd3});
}
std::string ask_miio(const Asker&) {
  return octets({0x21, 0x31, 0x00, 0x20}) + std::string(28, '\xff');
}
std::string ask_v380(const Asker&) { return "NVDEVSEARCH^100"; }
std::string ask_ddp(const Asker&) {
  return octets({0xfd, 0xfd, 0, 0, 0xa1, 0, 0xff, 0xff, 0xff, 0xff, 0xff,
                 0xff, 0,    0, 0, 0,    0, 0,    2,    0,    0,    0});
}
std::string ask_vision360(const Asker&) { return "DISCOVER\n"; }
std::string ask_edimax(const Asker&) {
  return std::string(6, '\xff') + "EDIMAX" + octets({0, 0, 0, 0, 0, 0, 0, 0xa1, 0xff, 0x5e});
}

constexpr std::string_view kWsGroup = "239.255.255.250", kWsGroup6 = "ff02::c";

// clang-format off
constexpr std::array kProbes{
    Probe{.name = "WS-Discovery, cameras", .protocol = "wsdd", .port = 3702, .question = ask_wsdiscovery_cameras,
          .group = kWsGroup, .group6 = kWsGroup6, .source = "section 2"},
    Probe{.name = "SADP", .protocol = "sadp", .maker = "Hikvision", .port = 37020, .question = ask_sadp,
          .group = kWsGroup, .answers = 37020, .heard = kWsGroup, .source = "section 6"},
    Probe{.name = "DHIP", .protocol = "dhip", .maker = "Dahua", .port = 37810, .question = ask_dhip,
          .group = "239.255.255.251", .source = "section 10"},
    Probe{.name = "mDNS", .protocol = "mdns", .port = 5353, .question = ask_mdns,
          .group = "224.0.0.251", .group6 = "ff02::fb", .source = "section 5, RFC 6762"},
    Probe{.name = "SSDP", .protocol = "ssdp", .port = 1900, .question = ask_ssdp,
          .group = kWsGroup, .source = "section 4"},
    Probe{.name = "Xiongmai", .protocol = "xiongmai", .maker = "Xiongmai", .port = 34569, .question = ask_xiongmai,
          .answers = 34569, .source = "section 13"},
    Probe{.name = "MHED", .protocol = "mhed", .maker = "TVT", .port = 23456, .question = ask_mhed,
          .group = "234.55.55.55", .answers = 23456, .heard = "234.55.55.56", .source = "section 14"},
    Probe{.name = "Hanwha", .protocol = "hanwha", .maker = "Hanwha Vision", .port = 7701, .question = ask_hanwha,
          .answers = 7711, .source = "section 19"},
    Probe{.name = "i-PRO", .protocol = "easyip", .maker = "i-PRO", .port = 10670, .question = ask_easyip,
          .from = 10669, .answers = 10669, .source = "section 22"},
    Probe{.name = "RCP+", .protocol = "rcp", .maker = "Bosch", .port = 1757, .question = ask_rcp,
          .answers = 1758, .source = "section 21"},
    Probe{.name = "WS-Discovery, devices", .protocol = "wsdd", .port = 3702, .question = ask_wsdiscovery_devices,
          .group = kWsGroup, .group6 = kWsGroup6, .unicast = false, .source = "section 2"},
    Probe{.name = "Sony", .protocol = "sony", .maker = "Sony", .port = 2380, .question = ask_sony,
          .source = "section 23"},
    Probe{.name = "Vivotek", .protocol = "vivotek", .maker = "Vivotek", .port = 10000, .question = ask_vivotek,
          .source = "section 24"},
    Probe{.name = "Netwave", .protocol = "netwave", .maker = "Foscam", .port = 10000, .question = ask_netwave,
          .answers = 10000, .source = "section 26"},
    Probe{.name = "TDP", .protocol = "tdp", .maker = "TP-Link", .port = 20002, .question = ask_tdp,
          .source = "section 29"},
    Probe{.name = "Ubiquiti", .protocol = "ubiquiti", .maker = "Ubiquiti", .port = 10001, .question = constant<1, 0, 0, 0>,
          .source = "section 27"},
    Probe{.name = "Reolink", .protocol = "reolink", .maker = "Reolink", .port = 2000, .question = constant<0xaa, 0xaa, 0, 0>,
          .answers = 3000, .source = "section 28.1"},
    Probe{.name = "DVRIP", .protocol = "dvrip", .maker = "Dahua", .port = 5050, .question = ask_dvrip,
          .answers = 5050, .source = "section 11"},
    Probe{.name = "Topsee", .protocol = "topsee", .maker = "Topsee", .port = 3001, .question = ask_topsee,
          .answers = 3001, .source = "section 15"},
    Probe{.name = "VStarcam", .protocol = "vstarcam", .maker = "VStarcam", .port = 8600, .question = ask_vstarcam,
          .answers = 8600, .source = "section 25"},
    Probe{.name = "PPPP", .protocol = "pppp", .port = 32108, .question = constant<0xf1, 0x30, 0, 0>,
          .source = "section 32"},
    Probe{.name = "miIO", .protocol = "miio", .port = 54321, .question = ask_miio,
          .source = "section 31"},
    Probe{.name = "Kasa", .protocol = "kasa", .maker = "TP-Link", .port = 9999, .question = ask_kasa,
          .source = "section 29"},
    Probe{.name = "V380", .protocol = "v380", .maker = "Macro-video", .port = 10008, .question = ask_v380,
          .answers = 10009, .source = "section 34"},
    Probe{.name = "D-Link", .protocol = "ddp", .maker = "D-Link", .port = 62976, .question = ask_ddp,
          .answers = 62992, .source = "section 36"},
    Probe{.name = "360 Vision", .protocol = "vision360", .maker = "360 Vision", .port = 3600, .question = ask_vision360,
          .source = "section 37"},
    Probe{.name = "Edimax", .protocol = "edimax", .maker = "Edimax", .port = 20560, .question = ask_edimax,
          .answers = 20560, .source = "section 37"},
    Probe{.name = "SSDP, IPv6", .protocol = "ssdp", .port = 1900, .question = ask_ssdp6,
          .group = "", .group6 = kWsGroup6, .segment = false, .unicast = false, .source = "section 4"},
};
// clang-format on

}  // namespace

std::span<const Probe> probes() { return kProbes; }

bool may_answer(const Probe& probe, const Suspects& suspects) {
  if (suspects.empty() || !names_maker(probe)) return true;
  const auto made_by = [&](std::string_view maker) {
    return std::find(suspects.begin(), suspects.end(), maker) != suspects.end();
  };
  if (!probe.maker.empty()) return made_by(probe.maker);
  return std::none_of(kProbes.begin(), kProbes.end(),
                      [&](const Probe& one) { return !one.maker.empty() && made_by(one.maker); });
}

bool names_maker(const Probe& probe) {
  return probe.protocol != "wsdd" && probe.protocol != "ssdp" && probe.protocol != "mdns";
}

}  // namespace camwarden
