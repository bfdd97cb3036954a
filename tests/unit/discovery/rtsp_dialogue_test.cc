#include "discovery/rtsp_dialogue.h"

#include <gtest/gtest.h>

#include <vector>

namespace camwarden {
namespace {

using Turn = Dialogue::Turn;

const std::string kOptions = "RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS, DESCRIBE\r\n\r\n";
const std::string kRefusal =
    "RTSP/1.0 401 Unauthorized\r\nCSeq: 2\r\nContent-Length: 4\r\n\r\nbody";

class Rtsp : public testing::Test {
 protected:
  std::vector<std::string> shown_;
  RtspDialogue dialogue_{"192.0.2.1:554",
                         [this](Bytes bytes) { shown_.emplace_back(as_text(bytes)); }};
};

TEST_F(Rtsp, AsksForMethodsAndTheStreamAndNothingElse) {
  const auto first = dialogue_.connected();
  EXPECT_TRUE(first.text.starts_with("OPTIONS rtsp://192.0.2.1:554/ RTSP/1.0\r\n"));
  const auto second = dialogue_.heard(as_bytes(kOptions), false);
  EXPECT_TRUE(second.text.starts_with("DESCRIBE rtsp://192.0.2.1:554/ RTSP/1.0\r\n"));
  EXPECT_EQ(second.text.find("Authorization"), std::string::npos);
  EXPECT_EQ(dialogue_.heard(as_bytes(kRefusal), false).kind, Turn::hang_up);
  EXPECT_FALSE(dialogue_.unfinished());
  EXPECT_EQ(shown_, (std::vector<std::string>{kOptions, kRefusal}));
}

TEST_F(Rtsp, WaitsForABody) {
  (void)dialogue_.connected();
  (void)dialogue_.heard(as_bytes(kOptions), false);
  EXPECT_EQ(
      dialogue_.heard(as_bytes(std::string_view(kRefusal).substr(0, kRefusal.size() - 2)), false)
          .kind,
      Turn::wait);
  EXPECT_EQ(dialogue_.heard(as_bytes("dy"), false).kind, Turn::hang_up);
}

TEST_F(Rtsp, GoesOnWhereTheServerCloses) {
  (void)dialogue_.connected();
  EXPECT_EQ(dialogue_.heard(as_bytes(kOptions), true).kind, Turn::hang_up);
  EXPECT_TRUE(dialogue_.unfinished());
  EXPECT_TRUE(dialogue_.connected().text.starts_with("DESCRIBE"));
  EXPECT_EQ(dialogue_.heard({}, true).kind, Turn::hang_up);
  EXPECT_FALSE(dialogue_.unfinished());
}

TEST_F(Rtsp, SomethingElseIsShownAndLeftAlone) {
  (void)dialogue_.connected();
  EXPECT_EQ(dialogue_.heard(as_bytes("HTTP/1.1 405 No\r\n\r\n"), false).kind, Turn::hang_up);
  EXPECT_EQ(shown_.size(), 1U);
  EXPECT_FALSE(dialogue_.unfinished());
}

TEST_F(Rtsp, SilenceEnds) {
  (void)dialogue_.connected();
  EXPECT_EQ(dialogue_.silence().kind, Turn::hang_up);
  EXPECT_FALSE(dialogue_.unfinished());
}

TEST(Greeting, IsShownWholeAndAnsweredWithNothing) {
  std::vector<std::string> shown;
  GreetingDialogue dialogue([&](Bytes bytes) { shown.emplace_back(as_text(bytes)); }, nullptr);
  EXPECT_EQ(dialogue.connected().kind, Turn::wait);
  EXPECT_EQ(dialogue.heard(as_bytes("SSH-"), false).kind, Turn::wait);
  EXPECT_EQ(dialogue.heard(as_bytes("2.0\r\n"), false).kind, Turn::wait);
  EXPECT_EQ(dialogue.silence().kind, Turn::hang_up);
  EXPECT_EQ(shown, std::vector<std::string>{"SSH-2.0\r\n"});
  EXPECT_FALSE(dialogue.unfinished());
}

TEST(Greeting, SilenceIsFollowedByAQuestionWhereThereIsOne) {
  GreetingDialogue dialogue([](Bytes) {}, std::make_unique<RtspDialogue>("h", [](Bytes) {}));
  (void)dialogue.connected();
  EXPECT_GT(dialogue.patience(), Duration::zero());
  EXPECT_TRUE(dialogue.silence().text.starts_with("OPTIONS"));
  EXPECT_TRUE(dialogue.unfinished());
}

}  // namespace
}  // namespace camwarden
