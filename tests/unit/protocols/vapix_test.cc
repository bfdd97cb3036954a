#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

Recorder show(std::string_view text, bool answer = true) {
  Recorder recorder;
  const auto packet = packet_from_device();
  protocol("vapix").on_body({packet, text, answer}, recorder);
  return recorder;
}

void expect_axis(const Recorder& said) {
  EXPECT_EQ(said.value("vapix.brand"), "AXIS");
  EXPECT_EQ(said.value("vapix.model"), "AXIS M1065-LW");
  EXPECT_EQ(said.value("vapix.product_type"), "Network Camera");
  EXPECT_EQ(said.value("vapix.version"), "9.80.1");
  EXPECT_EQ(said.value("vapix.serial"), "ACCC8E112233");
  EXPECT_EQ(said.who("vapix.serial").ip, ip(kDeviceIp));
}

TEST(Vapix, PropertiesInJsonAreRead) {
  expect_axis(
      show("{\"apiVersion\":\"1.3\",\"data\":{\"propertyList\":{\"Brand\":\"AXIS\","
           "\"ProdShortName\":\"AXIS M1065-LW\","
           "\"ProdType\":\"Network "
           "Camera\",\"Version\":\"9.80.1\",\"SerialNumber\":\"ACCC8E112233\"}}}"));
}

TEST(Vapix, ParametersAreRead) {
  expect_axis(
      show("root.Brand.Brand=AXIS\nroot.Brand.ProdShortName=AXIS M1065-LW\n"
           "root.Brand.ProdType=Network Camera\nroot.Properties.Firmware.Version=9.80.1\n"
           "root.Properties.System.SerialNumber=ACCC8E112233\n"));
}

TEST(Vapix, BrandInJsonIsRead) {
  const auto said = show(
      "{\n \"Brand\": {\n  \"Brand\": \"AXIS\",\n  \"ProdType\": \"Network Camera\",\n"
      "  \"ProdNbr\": \"M1065-LW\",\n  \"ProdShortName\": \"AXIS M1065-LW\"\n }\n}");
  EXPECT_EQ(said.value("vapix.brand"), "AXIS");
  EXPECT_EQ(said.value("vapix.model"), "AXIS M1065-LW");
  EXPECT_EQ(said.value("vapix.product_type"), "Network Camera");
}

TEST(Vapix, NumberStandsForTheShortName) {
  for (const auto* text :
       {"{\"data\":{\"propertyList\":{\"Brand\":\"AXIS\",\"ProdNbr\":\"M1065-LW\"}}}",
        "root.Brand.Brand=AXIS\nroot.Brand.ProdNbr=M1065-LW\n"}) {
    EXPECT_EQ(show(text).value("vapix.model"), "AXIS M1065-LW") << text;
  }
  EXPECT_TRUE(show("{\"data\":{\"propertyList\":{\"ProdNbr\":\"M1065-LW\"}}}").facts.empty());
}

TEST(Vapix, CallIsEvidenceOfItsClient) {
  const auto said =
      show("{\"apiVersion\":\"1.0\",\"method\":\"getAllUnrestrictedProperties\"}", false);
  EXPECT_EQ(said.value("vapix.probe"), "getAllUnrestrictedProperties");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Vapix, OtherTextIsSilent) {
  for (const auto* text :
       {"{\"data\":{\"propertyList\":{}}}", "{\"propertyList\":1}", "{\"data\":[\"propertyList\"]}",
        "root.x=1", "Brand=AXIS", "{\"Brand\":\"AXIS\",\"ProdNbr\":\"x\"}",
        "{\"Brand\":{\"ProdType\":\"x\"}}", "{", ""}) {
    EXPECT_TRUE(show(text).facts.empty()) << text;
  }
}

}  // namespace
}  // namespace camwarden
