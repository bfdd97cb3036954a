#include "packet/ether_types.h"

#include <algorithm>

namespace camwarden {
namespace {

struct Name {
  std::uint16_t type;
  std::string_view name;
};

// https://www.iana.org/assignments/ieee-802-numbers, and what makers use without asking.
constexpr std::array<Name, EtherTypes::kNamed> kNames{{
    {0x0806, "arp"},
    {0x0842, "wake-on-lan"},
    {0x2000, "cdp"},
    {0x22ea, "srp"},
    {0x22f0, "avtp"},
    {0x6003, "decnet"},
    {0x8033, "sadp"},
    {0x8035, "rarp"},
    {0x809b, "appletalk"},
    {0x80f3, "aarp"},
    {0x8137, "ipx"},
    {0x8808, "mac-control"},
    {0x8809, "slow-protocols"},
    {0x8863, "pppoe-discovery"},
    {0x887b, "homeplug"},
    {0x888e, "eapol"},
    {0x8892, "profinet"},
    {0x88a2, "ata"},
    {0x88a4, "ethercat"},
    {0x88ab, "powerlink"},
    {0x88b8, "goose"},
    {0x88ba, "sampled-values"},
    {0x88cc, "lldp"},
    {0x88e1, "homeplug-av"},
    {0x88f5, "mvrp"},
    {0x88f7, "ptp"},
    {0x8902, "cfm"},
    {0x8906, "fcoe"},
    {0x8914, "fip"},
    {0x9000, "loopback"},
}};

const Name* find_name(std::uint16_t type) {
  const auto at = std::lower_bound(kNames.begin(), kNames.end(), type,
                                   [](const Name& name, std::uint16_t t) { return name.type < t; });
  return at != kNames.end() && at->type == type ? &*at : nullptr;
}

}  // namespace

bool EtherTypes::note(std::uint16_t type, std::uint64_t frames) {
  if (const Name* name = find_name(type); name != nullptr) {
    auto& entry = named_[static_cast<std::size_t>(name - kNames.data())];
    entry.type = type;
    entry.frames += frames;
    return true;
  }
  const auto place = std::find_if(strangers_.begin(), strangers_.end(), [type](const Entry& entry) {
    return entry.type == type || entry.frames == 0;
  });
  if (place == strangers_.end()) {
    others_ += frames;
    return false;
  }
  place->type = type;
  place->frames += frames;
  return false;
}

void EtherTypes::add(const EtherTypes& other) {
  other.each([this](const Entry& entry) { note(entry.type, entry.frames); });
  others_ += other.others_;
}

std::string_view ether_type_name(std::uint16_t type) {
  const Name* name = find_name(type);
  return name == nullptr ? std::string_view() : name->name;
}

}  // namespace camwarden
