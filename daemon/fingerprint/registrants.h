#pragma once
// Registrants: who registered the first bits of a MAC address with the IEEE, of the whole public
// registry and not only of makers of cameras. It is shown beside a device, for people; it claims
// nothing, makes no camera of anything and is never compared with a maker's name: that is what the
// `ouis` of the vendor files are for, each prefix of which somebody has looked at.
//
// Read from the IEEE's CSV (Registry,Assignment,Organization Name,Organization Address), as its web
// site has it, Debian's `ieee-data` installs it, and `camwarden oui update` writes it. Read
// strictly.
//
// Immutable once loaded. Limits: kMaxFileBytes a file, kMaxRows in all; about 2.5 MB for the 50,000
// registrations that there are.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/diagnostics.h"
#include "base/oui.h"

namespace camwarden {

class Registrants {
 public:
  static constexpr std::size_t kMaxFileBytes = 32 << 20;
  static constexpr std::size_t kMaxRows = 500'000;

  Registrants() = default;
  // Nothing when diagnostics has gained an error. Of a prefix that stands in several rows, the
  // first counts.
  static std::optional<Registrants> load(const std::vector<std::string>& paths,
                                         Diagnostics& diagnostics);
  // The same of texts in memory; `name` stands in messages.
  static std::optional<Registrants> read(std::string_view text, const std::string& name,
                                         Diagnostics& diagnostics);

  // The organization's name as registered, made of one line of UTF-8; "" for an address that nobody
  // registered, and for local and multicast ones.
  std::string_view of(const MacAddress& mac) const;
  std::size_t size() const { return table_.size(); }
  std::size_t bytes() const;  // of memory, about

  // All of it in the IEEE's format, without addresses, in order of prefix: what read() reads again.
  std::string to_csv() const;
  // Registrations of 24, 28 or 36 bits.
  std::size_t count(int bits) const;

 private:
  class Builder;

  std::string_view name_at(std::size_t offset) const;

  OuiTable table_;     // prefix -> offset into names_
  std::string names_;  // each once, each ended by a line feed
};

// Debian's files, those that are there.
std::vector<std::string> installed_registries();

}  // namespace camwarden
