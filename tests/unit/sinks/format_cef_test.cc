#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "sinks/registry.h"
#include "unit/sinks/hostile.h"
#include "unit/sinks/readers.h"
#include "unit/sinks/sample_alert.h"

namespace camwarden {
namespace {

using testing::CefMessage;
using ::testing::ElementsAre;
using testing::hostile_strings;
using ::testing::IsSupersetOf;
using ::testing::Pair;
using testing::read_cef;
using testing::sample_alert;
using testing::sample_origin;

CefMessage read(const Alert& alert, const Origin& origin = sample_origin()) {
  const auto text = cef_body(alert, origin, 8192);
  const auto message = read_cef(text);
  EXPECT_TRUE(message) << text;
  return message.value_or(CefMessage{});
}

TEST(FormatCef, HeaderIsWhatReceiversGroupOn) {
  EXPECT_THAT(read(sample_alert()).header,
              ElementsAre("CEF:0", "Camwarden", "Camwarden", "0.1.0", "policy.violation",
                          "Video device breaks policy", "8"));
}

TEST(FormatCef, ExtensionNamesEveryFact) {
  EXPECT_THAT(read(sample_alert()).extension,
              IsSupersetOf({Pair("rt", "1789043696789"),
                            Pair("cat", "policy"),
                            Pair("act", "alert"),
                            Pair("dvchost", "sensor-7.lab.example"),
                            Pair("deviceExternalId", "sensor-7"),
                            Pair("src", "192.0.2.50"),
                            Pair("smac", "44:19:b6:0a:0b:0c"),
                            Pair("cs1", "no-cam-on-ot"),
                            Pair("cs1Label", "policyRule"),
                            Pair("cs2", "OT-1"),
                            Pair("cs2Label", "segment"),
                            Pair("cs3", "Hikvision"),
                            Pair("cs3Label", "cameraVendor"),
                            Pair("cs4", "DS-2CD2142FWD-I"),
                            Pair("cs4Label", "cameraModel"),
                            Pair("cs5", "V5.5.0 build 170725"),
                            Pair("cs5Label", "cameraFirmware"),
                            Pair("cs6", "sadp,http"),
                            Pair("cs6Label", "evidence"),
                            Pair("cn1", "300"),
                            Pair("cn1Label", "vlanId"),
                            Pair("cn2", "92"),
                            Pair("cn2Label", "confidence"),
                            Pair("externalId", "01J8ZK3V5Q"),
                            Pair("camwardenCode", "CW2001"),
                            Pair("camwardenLawPacks", "us-ndaa-889"),
                            Pair("camwardenZone", "ot"),
                            Pair("msg", "A camera made by Hikvision is on segment OT-1.")}));
}

// liblognorm 2.0.6 eats the first letter of the first key without the blank.
TEST(FormatCef, FirstKeyIsHarmlessAndHasABlankBefore) {
  const auto text = cef_body(sample_alert(), sample_origin(), 8192);
  EXPECT_NE(text.find("|8| rt="), std::string::npos);
  EXPECT_EQ(read(sample_alert()).first_key, "rt");
}

TEST(FormatCef, PipesStandInTheExtensionAndEqualsSignsAreEscaped) {
  auto alert = sample_alert();
  alert.segment = "a|b=c\\d";
  const auto text = cef_body(alert, sample_origin(), 8192);
  EXPECT_NE(text.find(R"( cs2=a|b\=c\\d )"), std::string::npos) << text;
}

TEST(FormatCef, LineEndsAreWrittenAsCefDoes) {
  auto alert = sample_alert();
  alert.why = "line1\nline2\r\nline3";
  const auto text = cef_body(alert, sample_origin(), 8192);
  EXPECT_NE(text.find(R"( msg=line1\nline2\r\nline3)"), std::string::npos) << text;
  EXPECT_EQ(read(alert).extension.at("msg"), alert.why);
}

TEST(FormatCef, HostileStringsReadBackInTheirOwnKeys) {
  const auto keys = read(sample_alert()).extension.size();
  for (const auto& hostile : hostile_strings()) {
    if (hostile.find_first_of("\r\n") != std::string::npos) continue;  // the fact above
    auto alert = sample_alert();
    alert.segment = alert.device.model = alert.device.firmware = hostile;
    const auto message = read(alert);
    const auto expected = printable(trim(hostile));
    for (const auto* key : {"cs2", "cs4", "cs5"}) {
      EXPECT_TRUE(expected.starts_with(message.extension.at(key))) << message.extension.at(key);
    }
    EXPECT_EQ(message.extension.size(), keys);
    EXPECT_EQ(message.extension.at("src"), "192.0.2.50");
  }
}

TEST(FormatCef, HostileVersionStaysInItsField) {
  for (const auto& hostile : hostile_strings()) {
    const auto message = read(sample_alert(), {"host", hostile, 1});
    ASSERT_EQ(message.header.size(), 7u);
    EXPECT_EQ(message.header[4], "policy.violation");
  }
}

TEST(FormatCef, Ipv6AddressHasItsOwnKey) {
  auto alert = sample_alert();
  alert.device.presences.clear();
  alert.device.ips = {*IpAddress::parse("2001:db8::50")};
  const auto extension = read(alert).extension;
  EXPECT_FALSE(extension.contains("src"));
  EXPECT_EQ(extension.at("c6a2"), "2001:db8::50");
}

TEST(FormatCef, ShortLimitKeepsIdentifiersWhole) {
  auto alert = sample_alert();
  alert.why = alert.device.model = std::string(1000, '=');
  const auto text = cef_body(alert, sample_origin(), 300);
  EXPECT_LE(text.size(), 300u);
  const auto message = read_cef(text);
  ASSERT_TRUE(message) << text;
  EXPECT_EQ(message->extension.at("externalId"), "01J8ZK3V5Q");
  EXPECT_EQ(message->extension.at("cs1"), "no-cam-on-ot");
}

}  // namespace
}  // namespace camwarden
