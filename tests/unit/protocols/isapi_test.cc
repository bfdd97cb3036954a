#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

constexpr std::string_view kNamespace = "http://www.hikvision.com/ver20/XMLSchema";

std::string document(const std::string& root, const std::string& inside,
                     const std::string& name_space = std::string(kNamespace)) {
  return "<?xml version=\"1.0\"?>\n<" + root + " version=\"2.0\" xmlns=\"" + name_space + "\">\n" +
         inside + "</" + root + ">\n";
}

Recorder show(const std::string& text, bool answer = true, Packet packet = packet_from_device()) {
  Recorder recorder;
  protocol("isapi").on_body({packet, text, answer}, recorder);
  return recorder;
}

const std::string kDevice =
    "<deviceName>Gate & "
    "yard</deviceName><model>DS-TEST</model><serialNumber>DS-TEST20200101AAWR000000001"
    "</serialNumber><macAddress>00:00:5e:00:53:99</macAddress><firmwareVersion>V5.7.18</"
    "firmwareVersion>"
    "<firmwareReleasedDate>build 240826</firmwareReleasedDate><deviceType>IPCamera</deviceType>"
    "<manufacturer>hikvision</manufacturer>";

TEST(Isapi, DeviceDescriptionNamesTheDevice) {
  const auto said = show(document("DeviceInfo", kDevice));
  EXPECT_EQ(said.value("isapi.answer"), kNamespace);
  EXPECT_EQ(said.value("isapi.model"), "DS-TEST");
  EXPECT_EQ(said.value("isapi.serial"), "DS-TEST20200101AAWR000000001");
  EXPECT_EQ(said.value("isapi.firmware"), "V5.7.18 build 240826");
  EXPECT_EQ(said.value("isapi.device_type"), "IPCamera");
  EXPECT_EQ(said.value("isapi.device_name"), "Gate & yard");
  EXPECT_EQ(said.value("isapi.manufacturer"), "hikvision");
  EXPECT_EQ(said.value("isapi.mac"), kDeviceMac);
  EXPECT_EQ(said.who("isapi.model").mac_origin, MacOrigin::payload);
}

TEST(Isapi, AlertOfTheOpenStandardTellsByWhatThePlatformAdds) {
  const std::string open = "urn:psialliance-org", alert = "<eventType>PIR</eventType>";
  const std::string added = "<serialNumber xmlns=\"urn:selfextension:psiaext-ver10-xsd\"/>";
  EXPECT_TRUE(show(document("EventNotificationAlert", alert, open)).values("isapi.event").empty());
  EXPECT_EQ(show(document("EventNotificationAlert", alert + added, open)).value("isapi.event"),
            "PIR");
}

std::vector<std::string> bare_alert(const std::string& inside, const std::string& attributes = "") {
  const std::string root = "EventNotificationAlert";
  return show("<" + root + attributes + ">" + inside + "</" + root + ">").values("isapi.event");
}

TEST(Isapi, AlertWithoutANamespaceTellsByItsChannels) {
  const std::string alert = "<eventType>VMD</eventType>";
  EXPECT_TRUE(bare_alert(alert).empty());
  EXPECT_EQ(bare_alert(alert + "<dynChannelID>2</dynChannelID>"), std::vector{"VMD"s});
  EXPECT_TRUE(bare_alert(alert + "<dynChannelID>2</dynChannelID>", " xmlns=\"urn:x\"").empty());
}

TEST(Isapi, AlertWithoutANamespaceTellsByItsAccessEvent) {
  const std::string type = "<eventType>AccessControllerEvent</eventType>";
  EXPECT_EQ(bare_alert(type + "<AccessControllerEvent><majorEventType>5</majorEventType>"
                              "</AccessControllerEvent>"),
            std::vector{"AccessControllerEvent"s});
  EXPECT_TRUE(bare_alert(type).empty());
}

TEST(Isapi, AlertWithoutANamespaceTellsByItsVersionAndWords) {
  const std::string alert = "<eventType>VMD</eventType><eventState>active</eventState>";
  const std::string words = "<eventDescription>Motion alarm</eventDescription>";
  EXPECT_EQ(bare_alert(alert + words, " version=\"2.0\""), std::vector{"VMD"s});
  EXPECT_TRUE(bare_alert(alert + words, " version=\"1.0\"").empty());
  EXPECT_TRUE(bare_alert(alert + words).empty());
  EXPECT_TRUE(bare_alert(alert, " version=\"2.0\"").empty());
}

