// A host that waits for room: more of them than are asked at a time, in a network of this test's
// own, since who answers from a loopback address is not heard. Nothing leaves this host.

#include <gtest/gtest.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>

#include "discovery/scanner.h"
#include "unit/discovery/fake_server.h"

namespace camwarden {
namespace {

constexpr const char* kOwn = "10.77.0.1";
constexpr const char* kFirst = "10.77.0.2";
constexpr const char* kCamera = "10.77.16.16";  // the last
constexpr std::uint64_t kBefore = 4110;         // that are found before it; 4096 have room
constexpr int kConnections = 512;

template <typename Address>
sockaddr* any(Address& address) {
  return static_cast<sockaddr*>(static_cast<void*>(&address));
}

sockaddr_in end_of(const std::string& ip, std::uint16_t port) {
  sockaddr_in end{};
  end.sin_family = AF_INET;
  end.sin_port = htons(port);
  inet_pton(AF_INET, ip.c_str(), &end.sin_addr);
  return end;
}

Descriptor open_at(int type, const std::string& ip, std::uint16_t port) {
  Descriptor socket(::socket(AF_INET, type, 0));
  auto end = end_of(ip, port);
  return bind(socket.fd(), any(end), sizeof end) == 0 ? std::move(socket) : Descriptor();
}

// Of this thread and those that it starts: all of 10.0.0.0/8 is this host.
bool enter_own_network() {
  if (unshare(CLONE_NEWNET) != 0) return false;
  const Descriptor control(socket(AF_INET, SOCK_DGRAM, 0));
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  if (ioctl(control.fd(), SIOCSIFFLAGS, &request) != 0) return false;
  const auto own = end_of(kOwn, 0);
  std::memcpy(&request.ifr_addr, &own, sizeof own);
  return ioctl(control.fd(), SIOCSIFADDR, &request) == 0;
}

Scanner::Options options_for(std::uint16_t port) {
  Scanner::Options options;
  Diagnostics diagnostics;
  options.targets = Targets::parse({std::string(kFirst) + "-" + kCamera}, {}, diagnostics).value();
  options.data.ports = {{port, Ask::http, true, "test"}};
  Attached subnet;
  subnet.interface = "lo";
  subnet.index = 1;
  subnet.address = IpAddress::parse(kOwn).value();
  subnet.prefix = Prefix::parse("10.77.0.0/16").value();
  options.attached = {subnet};
  options.link = options.segments = false;
  for (const auto& probe : probes()) {
    if (probe.protocol != "wsdd") options.never.ports.push_back(probe.port);
  }
  options.pace.packets = 1'000'000;
  options.pace.device_packets = 1000;
  options.deadlines.read = options.deadlines.whole = std::chrono::seconds(30);
  options.max_connections = kConnections;
  return options;
}

std::string match(std::uint16_t port) {
  return "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\" "
         "xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\"><e:Body><d:ProbeMatches>"
         "<d:ProbeMatch><d:XAddrs>http://" +
         std::string(kCamera) + ":" + std::to_string(port) +
         "/onvif/services</d:XAddrs></d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>";
}

// Each takes its connections and says nothing on them: who has got none waits for one.
class Crowd {
 public:
  // The first is asked by a datagram, too: where answers go.
  bool begin() {
    step_until([&] {
      socklen_t size = sizeof asker_;
      char octet = 0;
      return recvfrom(asked_.fd(), &octet, 1, MSG_DONTWAIT, any(asker_), &size) > 0;
    });
    return asker_.sin_port != 0;
  }
  // All but the camera show that they are there.
  void find_others() {
    auto ip = IpAddress::parse(kFirst).value();
    for (std::uint64_t i = 0; i < kBefore; ++i, ip = next_address(ip)) {
      say(ip.to_string(), "x");
      if (i % 32 == 0) scanner_.step({});
    }
    step_until([&] { return scanner_.counters().hosts == kBefore; });
  }
  void find_camera() {
    say(kCamera, match(camera_.port()));
    step_until([&] { return scanner_.counters().hosts > kBefore; });
  }
  void make_room() {
    silent_ = Descriptor();
    step_until([&] { return services_asked_ > 0; });
  }
  const ScanCounters& counters() const { return scanner_.counters(); }
  int services_asked() const { return services_asked_; }
  int connections_to_camera() const { return camera_.connections(); }

 private:
  std::uint16_t listen_silently() {
    listen(silent_.fd(), kConnections);
    sockaddr_in end{};
    socklen_t size = sizeof end;
    getsockname(silent_.fd(), any(end), &size);
    return ntohs(end.sin_port);
  }
  std::string answer(const std::string& request) {
    services_asked_ += request.starts_with("POST /onvif/services ");
    return "HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n";
  }
  void say(const std::string& from, std::string_view text) {
    const auto socket = open_at(SOCK_DGRAM, from, 0);
    sendto(socket.fd(), text.data(), text.size(), 0, any(asker_), sizeof asker_);
  }
  void step_until(const std::function<bool()>& reached) {
    const auto late = scanner_.now() + std::chrono::seconds(10);
    while (!reached() && scanner_.now() < late && scanner_.step(std::chrono::milliseconds(5))) {
    }
  }

  std::atomic<int> services_asked_{0};
  FakeServer camera_{kCamera, [this](const std::string& request) { return answer(request); }};
  Descriptor silent_ = open_at(SOCK_STREAM, "0.0.0.0", 0);
  Descriptor asked_ = open_at(SOCK_DGRAM, kFirst, 3702);
  sockaddr_in asker_{};
  Scanner scanner_{options_for(listen_silently()), [](Observation&&) {}};
};

void what_a_waiting_camera_tells_is_asked_in_its_turn() {
  Crowd crowd;
  ASSERT_TRUE(crowd.begin());
  crowd.find_others();
  ASSERT_EQ(crowd.counters().hosts, kBefore);
  crowd.find_camera();
  ASSERT_EQ(crowd.counters().hosts, kBefore + 1);
  ASSERT_EQ(crowd.counters().hosts_done, 0U);
  EXPECT_EQ(crowd.connections_to_camera(), 0);
  crowd.make_room();
  EXPECT_EQ(crowd.services_asked(), 1);
}

TEST(Scanner, AsksAtAServiceThatWasToldWhileItsHostWaitedForRoom) {
  bool entered = false;
  std::thread([&] {
    entered = enter_own_network();
    if (entered) what_a_waiting_camera_tells_is_asked_in_its_turn();
  }).join();
  if (!entered) GTEST_SKIP() << "no network of our own without CAP_SYS_ADMIN";
}

}  // namespace
}  // namespace camwarden
