// One host that is asked, against servers on a loopback address; nothing leaves this host.

#include "discovery/host.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/discovery/fake_server.h"

namespace camwarden {
namespace {

using testing::Contains;
using testing::IsSupersetOf;
using testing::Not;

constexpr const char* kDevice = "127.0.0.2";

std::string http(int status, const std::string& headers, const std::string& body) {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string camera(const std::string& request) {
  if (request.starts_with("GET / ")) return http(200, "Server: App-webs/\r\n", "<html>");
  return http(404, "", "no");
}

std::string nothing(const std::string&) { return ""; }

PortPlan plan(std::uint16_t port) { return {port, Ask::http, true, "test"}; }

std::vector<std::string> paths(FakeServer& server) {
  server.stop();
  std::vector<std::string> paths;
  for (const auto& request : server.requests()) {
    const auto at = request.find(' ') + 1;
    paths.push_back(request.substr(at, request.find(' ', at) - at));
  }
  return paths;
}

using Telling = std::function<void(Host&)>;

// Asks the device to the end; `tell` is what answers say of it before.
ScanCounters ask(
    std::vector<PortPlan> ports, const Telling& tell = [](Host&) {}) {
  Reactor reactor;
  Answers answers([](Observation&&) {});
  GlobalPace pace(PaceLimits().packets);
  AskingData data;
  data.ports = std::move(ports);
  const NeverTouch never;
  Asking asking{.reactor = reactor,
                .answers = answers,
                .pace = pace,
                .data = data,
                .never = never,
                .limits = {.device_packets = 100},
                .deadlines = {.read = std::chrono::milliseconds(300)},
                .connections_left = 64,
                .note = {},
                .counters = {}};
  Host::Known known;
  known.ends.device = IpAddress::parse(kDevice).value();
  known.found = true;
  bool done = false;
  Host host(
      asking, known, [](const IpAddress&) {}, [&](const IpAddress&) { done = true; });
  tell(host);
  host.start();
  const auto late = reactor.refresh() + std::chrono::seconds(10);
  while (!done && reactor.refresh() < late) reactor.turn(std::chrono::milliseconds(20));
  EXPECT_TRUE(done);
  return asking.counters;
}

// Whoever told of the ports may have lied: with as many of the list's own it would be let alone.
TEST(Host, IsNotStrainedByTheSilenceOfPortsThatOnlyAnAnswerNamed) {
  FakeServer untold(kDevice, camera), web(kDevice, camera), silent(kDevice, nothing);
  (void)ask({plan(untold.port())});
  const auto counters = ask({plan(web.port())}, [&](Host& host) {
    for (const auto* path : {"/onvif/a", "/onvif/b"}) host.learn_service({silent.port(), path});
    for (const auto* path : {"/a.xml", "/b.xml"}) host.learn_description({silent.port(), path});
  });
  EXPECT_EQ(paths(silent), std::vector<std::string>(4, "/"));
  EXPECT_EQ(counters.strained, 0U);
  EXPECT_EQ(counters.let_alone, 0U);
  EXPECT_EQ(paths(web), paths(untold));
}

TEST(Host, FollowsTwoToldAnswersOfEachKind) {
  FakeServer web(kDevice, camera);
  const auto counters = ask({}, [&](Host& host) {
    for (const auto* path : {"/onvif/a", "/onvif/b", "/onvif/c"})
      host.learn_service({web.port(), path});
    for (const auto* path : {"/a.xml", "/b.xml", "/c.xml"})
      host.learn_description({web.port(), path});
  });
  EXPECT_EQ(counters.ignored, 2U);
  const auto asked = paths(web);
  EXPECT_THAT(asked, IsSupersetOf({"/onvif/a", "/onvif/b", "/a.xml", "/b.xml"}));
  EXPECT_THAT(asked, Not(Contains("/onvif/c")));
  EXPECT_THAT(asked, Not(Contains("/c.xml")));
}

// A question that waits for its turn meanwhile is put on the next connection.
TEST(Host, IsAskedAllThoughItEndsItsConnectionsWhileAQuestionWaits) {
  using Ends = FakeServer::Ends;
  FakeServer keeps(kDevice, camera);
  (void)ask({plan(keeps.port())});
  const auto all = paths(keeps);
  for (const auto ends : {Ends::behind_an_answer, Ends::by_reset_behind_an_answer}) {
    FakeServer web(kDevice, camera, "", ends);
    EXPECT_EQ(ask({plan(web.port())}).strained, 0U);
    EXPECT_EQ(paths(web), all);
  }
}

}  // namespace
}  // namespace camwarden
