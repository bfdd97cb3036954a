#include "app/sight_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace camwarden {
namespace {

constexpr std::size_t kMostVlans = 64, kMostAnomalies = 8;

struct Count {
  std::string name;
  std::uint64_t count = 0;
};
using Counts = std::vector<Count>;

void most_first(Counts& counts) {
  std::stable_sort(counts.begin(), counts.end(),
                   [](const Count& a, const Count& b) { return a.count > b.count; });
}

std::string link_name(int link_type) {
  switch (link_type) {  // libpcap's
    case 0:
    case 108:
      return "null";
    case 1:
      return "ethernet";
    case 113:
      return "linux-sll";
    case 276:
      return "linux-sll2";
  }
  return "raw-ip";
}

Counts vlans_of(const Sight& sight) {
  Counts counts;
  for (std::size_t id = 1; id < Sight::kVlans; ++id) {
    if (sight.vlans[id] > 0) counts.push_back({std::to_string(id), sight.vlans[id]});
  }
  most_first(counts);
  return counts;
}

Counts encapsulations_of(const Sight& sight) {
  Counts counts;
  if (sight.tagged() > 0) counts.push_back({"vlan", sight.tagged()});
  for (std::size_t i = 1; i < kEncapsulations; ++i) {
    const auto name = to_string(static_cast<Encapsulation>(i));
    if (sight.encapsulations[i] > 0) counts.push_back({std::string(name), sight.encapsulations[i]});
  }
  most_first(counts);
  return counts;
}

Counts ether_types_of(const Sight& sight) {
  Counts counts;
  sight.ether_types.each([&](const EtherTypes::Entry& entry) {
    const auto name = ether_type_name(entry.type);
    counts.push_back(
        {name.empty() ? fmt::format("0x{:04x}", entry.type) : std::string(name), entry.frames});
  });
  most_first(counts);
  if (sight.ether_types.others() > 0) counts.push_back({"others", sight.ether_types.others()});
  return counts;
}

Counts anomalies_of(const SightReport& report) {
  Counts counts;
  for (const auto& [name, count] : report.anomalies) counts.push_back({std::string(name), count});
  most_first(counts);
  counts.resize(std::min(counts.size(), kMostAnomalies));
  return counts;
}

// A scanner's SYNs find no answer either, so only the absence of every answer means something.
std::string_view directions_of(const Sight::Connections& seen) {
  if (seen.both + seen.answered == 0) return seen.opened < 8 ? "unknown" : "clients-only";
  if (seen.answered > 9 * seen.both) return "servers-only";
  return seen.answered > seen.both ? "partly-one" : "both";
}

double understood_share(const Sight& sight) {
  return sight.frames == 0
             ? 1
             : static_cast<double>(sight.understood()) / static_cast<double>(sight.frames);
}

std::string listed(const Counts& counts, std::size_t most = SIZE_MAX) {
  std::string text;
  for (std::size_t i = 0; i < std::min(most, counts.size()); ++i) {
    text += fmt::format("{}{}:{}", i == 0 ? "" : ",", counts[i].name, counts[i].count);
  }
  if (counts.size() > most) text += fmt::format(",and-{}-more", counts.size() - most);
  return text.empty() ? "none" : text;
}

json::object object_of(const Counts& counts, std::size_t most = SIZE_MAX) {
  json::object object;
  for (std::size_t i = 0; i < std::min(most, counts.size()); ++i) {
    object[counts[i].name] = counts[i].count;
  }
  return object;
}

std::string links_of(const Sight& sight) {
  std::string text;
  for (std::size_t i = 0; i < sight.link_type_count; ++i) {
    text += (text.empty() ? "" : ",") + link_name(sight.link_types[i]);
  }
  return text.empty() ? "none" : text;
}

}  // namespace

SightReport SightReport::of(const Worker& worker) {
  const auto counters = worker.counters();
  return {worker.sight(),
          counters.source.shunted,
          counters.repeated,
          counters.source.dropped_interface,
          counters.source.dropped_ring,
          counters.dropped_queue,
          worker.anomalies()};
}

