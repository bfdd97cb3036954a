// The whole scanner against servers on loopback addresses; nothing leaves this host.

#include "discovery/scanner.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "unit/discovery/fake_server.h"

namespace camwarden {
namespace {

constexpr const char* kCamera = "127.0.0.2";

std::string http(int status, const std::string& headers, const std::string& body) {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string camera(const std::string& request) {
  if (request.starts_with("GET / "))
    return http(200, "Server: App-webs/\r\nContent-Type: text/html\r\n", "<html>");
  if (request.starts_with("GET /ISAPI/"))
    return http(401, "WWW-Authenticate: Digest realm=\"x\"\r\n", "");
  return http(404, "", "no");
}

std::string stream(const std::string& request) {
  if (request.starts_with("OPTIONS "))
    return "RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS, DESCRIBE\r\n\r\n";
  return "RTSP/1.0 401 Unauthorized\r\nCSeq: 2\r\nWWW-Authenticate: Digest realm=\"IP "
         "Camera(C1)\"\r\n\r\n";
}

Scanner::Options options_for(const std::string& target, std::vector<PortPlan> ports) {
  Scanner::Options options;
  Diagnostics diagnostics;
  options.targets = Targets::parse({target}, {}, diagnostics).value();
  options.data.ports = std::move(ports);
  options.link = options.segments = false;
  options.max_connections = 64;
  options.deadline = std::chrono::seconds(30);
  return options;
}

PortPlan plan(std::uint16_t port, Ask ask) { return {port, ask, true, "test"}; }

ScanCounters run(Scanner& scanner) {
  while (scanner.step(std::chrono::milliseconds(20))) {
  }
  return scanner.counters();
}

TEST(Scanner, AsksAWebServerAndAStreamServer) {
  FakeServer web(kCamera, camera), rtsp(kCamera, stream);
  Scanner scanner(options_for(kCamera, {plan(web.port(), Ask::http), plan(rtsp.port(), Ask::rtsp)}),
                  [](Observation&&) {});
  const auto counters = run(scanner);
  EXPECT_TRUE(scanner.complete());
  EXPECT_EQ(counters.hosts, 1U);
  EXPECT_GE(counters.answers, 3U);
  web.stop();
  rtsp.stop();
  ASSERT_GE(web.requests().size(), 3U);
  EXPECT_TRUE(web.requests()[0].starts_with("GET / HTTP/1.1\r\n"));
  ASSERT_EQ(rtsp.requests().size(), 2U);
  EXPECT_TRUE(rtsp.requests()[1].starts_with("DESCRIBE rtsp://127.0.0.2:"));
}

TEST(Scanner, NeverOpensMoreThanTheBudgetAndAsksNoMore) {
  std::vector<std::unique_ptr<FakeServer>> servers;
  std::vector<PortPlan> ports;
  for (int i = 0; i < 12; ++i) {
    servers.push_back(std::make_unique<FakeServer>(kCamera, camera));
    ports.push_back(plan(servers.back()->port(), Ask::http));
  }
  auto options = options_for(kCamera, ports);
  options.pace.device_packets = 1000;
  options.pace.device_requests = 20;
  Scanner scanner(std::move(options), [](Observation&&) {});
  const auto counters = run(scanner);
  EXPECT_EQ(counters.budgets_spent, 1U);
  EXPECT_FALSE(scanner.asked_all());
  EXPECT_LE(counters.connections + counters.requests + counters.datagrams, 20U);
  std::size_t requests = 0;
  for (auto& server : servers) {
    server->stop();
    requests += server->requests().size();
  }
  EXPECT_LE(requests, 20U);
}

TEST(Scanner, AHostThatRefusesEveryPortIsThere) {
  std::uint16_t closed = 0;
  { closed = FakeServer("127.0.0.3", camera).port(); }
  Scanner scanner(options_for("127.0.0.3", {plan(closed, Ask::http)}), [](Observation&&) {});
  EXPECT_EQ(run(scanner).hosts, 1U);
  EXPECT_TRUE(scanner.asked_all());
}

// A control port is one maker's: another's device need not hear of it.
TEST(Scanner, OpensNoControlPortOfAMakerWhoIsNotSuspected) {
  const auto connections = [](const Suspects& suspects) {
    FakeServer server(kCamera, camera);
    auto control = plan(server.port(), Ask::greeting);
    control.maker = "Dahua";
    auto options = options_for(kCamera, {control});
    if (!suspects.empty()) options.suspects = {{IpAddress::parse(kCamera).value(), suspects}};
    Scanner scanner(std::move(options), [](Observation&&) {});
    (void)run(scanner);
    server.stop();
    return server.connections();
  };
  EXPECT_EQ(connections({"Hikvision"}), 0);
  EXPECT_GE(connections({"Hikvision", "Dahua"}), 1);
  EXPECT_GE(connections({}), 1);
}

// Nobody must be taken for absent because we could not look.
TEST(Scanner, TellsWhatItHadNoDescriptorsFor) {
  Scanner scanner(
      options_for("127.0.0.4", {plan(9, Ask::http), plan(10, Ask::http), plan(11, Ask::http)}),
      [](Observation&&) {});
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  const rlimit none{3, before.rlim_max};  // what is open stays
  setrlimit(RLIMIT_NOFILE, &none);
  const auto counters = run(scanner);
  setrlimit(RLIMIT_NOFILE, &before);
  // Those for which there was time went out when the scanner was made; not the last.
  EXPECT_GE(counters.starved, 1U);
  const auto losses = scanner.losses();
  EXPECT_TRUE(std::any_of(losses.begin(), losses.end(), [](const std::string& loss) {
    return loss.find("not tried: too many open files") != std::string::npos;
  }));
}

TEST(Scanner, TarpitsEnd) {
  FakeServer tarpit(kCamera, [](const std::string&) { return std::string(); });
  auto options =
      options_for(kCamera, {plan(tarpit.port(), Ask::http), plan(tarpit.port(), Ask::rtsp)});
  options.deadlines.read = std::chrono::milliseconds(100);
  Scanner scanner(std::move(options), [](Observation&&) {});
  const auto counters = run(scanner);
  EXPECT_TRUE(scanner.complete());
  EXPECT_LT(scanner.elapsed(), std::chrono::seconds(5));
  EXPECT_GE(counters.strained, 1U);
}

// Each ends its connections without saying so before: that wears nobody out, and what was asked
// then is asked again.
TEST(Scanner, AServerThatKeepsNoConnectionIsNotStrained) {
  for (const auto ends : {FakeServer::Ends::behind_an_answer, FakeServer::Ends::by_reset}) {
    FakeServer web(kCamera, camera, "", ends);
    Scanner scanner(options_for(kCamera, {plan(web.port(), Ask::http)}), [](Observation&&) {});
    EXPECT_EQ(run(scanner).strained, 0U);
    EXPECT_TRUE(scanner.asked_all());
    web.stop();
    const auto& asked = web.requests();
    // It is tried once whether a connection is kept.
    EXPECT_LE(web.connections(), static_cast<int>(asked.size()) + 1);
    EXPECT_TRUE(std::any_of(asked.begin(), asked.end(),
                            [](const auto& one) { return one.starts_with("GET /ISAPI/"); }));
  }
}

// It was asked no more, and may be a camera: that all were asked cannot be said.
TEST(Scanner, WhoIsLetAloneWasNotAskedAll) {
  FakeServer tarpit(kCamera, [](const std::string&) { return std::string(); });
  const std::vector<PortPlan> ports(12, plan(tarpit.port(), Ask::http));
  auto options = options_for(kCamera, ports);
  options.deadlines.read = std::chrono::milliseconds(100);
  options.pace.device_packets = 1000;
  Scanner scanner(std::move(options), [](Observation&&) {});
  EXPECT_EQ(run(scanner).let_alone, 1U);
  EXPECT_TRUE(scanner.complete());
  EXPECT_FALSE(scanner.asked_all());
}

TEST(Scanner, NeverTouchWins) {
  FakeServer web(kCamera, camera);
  auto by_address = options_for(kCamera, {plan(web.port(), Ask::http)});
  by_address.never.prefixes = {Prefix::parse(kCamera).value()};
  Scanner first(std::move(by_address), [](Observation&&) {});
  EXPECT_EQ(run(first).spared, 1U);
  EXPECT_TRUE(first.complete());
  EXPECT_FALSE(first.asked_all());  // what was spared may be a camera
  auto by_port = options_for(kCamera, {plan(web.port(), Ask::http)});
  by_port.never.ports.push_back(web.port());
  Scanner second(std::move(by_port), [](Observation&&) {});
  EXPECT_EQ(run(second).connections, 0U);
  web.stop();
  EXPECT_EQ(web.connections(), 0);
}

TEST(Scanner, StopsAtOnceAndKeepsWhatWasFound) {
  FakeServer web(kCamera, camera);
  Scanner scanner(options_for("127.0.0.2-200", {plan(web.port(), Ask::http)}),
                  [](Observation&&) {});
  while (scanner.step(std::chrono::milliseconds(20)) && scanner.counters().hosts == 0) {
  }
  scanner.stop();
  EXPECT_FALSE(scanner.step(std::chrono::milliseconds(20)));
  EXPECT_FALSE(scanner.complete());
  EXPECT_GE(scanner.counters().hosts, 1U);
}

TEST(Scanner, AGreetingIsReadAndNothingIsSaid) {
  FakeServer greeter(kCamera, camera, "SSH-2.0-test\r\n");
  Scanner scanner(options_for(kCamera, {plan(greeter.port(), Ask::greeting)}),
                  [](Observation&&) {});
  EXPECT_EQ(run(scanner).answers, 1U);
  greeter.stop();
  EXPECT_TRUE(greeter.requests().empty());
}

}  // namespace
}  // namespace camwarden
