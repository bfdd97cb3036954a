#include "app/sight_report.h"

#include <gtest/gtest.h>

namespace camwarden {
namespace {

SightReport some() {
  SightReport report;
  auto& sight = report.sight;
  sight.note_link_type(1);
  sight.frames = 100;
  sight.opaque = 3;
  sight.unread = 2;
  sight.vlans[0] = 40;
  sight.vlans[10] = 60;
  sight.encapsulations[index_of(Encapsulation::vxlan)] = 5;
  sight.encapsulations[index_of(Encapsulation::macsec)] = 2;
  sight.ether_types.note(0x88cc);
  sight.ether_types.note(0x1234);
  sight.connections.both = 7;
  report.lost_ring = 4;
  report.anomalies["udp.length"] = 2;
  return report;
}

TEST(SightReport, WordsSayWhatIsSeenAndWhatIsLost) {
  const auto text = to_text(some());
  for (const auto* part :
       {"link=ethernet ", "frames=100 ", "understood=95.0% ",
        "encapsulations=vlan:60,vxlan:5,macsec:2 ", "ether_types=lldp:1,0x1234:1 ", "vlans=10:60 ",
        "directions=both ", "lost_ring=4 ", "anomalies=udp.length:2"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
  }
}

TEST(SightReport, VlansBeyondTheMostUsedAreCounted) {
  SightReport report;
  for (std::size_t id = 1; id <= 100; ++id) report.sight.vlans[id] = id;
  EXPECT_NE(to_text(report).find("vlans=100:100,"), std::string::npos);
  EXPECT_NE(to_text(report).find(",and-36-more"), std::string::npos);
  EXPECT_EQ(to_json(report).at("vlans_not_listed").to_number<int>(), 36);
}

TEST(SightReport, WorkersAddUp) {
  auto all = some();
  all.add(some());
  EXPECT_EQ(all.sight.frames, 200u);
  EXPECT_EQ(all.sight.link_type_count, 1u);
  EXPECT_EQ(all.lost_ring, 8u);
  EXPECT_EQ(all.anomalies["udp.length"], 4u);
  EXPECT_EQ(not_understood(all.sight), "macsec x 4; ether type 0x1234 x 2");
}

TEST(SightReport, AnswersWithoutQuestionsAreOneDirection) {
  SightReport report;
  report.sight.connections = {.both = 1, .opened = 0, .answered = 30};
  EXPECT_NE(to_text(report).find("directions=servers-only"), std::string::npos);
  report.sight.connections = {.both = 0, .opened = 30, .answered = 0};
  EXPECT_NE(to_text(report).find("directions=clients-only"), std::string::npos);
}

}  // namespace
}  // namespace camwarden
