// RTSP that HTTP carries.

#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/vectors.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

const std::string kServersSide =
    "HTTP/1.0 200 OK\r\nServer: a\r\nContent-Type: application/x-rtsp-tunnelled\r\n\r\n"
    "RTSP/1.0 200 OK\r\nCSeq: 1\r\nServer: Dahua Rtsp Server\r\n\r\n"
    "RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 22\r\n\r\nv=0\r\nm=video 0 RTP/AVP\r\n"
    "$\0\0\x10\x80\x60"
    "aaaaaaaaaaaaaa"s;

TEST(HttpTunnel, ServersSideIsReadAsRtsp) {
  for (const std::size_t step : {SIZE_MAX, std::size_t{1}, std::size_t{9}, std::size_t{100}}) {
    const auto run = read_stream("http", packet_from_device(), kServersSide, step);
    EXPECT_TRUE(run.contract_kept);
    EXPECT_EQ(run.recorder.values("http.server"), std::vector{"a"s}) << step;
    EXPECT_EQ(run.recorder.values("rtsp.server"), std::vector{"Dahua Rtsp Server"s}) << step;
    EXPECT_EQ(run.recorder.values("rtsp.media"), std::vector{"video"s}) << step;
  }
}

// "DESCRIBE rtsp://192.0.2.64/cam/realmonitor RTSP/1.0", "CSeq: 1" and "User-Agent: probe", in two
// pieces.
const std::string kClientsSide =
    "POST /cam HTTP/1.0\r\nContent-Type: application/x-rtsp-tunnelled\r\nContent-Length: "
    "32767\r\n\r\n"
    "REVTQ1JJQkUgcnRzcDovLzE5Mi4wLjIuNjQvY2FtL3JlYWxtb25pdG9yIFJUU1AvMS4wDQo=\r\n"
    "Q1NlcTogMQ0KVXNlci1BZ2VudDogcHJvYmUNCg0K"s;

TEST(HttpTunnel, ClientsSideIsReadAsRtsp) {
  for (const std::size_t step : {SIZE_MAX, std::size_t{1}, std::size_t{50}}) {
    const auto run = read_stream("http", packet_from_client(), kClientsSide, step);
    EXPECT_TRUE(run.contract_kept);
    EXPECT_EQ(run.verdict, Progress::done);
    EXPECT_EQ(run.recorder.values("rtsp.request_path"), std::vector{"/cam/realmonitor"s}) << step;
    EXPECT_EQ(run.recorder.values("rtsp.user_agent"), std::vector{"probe"s}) << step;
    EXPECT_EQ(run.recorder.who("rtsp.request_path").ip, ip(kDeviceIp));
  }
}

TEST(HttpTunnel, WhatIsNoRtspInItSaysNothing) {
  const auto head = kClientsSide.substr(0, kClientsSide.find("\r\n\r\n") + 4);
  const auto said = read_stream("http", packet_from_client(), head + "YWJjZA==\r\n").recorder;
  EXPECT_EQ(said.facts.size(), said.values("http.request_path").size());
}

TEST(HttpTunnel, ThroughAProxyIsNotRead) {
  auto answer = kServersSide;
  answer.insert(answer.find("Server"), "Via: 1.1 proxy\r\n");
  EXPECT_TRUE(read_stream("http", packet_from_device(), answer).recorder.facts.empty());
}

}  // namespace
}  // namespace camwarden
