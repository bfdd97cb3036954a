#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/surveillance_vectors.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

constexpr std::string_view kXml =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><root xmlns=\"OEMExt00:device-1-0\"><device>"
    "<friendlyName>FLEXIDOME IP 4000i</friendlyName><unitName>Stairs &amp; lift</unitName>"
    "<serialNumber>1234567890</serialNumber><physAddress>00-00-5e-00-53-99</physAddress>"
    "<unitIPAddress>192.0.2.64</unitIPAddress></device></root>";

Recorder read(std::string_view payload) {
  return read_datagram("rcp", packet_from_device(payload));
}

TEST(Rcp, BinaryAnswerTellsWhoseItIs) {
  const auto said = read(vectors::kRcpReply);
  EXPECT_EQ(said.value("rcp.answer"), "binary");
  EXPECT_EQ(said.value("rcp.mac"), kDeviceMac);
  EXPECT_EQ(said.who("rcp.answer").ip, ip(kDeviceIp));
  EXPECT_TRUE(said.who("rcp.answer").bound);
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(Rcp, XmlAnswerTellsOfTheDevice) {
  const auto said = read(kXml);
  EXPECT_EQ(said.value("rcp.answer"), "OEMExt00:device-1-0");
  EXPECT_EQ(said.value("rcp.friendly_name"), "FLEXIDOME IP 4000i");
  EXPECT_EQ(said.value("rcp.name"), "Stairs & lift");
  EXPECT_EQ(said.value("rcp.serial"), "1234567890");
  EXPECT_EQ(said.value("rcp.mac"), kDeviceMac);
  EXPECT_TRUE(said.who("rcp.serial").bound);
}

TEST(Rcp, AnswerFromElsewhereBindsNoAddress) {
  for (const auto& answer : {vectors::kRcpReply, std::string(kXml)}) {
    const auto said = read_datagram("rcp", packet_from_client(answer));
    EXPECT_TRUE(said.who("rcp.answer").ip.none());
    EXPECT_EQ(said.facts[1].who.ip, ip(kClientIp));
  }
}

TEST(Rcp, QuestionTellsOfTheAsker) {
  const auto said = read_datagram("rcp", packet_from_client(vectors::kRcpProbe));
  EXPECT_TRUE(said.said("rcp.probe"));
  EXPECT_EQ(said.who("rcp.probe").ip, ip(kClientIp));
  EXPECT_FALSE(said.said("rcp.answer"));
}

TEST(Rcp, CutAnswerIsAnAnomaly) {
  EXPECT_EQ(read(vectors::kRcpReply.substr(0, 20)).anomalies, std::vector{"rcp.truncated"s});
}

TEST(Rcp, AnswerWithoutMacIsAnAnomaly) {
  auto bytes = vectors::kRcpReply;
  bytes.replace(8, 6, 6, '\0');
  EXPECT_EQ(read(bytes).anomalies, std::vector{"rcp.malformed"s});
}

TEST(Rcp, XmlThatNamesNoDeviceIsAnAnomaly) {
  EXPECT_EQ(read("<root xmlns=\"OEMExt00:device-1-0\"></root>").anomalies,
            std::vector{"rcp.empty_answer"s});
}

TEST(Rcp, OtherMagicAndOtherXmlAreNotRead) {
  for (const std::string other : {"\x99\x39\xa4\x28 and more bytes", "<root xmlns=\"x\"/>", ""}) {
    EXPECT_TRUE(read(other).facts.empty());
    EXPECT_TRUE(read(other).anomalies.empty());
  }
}

TEST(Rcp, TagsAreReadUpToALimit) {
  std::string text = "<root xmlns=\"OEMExt00:device-1-0\">";
  for (int i = 0; i < 1000; ++i) text += "<a>";
  EXPECT_FALSE(read(text + "<serialNumber>1</serialNumber>").said("rcp.serial"));
}

}  // namespace
}  // namespace camwarden
