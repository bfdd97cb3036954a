#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

Recorder read_description(std::string_view text, bool answer = true) {
  Recorder recorder;
  const auto packet = packet_from_device();
  protocol("upnp").on_body({packet, text, answer}, recorder);
  return recorder;
}

constexpr std::string_view kDescription =
    "<?xml version=\"1.0\"?><root xmlns=\"urn:schemas-upnp-org:device-1-0\">"
    "<specVersion><major>1</major><minor>0</minor></specVersion>"
    "<device><deviceType>urn:schemas-upnp-org:device:Basic:1</deviceType>"
    "<friendlyName>Gate &amp; yard</friendlyName><manufacturer>AXIS</manufacturer>"
    "<manufacturerURL>http://www.example.com/</manufacturerURL>"
    "<modelDescription>Network Camera</modelDescription><modelName>M1065</modelName>"
    "<modelNumber>M1065</modelNumber><serialNumber>ACCC8E112233</serialNumber>"
    "<UDN>uuid:Upnp-BasicDevice-1_0-ACCC8E112233</UDN>"
    "<deviceList><device><deviceType>x</deviceType><modelURL>y</modelURL></device></deviceList>"
    "</device></root>";

TEST(Upnp, DescriptionTellsOfItsSender) {
  const auto said = read_description(kDescription);
  EXPECT_EQ(said.value("upnp.friendly_name"), "Gate & yard");
  EXPECT_EQ(said.value("upnp.manufacturer"), "AXIS");
  EXPECT_EQ(said.value("upnp.model_description"), "Network Camera");
  EXPECT_EQ(said.value("upnp.serial"), "ACCC8E112233");
  EXPECT_EQ(said.value("upnp.udn"), "uuid:Upnp-BasicDevice-1_0-ACCC8E112233");
  EXPECT_EQ(said.values("upnp.device_type").size(), 1U);
  EXPECT_EQ(said.who("upnp.model_name").ip, ip(kDeviceIp));
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(Upnp, EmbeddedDeviceLendsItsParentNothing) {
  EXPECT_FALSE(
      read_description("<root xmlns=\"urn:schemas-upnp-org:device-1-0\"><device><deviceType>a"
                       "</deviceType><deviceList><device><modelName>b</modelName></device>"
                       "</deviceList></device></root>")
          .said("upnp.model_name"));
}

TEST(Upnp, NamespaceOfAMakersOwnIsRead) {
  const auto described = [](const std::string& name_space) {
    return read_description("<root xmlns=\"" + name_space +
                            "\"><device><deviceType>urn:Belkin:device:a:1" +
                            "</deviceType><modelName>b</modelName></device></root>");
  };
  EXPECT_EQ(described("urn:Belkin:device-1-0").value("upnp.model_name"), "b");
  EXPECT_TRUE(described("urn:Belkin:service-1-0").facts.empty());
  EXPECT_TRUE(described("http://example.com/device-1-0").facts.empty());
}

TEST(Upnp, OtherDocumentsAreSilent) {
  for (const auto* text : {"<root><device><modelName>x</modelName></device></root>", "<a/>",
                           "{\"a\":1}", "root=urn:schemas-upnp-org:device-1-0", ""}) {
    const auto said = read_description(text);
    EXPECT_TRUE(said.facts.empty() && said.anomalies.empty()) << text;
  }
}

TEST(Upnp, DescriptionThatAClientSendsSaysNothing) {
  EXPECT_TRUE(read_description(kDescription, false).facts.empty());
}

TEST(Upnp, DescriptionWithoutADeviceIsAnAnomaly) {
  EXPECT_EQ(
      read_description("<root xmlns=\"urn:schemas-upnp-org:device-1-0\"></root>").anomalies.size(),
      1U);
}

}  // namespace
}  // namespace camwarden
