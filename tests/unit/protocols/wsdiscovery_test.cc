#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/vectors.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

Recorder read(std::string_view payload) {
  return read_datagram("wsdd", packet_from_device(payload));
}

std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
  std::string out(text);
  for (auto at = out.find(what); at != std::string::npos; at = out.find(what, at + by.size())) {
    out.replace(at, what.size(), by);
  }
  return out;
}

TEST(WsDiscovery, ProbeMatchTellsOfTheDevice) {
  const auto said = read(vectors::kWsdProbeMatch);
  EXPECT_EQ(said.value("wsdd.onvif"), "probematch");
  EXPECT_EQ(said.value("wsdd.types"), "dn:NetworkVideoTransmitter tds:Device");
  EXPECT_EQ(said.value("wsdd.endpoint"), "00000000-0000-4000-8000-00005e005399");
  EXPECT_EQ(said.value("wsdd.scope_name"), "HIKVISION DS-TEST");
  EXPECT_EQ(said.value("wsdd.scope_hardware"), "DS-TEST");
  EXPECT_EQ(said.value("wsdd.scope_location"), "city/hangzhou");
  EXPECT_EQ(said.value("wsdd.scope_mac"), kDeviceMac);
  EXPECT_EQ(said.value("wsdd.profile"), "Streaming");
  EXPECT_EQ(said.value("wsdd.xaddrs"),
            "http://192.0.2.64/onvif/device_service http://[2001:db8::64]/onvif/device_service");
  EXPECT_TRUE(said.anomalies.empty());
}

TEST(WsDiscovery, SenderIsTheSubject) {
  const auto who = read(vectors::kWsdProbeMatch).who("wsdd.endpoint");
  EXPECT_EQ(who.mac_origin, MacOrigin::frame);
  EXPECT_EQ(who.ip, ip(kDeviceIp));
}

TEST(WsDiscovery, MacScopeIsBoundToTheSender) {
  const auto who = read(vectors::kWsdProbeMatch).who("mac");
  EXPECT_EQ(who.mac, mac(kDeviceMac));
  EXPECT_EQ(who.ip, ip(kDeviceIp));
  EXPECT_TRUE(who.bound);
}

TEST(WsDiscovery, AddressesInXaddrsAreNobody) {
  const auto elsewhere =
      replaced(vectors::kWsdProbeMatch, "http://192.0.2.64", "http://192.0.2.99");
  for (const auto& fact : read(elsewhere).facts) EXPECT_EQ(fact.who.ip, ip(kDeviceIp));
}

TEST(WsDiscovery, HelloTellsOfTheDevice) {
  EXPECT_EQ(read(vectors::kWsdHello).value("wsdd.onvif"), "hello");
}

TEST(WsDiscovery, HelloOfADahuaPlatformCameraIsRead) {
  const auto said = read(vectors::kWsdHelloDahua);
  EXPECT_EQ(said.value("wsdd.endpoint"), "00000000-0000-4000-8000-0000000000ac");
  EXPECT_EQ(said.value("wsdd.scope_name"), "Amcrest");
  EXPECT_EQ(said.value("wsdd.scope_hardware"), "IPM-TEST");
  EXPECT_EQ(said.values("wsdd.profile"), (std::vector{"Streaming"s, "Q/Operational"s}));
}

TEST(WsDiscovery, OasisNamespaceIsRead) {
  const auto oasis = replaced(vectors::kWsdHello, "http://schemas.xmlsoap.org/ws/2005/04/discovery",
                              "http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01");
  EXPECT_EQ(read(oasis).value("wsdd.onvif"), "hello");
}

TEST(WsDiscovery, DefaultNamespaceIsRead) {
  const auto bare = replaced(replaced(vectors::kWsdHello, "xmlns:d=", "xmlns="), "d:", "");
  EXPECT_EQ(read(bare).value("wsdd.onvif"), "hello");
}

TEST(WsDiscovery, OtherNamespaceIsNot) {
  EXPECT_TRUE(read(replaced(vectors::kWsdHello, "2005/04/discovery", "2001/other")).facts.empty());
}

