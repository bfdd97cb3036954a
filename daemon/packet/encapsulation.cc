#include "packet/encapsulation.h"

namespace camwarden {

std::string_view to_string(Encapsulation kind) {
  static constexpr std::array<std::string_view, kEncapsulations> kNames{
      "none",         "stacked-vlan", "vn-tag",     "802.1br",       "cisco-metadata",
      "macsec-clear", "pppoe",        "mpls",       "mpls-ethernet", "mpls-in-ip",
      "pbb",          "trill",        "fabricpath", "ip-in-ip",      "etherip",
      "gre",          "nvgre",        "pptp",       "erspan-1",      "erspan-2",
      "erspan-3",     "vxlan",        "vxlan-gpe",  "geneve",        "gtp-u",
      "tzsp",         "macsec",       "mpls-other", "ppp-other",     "gre-other",
      "erspan-other", "gtp-other",    "nsh",        "ipsec-esp",     "ipsec-ah",
      "l2tp",         "capwap"};
  return index_of(kind) < kNames.size() ? kNames[index_of(kind)] : "";
}

}  // namespace camwarden
