// One connection against a server on a loopback address.

#include "discovery/connection.h"

#include <gtest/gtest.h>

#include "unit/discovery/fake_server.h"

namespace camwarden {
namespace {

constexpr const char* kDevice = "127.0.0.2";

// Asks one thing, whatever it hears before.
class Question final : public Dialogue {
 public:
  Turn connected() override { return {Turn::say, "GET / HTTP/1.1\r\n\r\n"}; }
  Turn heard(Bytes bytes, bool closed) override {
    heard_ += as_text(bytes);
    return {closed || heard_.ends_with("end") ? Turn::hang_up : Turn::wait};
  }
  Turn silence() override { return {Turn::hang_up}; }
  const std::string& all() const { return heard_; }

 private:
  std::string heard_;
};

// What comes while a question waits for its turn (the tickets of TLS 1.3) does not take it away.
TEST(Connection, SaysWhatWaitedThoughSomethingCameMeanwhile) {
  FakeServer server(
      kDevice, [](const std::string&) { return "end"; }, "greeting ");
  Reactor reactor;
  Question question;
  std::function<void()> go;
  std::optional<Connection::End> end;
  Connection connection(reactor, question, {},
                        {.permit = [&](std::size_t, bool, auto then) { go = std::move(then); },
                         .note = [](std::size_t) {},
                         .met = [](Duration) {},
                         .answered = [](Duration) {},
                         .done = [&](Connection::End how) { end = how; }});
  connection.open({*IpAddress::parse(kDevice), server.port()});
  const auto turn_until = [&](auto reached) {
    const auto late = reactor.refresh() + std::chrono::seconds(5);
    while (!reached() && reactor.refresh() < late) reactor.turn(std::chrono::milliseconds(20));
  };
  turn_until([&] { return go && question.all() == "greeting "; });
  ASSERT_TRUE(go);
  go();
  turn_until([&] { return end.has_value(); });
  EXPECT_EQ(question.all(), "greeting end");
  EXPECT_EQ(end, Connection::End::spoken);
}

}  // namespace
}  // namespace camwarden
