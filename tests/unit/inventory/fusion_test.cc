#include "inventory/fusion.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "scene.h"

namespace camwarden::scene {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const auto kWho = framed("00:12:34:00:00:01", "192.0.2.10");

// What the observations say of the one device in them.
Device verdict(const Knowledge& knowledge, const std::vector<Observation>& observations) {
  Network network({}, knowledge);
  network.see(observations);
  return network.device("mac-001234000001");
}

TEST(Fusion, OneWeakSignIsPossible) {
  Knowledge knowledge;
  knowledge.rule(kServer, "Boa", 0.3, maker("Dahua"));
  const auto device = verdict(knowledge, {says(kWho, kServer, "Boa", 1)});
  EXPECT_EQ(device.grade, Grade::possible);
  EXPECT_EQ(device.maker, "Dahua");
  EXPECT_THAT(device.confidence, DoubleNear(0.3, 1e-9));
}

TEST(Fusion, ConfidenceOfSixTenthsIsProbable) {
  Knowledge knowledge;
  knowledge.rule(kServer, "App-webs", 0.6, maker("Hikvision"));
  EXPECT_EQ(verdict(knowledge, {says(kWho, kServer, "App-webs", 1)}).grade, Grade::probable);
}

TEST(Fusion, TwoHeadersOfOneProtocolAreOneWitness) {
  Knowledge knowledge;
  knowledge.rule(kServer, "App-webs", 0.8, maker("Hikvision"));
  knowledge.rule(kHost, "hik", 0.7, maker("Hikvision"));
  const auto device =
      verdict(knowledge, {says(kWho, kServer, "App-webs", 1), says(kWho, kHost, "hikcam", 1)});
  EXPECT_THAT(device.confidence, DoubleNear(0.8, 1e-9));
  EXPECT_EQ(device.grade, Grade::probable);
}

TEST(Fusion, TwoProtocolsThatAgreeProve) {
  Knowledge knowledge;
  knowledge.rule(kServer, "App-webs", 0.8, maker("Hikvision"));
  knowledge.rule(kRealm, "Hik", 0.7, maker("HIKVISION"));
  const auto device =
      verdict(knowledge, {says(kWho, kServer, "App-webs", 1), says(kWho, kRealm, "Hik", 1)});
  EXPECT_THAT(device.confidence, DoubleNear(0.94, 1e-9));
  EXPECT_EQ(device.grade, Grade::proven);
  EXPECT_THAT(device.conflicts, IsEmpty());
}

TEST(Fusion, OwnProtocolWithASerialNumberProvesAlone) {
  const auto with =
      verdict(usual(), {says(kWho, kType, "DS-2CD", 1), says(kWho, kSerial, "DS-2CD0123456", 1)});
  EXPECT_EQ(with.grade, Grade::proven);
  EXPECT_EQ(with.serial, "DS-2CD0123456");
  EXPECT_EQ(verdict(usual(), {says(kWho, kType, "DS-2CD", 1)}).grade, Grade::probable);
}

TEST(Fusion, RegistrantIsOneWitnessWhicheverProtocolCarriedTheMac) {
  Network network;
  network.see(frame(framed(kCamA, "192.0.2.10"), 1));
  network.see(says(named(kCamA, "192.0.2.10"), kMacField, kCamA, 1, "arp"));
  network.see(says(named(kCamA, "192.0.2.10"), kMacField, kCamA, 1, "dhcp"));
  EXPECT_THAT(network.device("mac-4419b600000a").confidence, DoubleNear(0.65, 1e-9));
}

TEST(Fusion, WideRegistrantIsPossibleAtMostAndNoCamera) {
  Knowledge knowledge;
  auto& rule = knowledge.rule(kMacField, "00:12:34", 0.95, maker("Panasonic"));
  rule.weak = true;
  const auto device = verdict(knowledge, {frame(kWho, 1)});
  EXPECT_EQ(device.grade, Grade::possible);
  EXPECT_EQ(device.kind, Kind::host);
}

TEST(Fusion, MakerOfWhatIsNoVideoDeviceIsPossibleAtMost) {
  Knowledge knowledge;
  knowledge.rule(kServer, "printer", 0.95, maker("Axis", "host"));
  const auto device = verdict(knowledge, {says(kWho, kServer, "printer", 1)});
  EXPECT_EQ(device.grade, Grade::possible);
  EXPECT_EQ(device.kind, Kind::host);
}

TEST(Fusion, CameraOfAnUnknownMakerHasNoGrade) {
  Knowledge knowledge;
  knowledge.rule(kServer, "onvif", 0.9, {{Attribute::kind, "camera"}});
  const auto device = verdict(knowledge, {says(kWho, kServer, "onvif", 1)});
  EXPECT_EQ(device.kind, Kind::camera);
  EXPECT_EQ(device.grade, Grade::none);
  EXPECT_EQ(device.maker, "");
}

TEST(Fusion, BrandDoesNotContradictMaker) {
  Knowledge knowledge;
  knowledge.rule(kServer, "App-webs", 0.8, maker("Hikvision"));
  knowledge.rule(kRealm, "Annke", 0.9, {{Attribute::brand, "Annke"}});
  const auto device =
      verdict(knowledge, {says(kWho, kServer, "App-webs", 1), says(kWho, kRealm, "Annke", 1)});
  EXPECT_EQ(device.maker, "Hikvision");
  EXPECT_EQ(device.brand, "Annke");
  EXPECT_EQ(device.grade, Grade::probable);
  EXPECT_THAT(device.conflicts, IsEmpty());
}

TEST(Fusion, AnotherMakerIsKeptAndLowersTheGrade) {
  Knowledge knowledge;
  knowledge.rule(kServer, "App-webs", 0.8, maker("Hikvision"));
  knowledge.rule(kRealm, "Dahua", 0.7, maker("Dahua"));
  const auto device =
      verdict(knowledge, {says(kWho, kServer, "App-webs", 1), says(kWho, kRealm, "Dahua", 1)});
  EXPECT_EQ(device.maker, "Hikvision");
  EXPECT_EQ(device.grade, Grade::possible);
  ASSERT_THAT(device.conflicts, SizeIs(1));
  EXPECT_EQ(device.conflicts[0].other, "Dahua");
  EXPECT_THAT(device.conflicts[0].fingerprints, ElementsAre("rule.1"));
}

TEST(Fusion, FaintHintAtAnotherMakerLowersNothing) {
  Knowledge knowledge;
  knowledge.rule(kServer, "App-webs", 0.8, maker("Hikvision"));
  knowledge.rule(kRealm, "x", 0.2, maker("Dahua"));
  const auto device =
      verdict(knowledge, {says(kWho, kServer, "App-webs", 1), says(kWho, kRealm, "x", 1)});
  EXPECT_EQ(device.grade, Grade::probable);
  EXPECT_THAT(device.conflicts, SizeIs(1));
}

TEST(Fusion, RegistrantOfALabelDoesNotShakeTheMakersOwnProtocol) {
  Knowledge knowledge;
  knowledge.rule(kMacField, "00:12:34", 0.65, maker("Lorex", "video-other"));
  knowledge.rule(kType, "DS-", 0.95, maker("Hikvision")).proprietary = true;
  knowledge.rule(kSerial, "", 0.9, {{Attribute::serial, "$0"}}).proprietary = true;
  const auto device = verdict(knowledge, {frame(kWho, 1), says(kWho, kType, "DS-2CD", 1),
                                          says(kWho, kSerial, "DS-2CD0123456", 1)});
  EXPECT_EQ(device.grade, Grade::proven);
  EXPECT_THAT(device.conflicts, SizeIs(1));
}

TEST(Fusion, ModelOfTheMakerThatLostIsNotTaken) {
  Knowledge knowledge;
  knowledge.rule(kServer, "App-webs", 0.9, maker("Hikvision"));
  knowledge.rule(kRealm, "IPC", 0.5, {{Attribute::maker, "Dahua"}, {Attribute::model, "IPC-HFW"}});
  EXPECT_EQ(
      verdict(knowledge, {says(kWho, kServer, "App-webs", 1), says(kWho, kRealm, "IPC", 1)}).model,
      "");
}

TEST(Fusion, LongerSpellingOfAModelIsNoConflict) {
  Knowledge knowledge;
  knowledge.rule(kServer, "DS-", 0.8, {{Attribute::model, "$0"}});
  knowledge.rule(kRealm, "ds-", 0.7, {{Attribute::model, "$0"}});
  const auto device = verdict(knowledge, {says(kWho, kServer, "DS-2CD2042WD-I/0508", 1),
                                          says(kWho, kRealm, "ds-2cd2042wd-i", 1)});
  EXPECT_EQ(device.model, "DS-2CD2042WD-I/0508");
  EXPECT_THAT(device.conflicts, IsEmpty());
}

TEST(Fusion, FirmwareIsTheOneSeenLast) {
  Knowledge knowledge;
  knowledge.rule(kServer, "V", 0.8, {{Attribute::firmware, "$0"}});
  const auto device =
      verdict(knowledge, {says(kWho, kServer, "V5.5.9", 1), says(kWho, kServer, "V5.4.0", 100)});
  EXPECT_EQ(device.firmware, "V5.4.0");
  EXPECT_THAT(device.conflicts, IsEmpty());
}

TEST(Fusion, RegistrantsVagueKindYieldsToAProtocolsExactOne) {
  Network network;
  network.see(frame(framed(kCamA, "192.0.2.10"), 1))
      .see(says(framed(kCamA, "192.0.2.10"), kServer, "App-webs", 1));
  EXPECT_EQ(network.device("mac-4419b600000a").kind, Kind::camera);
}

TEST(Fusion, TiedKindsGoToTheMoreTelling) {
  Knowledge knowledge;
  knowledge.rule(kServer, "x", 0.8, maker("Dahua", "recorder"));
  knowledge.rule(kRealm, "x", 0.8, maker("Dahua", "camera"));
  const auto device = verdict(knowledge, {says(kWho, kServer, "x", 1), says(kWho, kRealm, "x", 1)});
  EXPECT_EQ(device.kind, Kind::camera);
  ASSERT_THAT(device.conflicts, SizeIs(1));
  EXPECT_EQ(device.conflicts[0].attribute, Attribute::kind);
}

TEST(Fusion, TiedMakersAreTheSameInAnyOrder) {
  Knowledge knowledge;
  knowledge.rule(kServer, "x", 0.7, maker("Dahua"));
  knowledge.rule(kRealm, "x", 0.7, maker("Axis"));
  EXPECT_EQ(verdict(knowledge, {says(kWho, kServer, "x", 1), says(kWho, kRealm, "x", 1)}).maker,
            "Axis");
  EXPECT_EQ(verdict(knowledge, {says(kWho, kRealm, "x", 1), says(kWho, kServer, "x", 1)}).maker,
            "Axis");
}

TEST(Fusion, RecorderThatFrontsItsCamerasIsARecorder) {
  Network network;
  network.see(crowd(kCamA)).see(arp(kCamA, "192.0.2.10", 1));
  EXPECT_EQ(network.device("mac-4419b600000a").kind, Kind::router);
  network.see(says(named(kCamA, "192.0.2.10"), kType, "DS-7608NI", 1));
  EXPECT_EQ(network.device("mac-4419b600000a").kind, Kind::camera);  // as the rule has it
}

TEST(Fusion, AbsurdCertaintiesStayWithinBounds) {
  Knowledge knowledge;
  knowledge.rule(kServer, "x", 7.0, maker("Dahua"));
  const auto device = verdict(knowledge, {says(kWho, kServer, "x", 1)});
  EXPECT_LE(device.confidence, 1.0);
}

}  // namespace
}  // namespace camwarden::scene