TEST(WsDiscovery, PrefixDeclaredOnTypesIsResolved) {
  const auto said = read(
      R"(<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>)"
      R"(<Hello xmlns="http://schemas.xmlsoap.org/ws/2005/04/discovery">)"
      R"(<Types xmlns:dp0="http://www.onvif.org/ver10/network/wsdl">dp0:NetworkVideoTransmitter</Types>)"
      R"(</Hello></s:Body></s:Envelope>)");
  EXPECT_EQ(said.value("wsdd.onvif"), "hello");
}

TEST(WsDiscovery, PrinterTellsOnlyItsTypes) {
  const auto said =
      read(R"(<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" )"
           R"(xmlns:p="http://schemas.microsoft.com/windows/2006/08/wdp/print"><s:Body>)"
           R"(<Hello xmlns="http://schemas.xmlsoap.org/ws/2005/04/discovery"><EndpointReference>)"
           R"(<Address>urn:uuid:00000000-0000-4000-8000-000000000001</Address></EndpointReference>)"
           R"(<Types>p:PrintDeviceType</Types><XAddrs>http://192.0.2.64:5357/</XAddrs>)"
           R"(</Hello></s:Body></s:Envelope>)");
  ASSERT_EQ(said.facts.size(), 1U);
  EXPECT_EQ(said.value("wsdd.types"), "p:PrintDeviceType");
}

TEST(WsDiscovery, QuestionTellsOfTheAsker) {
  const auto said = read_datagram("wsdd", packet_from_client(vectors::kWsdProbeNvt));
  EXPECT_EQ(said.value("wsdd.probe"), "dn:NetworkVideoTransmitter");
  EXPECT_EQ(said.who("wsdd.probe").ip, ip(kClientIp));
}

TEST(WsDiscovery, QuestionForAllIsAStar) {
  EXPECT_EQ(read(vectors::kWsdProbeAny).value("wsdd.probe"), "*");
}

TEST(WsDiscovery, ByeSaysNothing) { EXPECT_TRUE(read(vectors::kWsdBye).facts.empty()); }

std::string two_matches() {
  std::string text(vectors::kWsdProbeMatch);
  const auto begin = text.find("<d:ProbeMatch>");
  const auto end = text.find("</d:ProbeMatches>");
  auto other = replaced(text.substr(begin, end - begin), "192.0.2.64", "192.0.2.99");
  return text.insert(end, replaced(other, "DS-TEST", "DS-OTHER"));
}

TEST(WsDiscovery, ProxyListingOthersTellsOnlyOfItself) {
  EXPECT_EQ(read(two_matches()).values("wsdd.scope_hardware"), std::vector{"DS-TEST"s});
}

TEST(WsDiscovery, ScopesAreReadUpToALimit) {
  std::string scopes;
  for (int i = 0; i < 500; ++i) scopes += "onvif://www.onvif.org/name/a" + std::to_string(i) + " ";
  const auto many =
      replaced(vectors::kWsdHello, "onvif://www.onvif.org/type/video_encoder", scopes);
  EXPECT_LE(read(many).values("wsdd.scope_name").size(), 64U);
}

TEST(WsDiscovery, NilUuidIsNoEndpoint) {
  const auto nil = replaced(vectors::kWsdHello, "00000000-0000-4000-8000-00005e005399",
                            "00000000-0000-0000-0000-000000000000");
  EXPECT_FALSE(read(nil).said("wsdd.endpoint"));
}

TEST(WsDiscovery, UpperCaseUuidIsLowered) {
  const auto upper = replaced(vectors::kWsdHello, "8000-00005e005399", "ABCD-00005E005399");
  EXPECT_EQ(read(upper).value("wsdd.endpoint"), "00000000-0000-4000-abcd-00005e005399");
}

TEST(WsDiscovery, BrokenXmlIsAnAnomaly) {
  EXPECT_EQ(read(vectors::kWsdHello.substr(0, 600)).anomalies, std::vector{"wsdd.malformed"s});
}

TEST(WsDiscovery, DoctypeIsRefused) {
  const auto bomb = "<!DOCTYPE x [<!ENTITY a \"b\">]>" + std::string(vectors::kWsdHello);
  EXPECT_EQ(read(bomb).anomalies, std::vector{"wsdd.malformed"s});
}

}  // namespace
}  // namespace camwarden
