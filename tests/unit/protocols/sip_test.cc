#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

constexpr std::string_view kCamera = "34020000001320000007";

std::string request(std::string_view more, std::string_view body = {}) {
  return "MESSAGE sip:34020000002000000001@3402000000 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.64;x\r\n"
         "From: \"x\" <sip:" +
         std::string(kCamera) + "@3402000000>;tag=1\r\n" + std::string(more) + "\r\n" +
         std::string(body);
}

Recorder read(std::string_view text) { return read_datagram("sip", packet_from_device(text)); }

constexpr std::string_view kXml = "Content-Type: Application/MANSCDP+xml\r\n";

TEST(Sip, RequestTellsOfItsSender) {
  const auto said = read(request("User-Agent: IP Camera\r\n"));
  EXPECT_EQ(said.value("sip.user_agent"), "IP Camera");
  EXPECT_EQ(said.value("sip.gb_id"), kCamera);
  EXPECT_EQ(said.value("sip.gb_type"), "132");
  EXPECT_EQ(said.who("sip.gb_id").ip, ip(kDeviceIp));
}

TEST(Sip, CompactHeadersAreTheSame) {
  const auto said =
      read("OPTIONS sip:x SIP/2.0\r\nv: a\r\nf: sip:" + std::string(kCamera) + "\r\n\r\n");
  EXPECT_EQ(said.value("sip.gb_id"), kCamera);
}

TEST(Sip, IdentifiersInAnAnswerAreTheAskers) {
  const auto said = read("SIP/2.0 200 OK\r\nVia: x\r\nFrom: <sip:" + std::string(kCamera) +
                         "@x>\r\nServer: platform\r\n\r\n");
  EXPECT_EQ(said.value("sip.server"), "platform");
  EXPECT_FALSE(said.said("sip.gb_id"));
}

TEST(Sip, WhatProxiesPassedOnIsNotTheirs) {
  EXPECT_TRUE(
      read(request("Via: SIP/2.0/UDP 192.0.2.9\r\nUser-Agent: IP Camera\r\n")).facts.empty());
  EXPECT_TRUE(read("SIP/2.0 200 OK\r\nVia: a, b\r\nServer: x\r\n\r\n").facts.empty());
}

TEST(Sip, NumbersOfPhonesAreNotTold) {
  EXPECT_TRUE(read("INVITE sip:1 SIP/2.0\r\nFrom: <sip:+4912345@x>\r\n\r\n").facts.empty());
}

TEST(Sip, DeviceTellsWhatItIs) {
  const auto said =
      read(request(kXml,
                   "<?xml version=\"1.0\"?>\r\n<Response><CmdType>DeviceInfo</CmdType>"
                   "<DeviceName>\xba\xa3\xbf\xb5</DeviceName><Manufacturer>M</Manufacturer>"
                   "<Model>X-1</Model><Firmware>V1</Firmware></Response>"));
  EXPECT_EQ(said.value("sip.gb_message"), "Response DeviceInfo");
  EXPECT_EQ(said.value("sip.gb_manufacturer"), "M");
  EXPECT_EQ(said.value("sip.gb_model"), "X-1");
  EXPECT_EQ(said.value("sip.gb_firmware"), "V1");
}

TEST(Sip, CatalogueIsAboutOthers) {
  const auto said = read(request(
      kXml, "<Response><CmdType>Catalog</CmdType><Manufacturer>M</Manufacturer></Response>"));
  EXPECT_FALSE(said.said("sip.gb_manufacturer"));
}

TEST(Sip, PlatformsQuestionIsNoDevicesMessage) {
  const auto said = read(request(kXml, "<Query><CmdType>Catalog</CmdType></Query>"));
  EXPECT_EQ(said.value("sip.gb_probe"), "Query Catalog");
  EXPECT_FALSE(said.said("sip.gb_message"));
}

TEST(Sip, OtherXmlIsAnAnomaly) {
  EXPECT_EQ(read(request(kXml, "nothing")).anomalies, std::vector{"sip.manscdp"s});
}

TEST(Sip, EndlessHeadIsAnAnomaly) {
  const auto said = read("REGISTER sip:x SIP/2.0\r\n" + std::string(9000, 'x'));
  EXPECT_EQ(said.anomalies, std::vector{"sip.head_too_long"s});
}

TEST(Sip, IsKnownByItsFirstWords) {
  const auto known = [](std::string_view text) {
    return protocol("sip").recognise_datagram(as_bytes(text));
  };
  EXPECT_TRUE(known("REGISTER sip:x SIP/2.0"));
  EXPECT_TRUE(known("SIP/2.0 200 OK"));
  EXPECT_FALSE(known("NOTIFY * HTTP/1.1"));
  EXPECT_FALSE(known("\0\0\0\0"s));
}

}  // namespace
}  // namespace camwarden
