#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

std::string envelope(const std::string& body) {
  return "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
         "xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\"><s:Body>" +
         body + "</s:Body></s:Envelope>";
}

Recorder show(const std::string& text, bool answer, Packet packet = packet_from_device()) {
  Recorder recorder;
  protocol("onvif").on_body({packet, text, answer}, recorder);
  return recorder;
}
Recorder answer(const std::string& body) { return show(envelope(body), true); }

TEST(Onvif, DeviceInformationNamesTheDevice) {
  const auto said = answer(
      "<tds:GetDeviceInformationResponse><tds:Manufacturer>AXIS</tds:Manufacturer>"
      "<tds:Model>AXIS Q6045-E</tds:Model><tds:FirmwareVersion>5.55.1.2</tds:FirmwareVersion>"
      "<tds:SerialNumber>ACCC8E112233</tds:SerialNumber><tds:HardwareId>1C9.2</tds:HardwareId>"
      "</tds:GetDeviceInformationResponse>");
  EXPECT_EQ(said.value("onvif.answer"), "GetDeviceInformation");
  EXPECT_EQ(said.value("onvif.manufacturer"), "AXIS");
  EXPECT_EQ(said.value("onvif.model"), "AXIS Q6045-E");
  EXPECT_EQ(said.value("onvif.firmware"), "5.55.1.2");
  EXPECT_EQ(said.value("onvif.serial"), "ACCC8E112233");
  EXPECT_EQ(said.value("onvif.hardware_id"), "1C9.2");
  EXPECT_EQ(said.who("onvif.model").ip, ip(kDeviceIp));
}

TEST(Onvif, EnvelopeTellsItsNames) {
  const auto said = answer("<tds:GetScopesResponse/>");
  EXPECT_EQ(said.value("onvif.envelope"), "s: s tds");
  EXPECT_TRUE(said.values("onvif.name_space").empty());
}

TEST(Onvif, NamespaceOfAMakerIsTold) {
  const auto said = show(
      "<env:Envelope xmlns:env='http://www.w3.org/2003/05/soap-envelope' "
      "xmlns:hikwsd=\"http://www.onvifext.com/onvif/ext/ver10/wsdl\"><env:Body>"
      "<tds:GetHostnameResponse xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\"/></env:Body>"
      "</env:Envelope>",
      true);
  EXPECT_EQ(said.value("onvif.name_space"), "http://www.onvifext.com/onvif/ext/ver10/wsdl");
  EXPECT_EQ(said.value("onvif.envelope"), "env: env hikwsd");
}

TEST(Onvif, QuestionIsEvidenceOfWhoAsks) {
  const auto said =
      show(envelope("<GetDeviceInformation xmlns=\"http://www.onvif.org/ver10/device/wsdl\"/>"),
           false, packet_from_client());
  EXPECT_EQ(said.value("onvif.probe"), "GetDeviceInformation");
  EXPECT_EQ(said.who("onvif.probe").ip, ip(kClientIp));
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Onvif, CallsThatTellLittleAreOther) {
  EXPECT_EQ(show(envelope("<tds:Whatever/>"), false).value("onvif.probe"), "other");
  EXPECT_EQ(answer("<tds:GetUsersResponse/>").value("onvif.answer"), "other");
}

TEST(Onvif, ScopesAreRead) {
  const auto said = answer(
      "<tds:GetScopesResponse><tds:Scopes><tt:ScopeItem>onvif://www.onvif.org/name/A%20B</"
      "tt:ScopeItem>"
      "</tds:Scopes><tds:Scopes><tt:ScopeItem>onvif://www.onvif.org/Hardware/Q6045-E</tt:ScopeItem>"
      "</tds:Scopes><tds:Scopes><tt:ScopeItem>onvif://www.onvif.org/hardware</tt:ScopeItem>"
      "</tds:Scopes></tds:GetScopesResponse>");
  EXPECT_EQ(said.value("onvif.name"), "A B");
  EXPECT_EQ(said.values("onvif.model"), std::vector{"Q6045-E"s});
}