TEST(Isapi, DescriptionWithoutANamespaceTellsByItsSerialNumber) {
  const auto bare = [](const std::string& serial) {
    return show("<DeviceInfo><model>DS-TEST</model><serialNumber>" + serial +
                "</serialNumber><deviceType>IPCamera</deviceType></DeviceInfo>");
  };
  const auto said = bare("DS-TEST0120200101AAWR000000001");
  EXPECT_EQ(said.value("isapi.model"), "DS-TEST");
  EXPECT_EQ(said.value("isapi.device_type"), "IPCamera");
  EXPECT_FALSE(said.said("isapi.answer"));
  for (const auto* serial : {"DS-TEST", "DS-TEST2020", "DS-TEST20200101", "20200101AAWR", "X1"}) {
    EXPECT_TRUE(bare(serial).facts.empty()) << serial;
  }
}

TEST(Isapi, DeviceBehindARouterIsFoundByItsSerialNumber) {
  auto packet = packet_from_device();
  packet.src_mac = mac("00:00:5e:00:53:77");
  packet.ttl = 62;
  const auto said = show(document("DeviceInfo", kDevice), true, packet);
  EXPECT_EQ(said.who("isapi.model").mac, mac(kDeviceMac));
  EXPECT_TRUE(said.who("isapi.model").ip.none());
  EXPECT_EQ(said.values("isapi.serial").size(), 2U);
  EXPECT_EQ(said.values("isapi.answer").size(), 2U);
}

TEST(Isapi, AHostOnTheLinkThatPassesAnAnswerOnIsNotTheDevice) {
  auto packet = packet_from_device();
  packet.src_mac = mac("00:00:5e:00:53:77");
  const auto said = show(document("DeviceInfo", kDevice), true, packet);
  EXPECT_EQ(said.who("isapi.serial").mac, mac(kDeviceMac));
  EXPECT_EQ(said.values("isapi.serial").size(), 1U);
  EXPECT_EQ(said.values("isapi.answer").size(), 1U);
}

TEST(Isapi, AlertIsOfTheCameraThatPostsIt) {
  const auto said =
      show(document("EventNotificationAlert",
                    "<ipAddress>192.0.2.64</ipAddress><macAddress>00:00:5e:00:53:99</macAddress>"
                    "<eventType>VMD</eventType>"),
           false);
  EXPECT_EQ(said.value("isapi.event"), "VMD");
  EXPECT_EQ(said.who("isapi.event").mac, mac(kDeviceMac));
  EXPECT_TRUE(said.who("isapi.event").bound);
  EXPECT_FALSE(said.said("isapi.probe"));
}

TEST(Isapi, AlertInTheOpenStandardsNamespaceIsAnybodys) {
  const auto said =
      show(document("EventNotificationAlert",
                    "<macAddress>00:00:5e:00:53:99</macAddress><eventType>VMD</eventType>",
                    "urn:psialliance-org"));
  EXPECT_FALSE(said.said("isapi.event"));
  EXPECT_EQ(said.value("isapi.mac"), kDeviceMac);
}

TEST(Isapi, AlertThatAHostOnTheLinkPassesOnIsNotItsOwn) {
  auto packet = packet_from_device();
  packet.src_mac = mac("00:00:5e:00:53:77");
  const auto alert =
      document("EventNotificationAlert",
               "<macAddress>00:00:5e:00:53:99</macAddress><eventType>VMD</eventType>");
  EXPECT_EQ(show(alert, false, packet).values("isapi.event").size(), 1U);
  packet.ttl = 62;
  EXPECT_EQ(show(alert, false, packet).values("isapi.event").size(), 2U);
}

TEST(Isapi, DocumentOfAClientIsEvidenceOfTheClient) {
  const auto said = show(document("Time", ""), false, packet_from_client());
  EXPECT_EQ(said.value("isapi.probe"), "Time");
  EXPECT_EQ(said.who("isapi.probe").ip, ip(kClientIp));
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Isapi, AnyAnswerTellsTheNamespace) {
  EXPECT_EQ(show(document("ResponseStatus", "", "http://www.isapi.org/ver20/XMLSchema"))
                .value("isapi.answer"),
            "http://www.isapi.org/ver20/XMLSchema");
}

TEST(Isapi, OtherDocumentsAreSilent) {
  for (const auto& text : {document("DeviceInfo", kDevice, "http://example.com/"),
                           "<DeviceInfo><model>x</model></DeviceInfo>"s, "<DeviceInfo xmlns="s,
                           "<a xmlns=\"http://www.hikvision.com/ver"s, ""s, "a=b"s}) {
    EXPECT_TRUE(show(text).facts.empty()) << text;
  }
}

}  // namespace
}  // namespace camwarden