void SightReport::add(const SightReport& other) {
  sight.add(other.sight);
  left_unread += other.left_unread;
  repeated += other.repeated;
  lost_interface += other.lost_interface;
  lost_ring += other.lost_ring;
  lost_queue += other.lost_queue;
  for (const auto& [name, count] : other.anomalies) anomalies[name] += count;
}

std::string to_text(const SightReport& report) {
  const Sight& sight = report.sight;
  const auto& connections = sight.connections;
  return fmt::format(
      "link={} frames={} understood={:.1f}% opaque={} unread={} encapsulations={} ether_types={} "
      "untagged={} vlans={} directions={} connections_both={} connections_answered_only={} "
      "connections_opened_only={} lost_interface={} lost_ring={} lost_queue={} left_unread={} "
      "repeated={} fragments={} "
      "reassembled={} compared={} copies={} copies_elsewhere={} anomalies={}",
      links_of(sight), sight.frames, 100 * understood_share(sight), sight.opaque,
      sight.unread - sight.fragments, listed(encapsulations_of(sight)),
      listed(ether_types_of(sight)), sight.vlans[0], listed(vlans_of(sight), kMostVlans),
      directions_of(connections), connections.both, connections.answered, connections.opened,
      report.lost_interface, report.lost_ring, report.lost_queue, report.left_unread,
      report.repeated, sight.fragments, sight.reassembled, sight.copies.compared, sight.copies.same,
      sight.copies.elsewhere, listed(anomalies_of(report)));
}

json::object to_json(const SightReport& report) {
  const Sight& sight = report.sight;
  const auto vlans = vlans_of(sight);
  return {
      {"object", "sight"},
      {"link", links_of(sight)},
      {"frames", sight.frames},
      {"understood", understood_share(sight)},
      {"opaque", sight.opaque},
      {"unread", sight.unread - sight.fragments},
      {"encapsulations", object_of(encapsulations_of(sight))},
      {"ether_types", object_of(ether_types_of(sight))},
      {"untagged", sight.vlans[0]},
      {"vlans", object_of(vlans, kMostVlans)},
      {"vlans_not_listed", vlans.size() - std::min(vlans.size(), kMostVlans)},
      {"directions", directions_of(sight.connections)},
      {"connections", json::object{{"both", sight.connections.both},
                                   {"answered_only", sight.connections.answered},
                                   {"opened_only", sight.connections.opened}}},
      {"lost", json::object{{"interface", report.lost_interface},
                            {"ring", report.lost_ring},
                            {"queue", report.lost_queue}}},
      {"left_unread", report.left_unread},
      {"repeated", report.repeated},
      {"fragments", sight.fragments},
      {"reassembled", sight.reassembled},
      {"copies", json::object{{"compared", sight.copies.compared},
                              {"same", sight.copies.same},
                              {"elsewhere", sight.copies.elsewhere}}},
      {"anomalies", object_of(anomalies_of(report))},
  };
}

std::string not_understood(const Sight& sight) {
  std::string text;
  const auto say = [&](const std::string& name, std::uint64_t count) {
    text += fmt::format("{}{} x {}", text.empty() ? "" : "; ", name, count);
  };
  for (std::size_t i = index_of(Encapsulation::macsec); i < kEncapsulations; ++i) {
    const auto name = to_string(static_cast<Encapsulation>(i));
    if (sight.encapsulations[i] > 0) say(std::string(name), sight.encapsulations[i]);
  }
  sight.ether_types.each([&](const EtherTypes::Entry& entry) {
    if (ether_type_name(entry.type).empty())
      say(fmt::format("ether type 0x{:04x}", entry.type), entry.frames);
  });
  if (sight.ether_types.others() > 0) say("other ether types", sight.ether_types.others());
  return text;
}

}  // namespace camwarden