std::string interfaces(const std::string& mac, const std::string& address) {
  return "<tds:GetNetworkInterfacesResponse><tds:NetworkInterfaces token=\"lo\"><tt:Info/>"
         "</tds:NetworkInterfaces><tds:NetworkInterfaces token=\"eth0\"><tt:Info><tt:HwAddress>" +
         mac +
         "</tt:HwAddress></tt:Info><tt:IPv4><tt:Manual><tt:Address>169.254.1.1</tt:Address></"
         "tt:Manual>"
         "<tt:FromDHCP><tt:Address>" +
         address +
         "</tt:Address></tt:FromDHCP></tt:IPv4></tds:NetworkInterfaces></"
         "tds:GetNetworkInterfacesResponse>";
}

TEST(Onvif, MacIsBoundToTheSenderWhenItsAddressAgrees) {
  auto packet = packet_from_device();
  packet.src_mac = mac("00:00:5e:00:53:77");  // a router's
  packet.ttl = 62;
  const auto said =
      show(envelope(interfaces("00005E005399", std::string(kDeviceIp))), true, packet);
  EXPECT_EQ(said.value("onvif.mac"), kDeviceMac);
  EXPECT_EQ(said.value("mac"), kDeviceMac);
  EXPECT_EQ(said.who("mac").mac, mac(kDeviceMac));
  EXPECT_EQ(said.who("mac").ip, ip(kDeviceIp));
  EXPECT_TRUE(said.who("mac").bound);
}

TEST(Onvif, MacOfAnotherAddressIsBoundToNothing) {
  auto packet = packet_from_device();
  packet.src_mac = mac("00:00:5e:00:53:77");
  const auto said = show(envelope(interfaces("00:00:5e:00:53:99", "198.51.100.7")), true, packet);
  EXPECT_EQ(said.value("onvif.mac"), kDeviceMac);
  EXPECT_FALSE(said.said("mac"));
}

TEST(Onvif, ServicesTellTheirPathAndTheMakersOwn) {
  const auto said = answer(
      "<tds:GetServicesResponse><tds:Service><tds:Namespace>http://www.onvif.org/ver10/device/wsdl"
      "</tds:Namespace><tds:XAddr>http://192.0.2.64/onvif/device_service</tds:XAddr></tds:Service>"
      "<tds:Service><tds:Namespace>http://www.example.com/vapix</tds:Namespace></tds:Service>"
      "</tds:GetServicesResponse>");
  EXPECT_EQ(said.value("onvif.xaddr"), "/onvif/device_service");
  EXPECT_EQ(said.values("onvif.service"), std::vector{"http://www.example.com/vapix"s});
}

TEST(Onvif, StreamsPathIsReadWithoutItsQuery) {
  EXPECT_EQ(answer("<trt:GetStreamUriResponse><tt:Uri>rtsp://192.0.2.64/cam/"
                   "realmonitor?channel=1&amp;subtype=0"
                   "</tt:Uri></trt:GetStreamUriResponse>")
                .value("onvif.stream_path"),
            "/cam/realmonitor");
}

TEST(Onvif, HostnameIsReadUnlessItIsNone) {
  EXPECT_EQ(answer("<tds:GetHostnameResponse><tt:Name>cam7</tt:Name></tds:GetHostnameResponse>")
                .value("onvif.hostname"),
            "cam7");
  EXPECT_FALSE(
      answer("<tds:GetHostnameResponse><tt:Name>localhost</tt:Name></tds:GetHostnameResponse>")
          .said("onvif.hostname"));
}

TEST(Onvif, NotificationComesFromADevice) {
  const auto said =
      show(envelope("<wsnt:Notify><wsnt:Topic Dialect=\"x\">tns1:VideoSource/MotionAlarm"
                    "</wsnt:Topic></wsnt:Notify>"),
           false);
  EXPECT_EQ(said.value("onvif.notify"), "tns1:VideoSource/MotionAlarm");
  EXPECT_FALSE(said.said("onvif.probe"));
}

TEST(Onvif, OtherSoapIsSilent) {
  for (const auto* text :
       {"<s:Envelope><s:Body><GetDeviceInformationResponse/></s:Body></s:Envelope>",
        "<html>www.onvif.org/</html>", "{\"a\":\"www.onvif.org/\"}", ""}) {
    const auto said = show(text, true);
    EXPECT_TRUE(said.facts.empty() && said.anomalies.empty()) << text;
  }
}

TEST(Onvif, EnvelopeWithoutACallIsAnAnomaly) {
  EXPECT_EQ(show(envelope(""), true).anomalies, std::vector{"onvif.no_call"s});
}

}  // namespace
}  // namespace camwarden
