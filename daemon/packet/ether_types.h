#pragma once
// Ether types that are neither IP nor unwrapped: those of protocols that networks carry every day
// are known by name, the rest by number. Counting them is bounded: a place for each name,
// kStrangers numbers, and one count for all others, so that a flood of random numbers hides no
// name.
//
// Thread: its worker; a value.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace camwarden {

class EtherTypes {
 public:
  static constexpr std::size_t kNamed = 30, kStrangers = 32;
  struct Entry {
    std::uint16_t type = 0;
    std::uint64_t frames = 0;
  };

  // True when the type has a name.
  bool note(std::uint16_t type, std::uint64_t frames = 1);
  void add(const EtherTypes& other);

  // Only those with frames.
  template <typename Show>
  void each(Show show) const {
    for (const auto* list : {named_.data(), strangers_.data()}) {
      const std::size_t size = list == named_.data() ? kNamed : kStrangers;
      for (std::size_t i = 0; i < size; ++i) {
        if (list[i].frames > 0) show(list[i]);
      }
    }
  }
  std::uint64_t others() const { return others_; }  // frames of types that found no place

 private:
  std::array<Entry, kNamed> named_{};
  std::array<Entry, kStrangers> strangers_{};
  std::uint64_t others_ = 0;
};

std::string_view ether_type_name(std::uint16_t type);  // "" when it has none

}  // namespace camwarden
