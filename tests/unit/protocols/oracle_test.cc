// The same packets, read by us and by tshark: whoever wrote a packet's bytes here, another program
// must find the same in them. Skipped where tshark is not installed.

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "base/text.h"
#include "unit/protocols/dhcp_messages.h"
#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

std::string big16(std::size_t value) {
  return {static_cast<char>(value >> 8 & 0xff), static_cast<char>(value & 0xff)};
}
std::string little32(std::uint32_t value) {
  std::string out;
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 0xff);
  return out;
}

const std::string kDevice = "\0\0\x5e\0\x53\x99"s;
const std::string kClient = "\0\0\x5e\0\x53\1"s;

std::string ethernet(const std::string& type, const std::string& payload) {
  return kClient + kDevice + type + payload;
}
std::string ipv4(char protocol, const std::string& payload) {
  return ethernet("\x08\0"s, "\x45\0"s + big16(20 + payload.size()) + "\0\1\0\0\x40"s + protocol +
                                 "\0\0\xc0\0\2\x40\xc0\0\2\x0a"s + payload);
}
std::string udp(std::uint16_t src, std::uint16_t dst, const std::string& payload) {
  return ipv4(17, big16(src) + big16(dst) + big16(8 + payload.size()) + "\0\0"s + payload);
}
std::string tcp(std::uint16_t src, std::uint16_t dst, const std::string& payload) {
  return ipv4(6, big16(src) + big16(dst) + "\0\0\0\1\0\0\0\1\x50\x18\x10\0\0\0\0\0"s + payload);
}

// What tshark says of one frame, field by field.
std::vector<std::string> tshark(const std::string& frame, const std::vector<std::string>& fields) {
  const auto path =
      ::testing::TempDir() + "camwarden_oracle_" + std::to_string(::getpid()) + ".pcap";
  std::ofstream file(path, std::ios::binary);
  const auto length = little32(static_cast<std::uint32_t>(frame.size()));
  file << "\xd4\xc3\xb2\xa1\2\0\4\0"s << std::string(8, '\0') << little32(65535) << little32(1)
       << std::string(8, '\0') << length << length << frame;
  file.close();
  std::string command = "tshark -r '" + path + "' -T fields -E separator=/t -E aggregator='|'";
  for (const auto& field : fields) command += " -e " + field;
  std::string output;
  auto* const pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  std::array<char, 512> buffer{};
  while (pipe && std::fgets(buffer.data(), buffer.size(), pipe)) output += buffer.data();
  if (pipe) ::pclose(pipe);
  std::remove(path.c_str());
  std::vector<std::string> values;
  for (const auto value : split(trim(output), '\t')) values.emplace_back(value);
  return values;
}

bool no_tshark() { return std::system("tshark --version >/dev/null 2>&1") != 0; }

TEST(Oracle, ArpSenderIsTheSame) {
  if (no_tshark()) GTEST_SKIP() << "tshark is not installed";
  const auto arp = "\0\1\x08\0\6\4\0\1"s + kDevice + "\xc0\0\2\x40\0\0\0\0\0\0\xc0\0\2\1"s;
  auto packet = packet_from_device();
  packet.link_payload = as_bytes(arp);
  Recorder said;
  protocol("arp").on_frame(packet, said);
  EXPECT_EQ(tshark(ethernet("\x08\6"s, arp), {"arp.src.hw_mac", "arp.src.proto_ipv4"}),
            (std::vector{said.value("mac"), said.value("arp.announce")}));
}

TEST(Oracle, DhcpOptionsAreTheSame) {
  if (no_tshark()) GTEST_SKIP() << "tshark is not installed";
  auto message = camera_request();
  message.option(52, "\1");
  const auto bytes = message.bytes();
  const auto said = read_datagram("dhcp", packet_from_device(bytes));
  auto seen = tshark(udp(68, 67, bytes),
                     {"dhcp.hw.mac_addr", "dhcp.option.hostname", "dhcp.option.vendor_class_id",
                      "dhcp.option.request_list_item", "dhcp.fqdn.name"});
  ASSERT_EQ(seen.size(), 5U);
  seen[0].resize(17);
  for (auto& c : seen[3]) c = c == '|' ? ',' : c;
  EXPECT_EQ(seen, (std::vector{said.who("dhcp.hostname").mac.to_string(),
                               said.value("dhcp.hostname"), said.value("dhcp.vendor_class"),
                               said.value("dhcp.parameter_list"), said.value("dhcp.fqdn")}));
}

TEST(Oracle, HttpHeadersAreTheSame) {
  if (no_tshark()) GTEST_SKIP() << "tshark is not installed";
  const auto bytes =
      "HTTP/1.1 302 Found\r\nServer: DNVRS-Webs\r\nWWW-Authenticate: Basic realm=\"DVR\"\r\n"
      "Location: /doc/page/login.asp\r\nContent-Length: 0\r\n\r\n"s;
  const auto said = read_stream("http", packet_from_device(), bytes).recorder;
  EXPECT_EQ(
      tshark(tcp(80, 40000, bytes), {"http.server", "http.www_authenticate", "http.location"}),
      (std::vector{said.value("http.server"), said.value("http.www_authenticate"),
                   said.value("http.location")}));
}

TEST(Oracle, HttpRequestIsTheSame) {
  if (no_tshark()) GTEST_SKIP() << "tshark is not installed";
  const auto bytes = "GET /SDK/activateStatus HTTP/1.1\r\nHost: cam.example\r\n\r\n"s;
  const auto said = read_stream("http", packet_from_client(), bytes).recorder;
  EXPECT_EQ(tshark(tcp(40000, 80, bytes), {"http.request.uri", "http.host"}),
            (std::vector{said.value("http.request_path"), said.value("http.host")}));
}

TEST(Oracle, RtspDescriptionIsTheSame) {
  if (no_tshark()) GTEST_SKIP() << "tshark is not installed";
  const auto sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.64\r\ns=Media Presentation\r\nt=0 0\r\n"s;
  const auto bytes =
      "RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Type: application/sdp\r\nContent-Length: " +
      std::to_string(sdp.size()) + "\r\n\r\n" + sdp;
  const auto said = read_stream("rtsp", packet_from_device(), bytes).recorder;
  EXPECT_EQ(tshark(tcp(554, 40000, bytes), {"sdp.session_name"}),
            std::vector{said.value("rtsp.sdp_session")});
}

}  // namespace
}  // namespace camwarden
