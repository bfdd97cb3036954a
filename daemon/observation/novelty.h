#pragma once
// Novelty: lets each fact through once a minute, however often the wire says it, so that the right
// half sees facts and not traffic. A fixed-size table of hashes: memory never grows, and a forgotten
// entry costs one repeated fact, never a lost one.
//
// Thread: its worker.

#include <cstdint>
#include <string_view>
#include <vector>

#include "observation/observation.h"

namespace camwarden {

class Novelty {
 public:
  struct Options {
    std::size_t entries = 1 << 17;                  // rounded up to a power of two; 16 bytes each
    Duration repeat_after = std::chrono::seconds(60);
    bool operator==(const Options&) const = default;
  };
  explicit Novelty(const Options& options);

  // True when the message binds its IP to another MAC than the last one did: when two devices have
  // an address in turn, each turn is news, or the inventory would think that the first turn lasts.
  // Remembers the binding. One address in a few thousand shares its place with another; a turn may
  // then be told a minute late.
  bool changed_hands(const Subject& who);
  std::uint64_t turns() const { return turns_; }  // how often one did

  // True when the fact was not said within repeat_after. Does not remember it: call said() once the
  // fact is safely in the queue, so that a full queue makes it come again.
  bool is_news(std::uint64_t key, Time now) const;
  void said(std::uint64_t key, Time now);

  static std::uint64_t key(const Subject& who, const Field& field, std::string_view value);

 private:
  static constexpr std::size_t kWays = 4;
  struct Entry {
    std::uint64_t key = 0;
    std::int64_t said_ns = INT64_MIN;
  };
  std::size_t bucket(std::uint64_t key) const { return (key & mask_) * kWays; }

  static constexpr std::size_t kBindings = 4096;
  struct Binding {
    IpAddress ip;
    MacAddress mac;
  };

  std::vector<Entry> entries_;
  std::vector<Binding> bindings_{kBindings};
  std::uint64_t turns_ = 0;
  std::size_t mask_;
  Duration repeat_after_;
};

}  // namespace camwarden
