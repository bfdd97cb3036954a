#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/surveillance_vectors.h"

namespace camwarden {
namespace {

Recorder read(std::string_view payload) {
  return read_datagram("dahua_p2p", packet_from_device(payload));
}

TEST(DahuaP2p, DeviceRegistersUnderItsSerial) {
  const auto said = read(vectors::kDahuaP2pOnline);
  EXPECT_EQ(said.value("dahua_p2p.online"), "p2psrv");
  EXPECT_EQ(said.value("dahua_p2p.serial"), "TESTSERIAL00001");
  EXPECT_EQ(said.who("dahua_p2p.serial").ip, ip(kDeviceIp));
  EXPECT_FALSE(said.said("dahua_p2p.client"));
}

// An application on a telephone: the serial number is that of the camera it looks for.
TEST(DahuaP2p, WhoAsksForAnothersSerialIsNoDevice) {
  std::string question(vectors::kDahuaP2pOnline);
  question.replace(question.find("Username=\"") + 10, 15, "application-key");
  const auto said = read(question);
  ASSERT_EQ(said.facts.size(), 1U);
  EXPECT_EQ(said.value("dahua_p2p.client"), "/online/p2psrv");
}

TEST(DahuaP2p, OtherPathsAreAnApplications) {
  for (const auto* question : {"DHGET /online/relay/TESTSERIAL00001 HTTP/1.1\r\n\r\n",
                               "DHPOST /device/TESTSERIAL00001/p2p-channel HTTP/1.1\r\n\r\n",
                               "DHGET /online/p2psrv/ HTTP/1.1\r\nX-WSSE: Username=\"\"\r\n\r\n",
                               "DHGET /online/p2psrv/TESTSERIAL00001"}) {
    EXPECT_TRUE(read(question).said("dahua_p2p.client")) << question;
    EXPECT_FALSE(read(question).said("dahua_p2p.online")) << question;
  }
}

TEST(DahuaP2p, IsRecognisedByItsMethods) {
  const auto& own = protocol("dahua_p2p");
  EXPECT_TRUE(own.recognise_datagram(as_bytes(vectors::kDahuaP2pOnline)));
  EXPECT_FALSE(own.recognise_datagram(as_bytes("GET / HTTP/1.1\r\n")));
  EXPECT_FALSE(own.recognise_datagram({}));
  EXPECT_TRUE(read("GET / HTTP/1.1\r\n").facts.empty());
}

}  // namespace
}  // namespace camwarden
