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

// Asks on whenever it is answered.
class Questions final : public Dialogue {
 public:
  Turn connected() override { return {Turn::say, "GET / HTTP/1.1\r\n\r\n"}; }
  Turn heard(Bytes, bool closed) override {
    return closed ? Turn{Turn::hang_up} : Turn{Turn::say, "GET /next HTTP/1.1\r\n\r\n"};
  }
  Turn silence() override { return {Turn::hang_up}; }
};

// A connection whose questions wait until `go` is called.
struct Talk {
  Talk(const FakeServer& server, Dialogue& dialogue)
      : connection(reactor, dialogue, {},
                   {.permit = [&](std::size_t, bool, auto then) { go = std::move(then); },
                    .note = [](std::size_t) {},
                    .met = [](Duration) {},
                    .answered = [](Duration) {},
                    .done = [&](Connection::End how) { end = how; }}) {
    connection.open({*IpAddress::parse(kDevice), server.port()});
  }
  void turn_until(const std::function<bool()>& reached) {
    const auto late = reactor.refresh() + std::chrono::seconds(5);
    while (!reached() && reactor.refresh() < late) reactor.turn(std::chrono::milliseconds(20));
  }

  Reactor reactor;
  std::function<void()> go;
  std::optional<Connection::End> end;
  Connection connection;
};

// What comes while a question waits for its turn (the tickets of TLS 1.3) does not take it away.
TEST(Connection, SaysWhatWaitedThoughSomethingCameMeanwhile) {
  FakeServer server(
      kDevice, [](const std::string&) { return "end"; }, "greeting ");
  Question question;
  Talk talk(server, question);
  talk.turn_until([&] { return talk.go && question.all() == "greeting "; });
  ASSERT_TRUE(talk.go);
  talk.go();
  talk.turn_until([&] { return talk.end.has_value(); });
  EXPECT_EQ(question.all(), "greeting end");
  EXPECT_EQ(talk.end, Connection::End::spoken);
}

// `noticed`: by the reactor; else not before the turn has come.
std::optional<Connection::End> end_while_a_question_waits(FakeServer::Ends ends, bool noticed) {
  FakeServer server(
      kDevice, [](const std::string&) { return "answer"; }, "", ends);
  Questions questions;
  Talk talk(server, questions);
  talk.turn_until([&] { return talk.go != nullptr; });
  if (talk.go) std::exchange(talk.go, nullptr)();
  talk.turn_until([&] { return talk.go != nullptr; });
  server.stop();  // the end has come
  if (noticed) talk.turn_until([&] { return talk.end.has_value(); });
  if (!noticed && talk.go) talk.go();  // and nothing is said any more
  return talk.end;
}

// It says that the connection is kept no longer, and nothing of the device's state.
TEST(Connection, ThatEndsWhileAQuestionWaitsIsKeptNoLonger) {
  for (const bool noticed : {true, false}) {
    for (const auto ends :
         {FakeServer::Ends::behind_an_answer, FakeServer::Ends::by_reset_behind_an_answer}) {
      EXPECT_EQ(end_while_a_question_waits(ends, noticed), Connection::End::spoken) << noticed;
    }
  }
}

}  // namespace
}  // namespace camwarden
