#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

constexpr std::string_view kNotify(
    "NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nCACHE-CONTROL: max-age=1800\r\n"
    "DATE: Mon, 01 Jan 2024 00:00:00 GMT\r\nX-User-Agent: redsonic\r\n"
    "LOCATION: http://192.0.2.64:49152/upnp_device_desc.xml\r\n"
    "SERVER: Linux, UPnP/1.0, Private Upnp SDK\r\nNT: upnp:rootdevice\r\nNTS: ssdp:alive\r\n"
    "USN: uuid:device_3_0-TESTSERIAL00001::upnp:rootdevice\r\n\r\n");

Recorder hear(std::string_view text) {
  auto packet = packet_from_device(text);
  packet.src_port = packet.dst_port = 1900;
  return read_datagram("ssdp", packet);
}

TEST(Ssdp, AnnouncementTellsOfItsSender) {
  const auto said = hear(kNotify);
  EXPECT_EQ(said.value("ssdp.server"), "Linux, UPnP/1.0, Private Upnp SDK");
  EXPECT_EQ(said.value("ssdp.user_agent"), "redsonic");
  EXPECT_EQ(said.value("ssdp.location"), "/upnp_device_desc.xml");
  EXPECT_EQ(said.value("ssdp.target"), "upnp:rootdevice");
  EXPECT_EQ(said.value("ssdp.usn"), "device_3_0-TESTSERIAL00001");
  EXPECT_EQ(said.who("ssdp.usn").ip, ip(kDeviceIp));
}

TEST(Ssdp, AnswerTellsItsSearchTarget) {
  const auto said = hear(
      "HTTP/1.1 200 OK\r\nst: hnap:NetworkCamera\r\nSERVER: X/1\r\n"
      "USN: UUID:00000000-0000-4000-8000-00005E005399::hnap:NetworkCamera\r\n\r\n");
  EXPECT_EQ(said.value("ssdp.target"), "hnap:NetworkCamera");
  EXPECT_EQ(said.value("ssdp.uuid"), "00000000-0000-4000-8000-00005e005399");
  EXPECT_FALSE(said.said("ssdp.usn"));
}

TEST(Ssdp, SearchTellsOfTheSearcher) {
  const auto said =
      hear("M-SEARCH * HTTP/1.1\r\nMAN: \"ssdp:discover\"\r\nST: upnp:rootdevice\r\n\r\n");
  EXPECT_EQ(said.value("ssdp.probe"), "upnp:rootdevice");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Ssdp, RelayedAnnouncementTellsNothing) {
  auto text = std::string(kNotify);
  text.replace(text.find("192.0.2.64"), 10, "192.0.2.99");
  EXPECT_TRUE(hear(text).facts.empty());
}

TEST(Ssdp, LocationMayBeANameOrNone) {
  for (const auto* location : {"http://cam.local/d.xml", "", "*"}) {
    const auto text = "NOTIFY * HTTP/1.1\r\nSERVER: X/1\r\nLOCATION: "s + location + "\r\n\r\n";
    EXPECT_EQ(hear(text).value("ssdp.server"), "X/1") << location;
  }
}

TEST(Ssdp, OtherMessagesAreNoConcern) {
  for (const auto* text :
       {"", "HTTP/1.1 404 Not Found\r\nSERVER: X\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "\n\n\n"}) {
    const auto said = hear(text);
    EXPECT_TRUE(said.facts.empty() && said.anomalies.empty()) << text;
  }
}

}  // namespace
}  // namespace camwarden
