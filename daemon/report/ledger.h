#pragma once
// Ledger: the coverage of every segment by the hour, in the shared database. What was listened to
// and asked is collected in memory and put into the table `coverage` now and then, inside the
// caller's transaction, by adding to what is there: so a restart in the middle of an hour goes on
// with it, and a commit that failed is made good by the next.
//
// A packet tells its VLAN, not its segment. A segment that is known by prefixes has the packets of
// the VLANs on which its hosts were seen; one that shares them with another shares the count.
//
// A pure function of what it is told, and when. Bounded by its Limits; of what waits in memory the
// oldest hours go, and are counted.
//
// Thread: core.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/database.h"
#include "base/result.h"
#include "inventory/device.h"
#include "policy/policy.h"
#include "report/coverage.h"
#include "report/coverage_store.h"

namespace camwarden {

// Who was heard in an hour, by segment: filled a device at a time, because there may be very many.
class Census {
 public:
  explicit Census(Time when) : hour_(hour_of(when)) {}

  Time hour() const { return hour_; }
  void add(const Device& device, const Policy& policy);

 private:
  friend class Ledger;
  using Link = std::pair<std::uint16_t, std::uint16_t>;  // interface, VLAN
  static constexpr std::size_t kMaxLinks = 4096;         // of a segment

  Time hour_;
  std::map<std::string, Heard> counts_;
  std::map<std::string, std::set<Link>> links_;  // on which a segment's hosts were seen
};

class Ledger {
 public:
  struct Limits {
    CoverageStore::Limits store;
    std::size_t waiting = 48;  // hours in memory
    Duration write_after = std::chrono::minutes(1);
  };

  // `database` must outlive it, at its place.
  static Result<Ledger> open(Database& database, Limits limits);
  static Result<Ledger> open(Database& database) { return open(database, Limits{}); }

  void listened(const Listened& listened);
  void asked(const Asked& asked);
  void hosts(const Census& census);

  // There is enough new to write.
  bool due() const;
  void hurry() { told_ = true; }
  // Inside the caller's transaction; what is written goes from memory only with written(), which
  // says that the transaction is committed.
  Status write_if_due(const Policy& policy);
  void written();
  std::uint64_t hours_lost() const { return hours_lost_; }

 private:
  using Link = Census::Link;
  struct Packets {
    std::uint64_t count = 0;
    Duration alive{};
    Time last{};
  };
  struct Ear {  // an interface, for an hour
    std::string name;
    Time first = Time::max();
    Duration listened{};
    Loss lost;
    std::map<std::uint16_t, Packets> vlans;
  };
  struct Hour {
    std::map<std::uint16_t, Ear> ears;
    std::map<std::string, Asked> asked;
    std::map<std::string, Heard> hosts;  // hosts, named, vlans and prefixes of it
  };
  using Rows = std::map<std::string, Coverage>;

  Ledger(CoverageStore store, Limits limits) : store_(std::move(store)), limits_(limits) {}
  Hour& hour(Time when);
  Status write(const Policy& policy);
  Rows rows_of(Time begin, const Hour& hour, const Policy& policy) const;
  void add_ear(const Ear& ear, std::uint16_t interface, const Policy& policy, Rows& rows) const;
  std::vector<std::string> segments_on(const Link& link, const Policy& policy) const;

  CoverageStore store_;
  Limits limits_;
  std::map<Time, Hour> hours_;
  std::map<std::string, std::set<Link>> carriers_;  // of the last census
  Duration unwritten_{};
  bool told_ = false;     // something that listening does not tell, or is wanted now
  bool writing_ = false;  // in the transaction that is open
  std::uint64_t hours_lost_ = 0;
};

// It is known what this is, or who made it.
bool told_apart(const Device& device);

}  // namespace camwarden
