#include "policy/raise.h"

#include <gmock/gmock.h>

#include "site.h"

namespace camwarden {
namespace {

using test::camera;

// SADP is Hikvision's own, and tells a serial number; the realm is a sign of its firmware.
const Field kAnswer{.name = "sadp.answer", .help = {}};
const Field kSerial{.name = "sadp.serial", .help = {}};
const Field kRealm{.name = "rtsp.realm", .help = {}};

std::unique_ptr<KnowledgeBase> knowledge() {
  static const Vocabulary kWords({&kMacField, &kIpField, &kAnswer, &kSerial, &kRealm});
  test::Directory vendors;
  vendors.write("axis.yml", test::maker_yaml("Axis", "AC:CC:8E"));
  vendors.write("hikvision.yml", test::maker_yaml("Hikvision", "44:19:B6") + R"(
fingerprints:
  - {id: h.answer, field: sadp.answer, any: true, claims: {maker: Hikvision}, certainty: 0.97,
     proprietary: true, because: b, source: s, examples: [x]}
  - {id: h.serial, field: sadp.serial, any: true, claims: {serial: $0}, certainty: 0.97,
     because: b, source: s, examples: [x]}
  - {id: h.realm, field: rtsp.realm, any: true, claims: {maker: Hikvision}, certainty: 0.8,
     because: b, source: s, examples: [x]}
)");
  Diagnostics diagnostics;
  auto loaded = KnowledgeBase::load(vendors.path(), kWords, diagnostics);
  EXPECT_EQ(diagnostics.to_string(), "");
  return loaded;
}

Device seen_by(const std::string& maker, Grade grade, const std::string& protocol) {
  auto device = camera(maker);
  device.grade = grade;
  device.evidence.front().protocol = protocol;
  device.evidence.front().field = protocol + ".what";
  return device;
}

TEST(Raise, NamesTheMakersOwnProtocolAndASecondWitness) {
  EXPECT_EQ(
      what_would_raise(seen_by("Hikvision", Grade::probable, "rtsp"), *knowledge()),
      "would be proven by its serial number in an answer of sadp, or by a second protocol that "
      "names Hikvision, besides rtsp");
}

TEST(Raise, OfAMakerWithoutAProtocolOfItsOwnASecondWitness) {
  EXPECT_EQ(what_would_raise(seen_by("Axis", Grade::probable, "http"), *knowledge()),
            "would be proven by a second protocol that names Axis, besides http");
}

TEST(Raise, CallsAPrefixWhatItIs) {
  auto device = seen_by("Axis", Grade::possible, "arp");
  device.evidence.front().field = "mac";
  EXPECT_EQ(
      what_would_raise(device, *knowledge()),
      "would be probable by a sign of Axis's own firmware; would be proven by a second protocol "
      "that names Axis, besides the prefix of its MAC");
}

TEST(Raise, SaysThatAContradictionStandsInTheWay) {
  auto device = seen_by("Axis", Grade::probable, "http");
  device.conflicts = {{Attribute::maker, "Axis", "Hikvision", {"h.realm"}}};
  EXPECT_THAT(what_would_raise(device, *knowledge()),
              testing::EndsWith("; that Hikvision is claimed too may keep it a step lower"));
}

TEST(Raise, NothingIsToBeRaisedOfAProvenMakerOrOfAHost) {
  EXPECT_EQ(what_would_raise(seen_by("Axis", Grade::proven, "http"), *knowledge()), "");
  Device host;
  host.kind = Kind::host;
  EXPECT_EQ(what_would_raise(host, *knowledge()), "");
}

TEST(Raise, AnAlertSaysIt) {
  const auto known = knowledge();
  auto options = test::small_policy();
  options.rules.front().law_packs.clear();
  const Policy deny_all(options, {}, *known, {});
  const auto found = deny_all.judge(seen_by("Axis", Grade::probable, "http"), test::kNoon);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().to_raise,
            "would be proven by a second protocol that names Axis, besides http");
}

}  // namespace
}  // namespace camwarden
