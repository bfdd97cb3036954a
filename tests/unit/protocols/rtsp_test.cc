#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"
#include "unit/protocols/vectors.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

StreamRun run_answer(std::string_view bytes, std::size_t step = SIZE_MAX) {
  return read_stream("rtsp", packet_from_device(), bytes, step);
}
Recorder answer(std::string_view bytes) { return run_answer(bytes).recorder; }
Recorder request(std::string_view bytes) {
  return read_stream("rtsp", packet_from_client(), bytes).recorder;
}

std::string described(const std::string& description) {
  return "RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Type: application/sdp\r\nContent-Length: " +
         std::to_string(description.size()) + "\r\n\r\n" + description;
}

const std::string kDescription =
    "v=0\r\no=- 1 1 IN IP4 192.0.2.64\r\ns=Media Presentation\r\ni=stream 1\r\na=tool:LIVE555 "
    "v1\r\n"
    "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
    "a=Media_header:MEDIAINFO=494D4B48010100;\r\na=appversion:1.0\r\n";

TEST(Rtsp, AnswerTellsOfItsServer) {
  const auto said = answer(
      "RTSP/1.0 401 Unauthorized\r\nCSeq: 2\r\nServer: Dahua Rtsp Server\r\n"
      "WWW-Authenticate: Digest realm=\"Login to TESTSERIAL00001\", nonce=\"203c8d\"\r\n\r\n"
      "RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS, DESCRIBE\r\n\r\n");
  EXPECT_EQ(said.value("rtsp.server"), "Dahua Rtsp Server");
  EXPECT_EQ(said.value("rtsp.realm"), "Login to TESTSERIAL00001");
  EXPECT_EQ(said.value("rtsp.www_authenticate"),
            "Digest realm=\"Login to TESTSERIAL00001\", nonce=\"\"");
  EXPECT_EQ(said.value("rtsp.public"), "OPTIONS, DESCRIBE");
  EXPECT_EQ(said.who("rtsp.server").ip, ip(kDeviceIp));
}

TEST(Rtsp, TwoChallengesAreTwoFacts) {
  EXPECT_EQ(answer("RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"Hikvision\", "
                   "nonce=\"1\"\r\n"
                   "WWW-Authenticate: Basic realm=\"/\"\r\n\r\n")
                .values("rtsp.realm"),
            (std::vector{"Hikvision"s, "/"s}));
}

TEST(Rtsp, DescriptionIsRead) {
  const auto said = answer(described(kDescription));
  EXPECT_EQ(said.value("rtsp.sdp_session"), "Media Presentation");
  EXPECT_EQ(said.value("rtsp.sdp_info"), "stream 1");
  EXPECT_EQ(said.value("rtsp.sdp_tool"), "LIVE555 v1");
  EXPECT_EQ(said.values("rtsp.sdp_attribute"),
            (std::vector{"Media_header:MEDIAINFO=494D4B48010100;"s, "appversion:1.0"s}));
}

TEST(Rtsp, AnswersTellThePathOfTheirStream) {
  const auto said = answer(
      "RTSP/1.0 200 OK\r\nCSeq: 3\r\n"
      "Content-Base: rtsp://192.0.2.64:554/cam/realmonitor?channel=1&subtype=0/\r\n\r\n"
      "RTSP/1.0 200 OK\r\n"
      "RTP-Info: url=rtsp://192.0.2.64/Streaming/Channels/101/trackID=1;seq=1;rtptime=2\r\n\r\n"
      "RTSP/1.0 200 OK\r\nRTP-Info: url=trackID=0;seq=1\r\n\r\n");
  EXPECT_EQ(said.values("rtsp.stream_path"),
            (std::vector{"/cam/realmonitor"s, "/Streaming/Channels/101/trackID=1"s}));
}

TEST(Rtsp, DecodersTagIsTold) {
  EXPECT_EQ(answer(described("a=fmtp:107 DecoderTag=h3c-v3 RTCP=0\r\na=fmtp:96 x=1\r\n"))
                .values("rtsp.sdp_attribute"),
            std::vector{"fmtp:107 DecoderTag=h3c-v3 RTCP=0"s});
}

TEST(Rtsp, AbsoluteControlIsAPath) {
  EXPECT_EQ(answer(described("a=control:*\r\na=control:rtsp://192.0.2.64/media/video1/video\r\n"))
                .values("rtsp.stream_path"),
            std::vector{"/media/video1/video"s});
}

TEST(Rtsp, OriginIsReadWhereItIsAName) {
  EXPECT_EQ(answer(described("o=VSTC 1 1 IN IP4 192.0.2.64\r\n")).value("rtsp.sdp_origin"), "VSTC");
  EXPECT_TRUE(answer(described("o=- 1 1 IN IP4 192.0.2.64\r\n")).values("rtsp.sdp_origin").empty());
}

TEST(Rtsp, PiecesOfAnySizeTellTheSame) {
  const auto bytes = described(kDescription) + "$\0\0\3abc"s + described(kDescription);
  const auto whole = answer(bytes);
  ASSERT_EQ(whole.facts.size(), 10U);
  for (const std::size_t step : {1U, 2U, 5U, 33U, 200U}) {
    const auto run = run_answer(bytes, step);
    EXPECT_TRUE(run.contract_kept);
    ASSERT_EQ(run.recorder.facts.size(), whole.facts.size()) << step;
    for (std::size_t i = 0; i < whole.facts.size(); ++i) {
      EXPECT_EQ(run.recorder.facts[i].value, whole.facts[i].value);
    }
  }
}

TEST(Rtsp, DescriptionWithoutALengthIsRead) {
  const auto said = answer("RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\n" +
                           kDescription + "RTSP/1.0 200 OK\r\nServer: a\r\n\r\n");
  EXPECT_EQ(said.value("rtsp.sdp_tool"), "LIVE555 v1");
  EXPECT_EQ(said.value("rtsp.server"), "a");
}

TEST(Rtsp, EmptySessionNamesAreLeftOut) {
  EXPECT_FALSE(answer(described("v=0\r\ns=-\r\ns= \r\n")).said("rtsp.sdp_session"));
}

TEST(Rtsp, CutDescriptionTellsItsLastLine) {
  EXPECT_EQ(
      answer("RTSP/1.0 200 OK\r\nContent-Length: 99\r\n\r\nv=0\r\ns=cam").value("rtsp.sdp_session"),
      "cam");
}

TEST(Rtsp, MediaInTheConnectionIsPassedOver) {
  const auto said = answer("$\0\0\x1dRTSP/1.0 200 OK\r\nServer: no\r\n"s +
                           "RTSP/1.0 200 OK\r\nServer: yes\r\n\r\n");
  EXPECT_EQ(said.values("rtsp.server"), std::vector{"yes"s});
}

std::string media_packet(int type) {
  return "$\0\0\x10\x80"s + static_cast<char>(type) + std::string(14, 'x');
}

TEST(Rtsp, MediaInTheConnectionIsToldOnce) {
  const auto bytes = described(kDescription) + media_packet(96) + media_packet(96);
  for (const std::size_t step : {SIZE_MAX, std::size_t{1}, std::size_t{5}}) {
    EXPECT_EQ(run_answer(bytes, step).recorder.values("rtsp.media"), std::vector{"video"s}) << step;
  }
}

TEST(Rtsp, MediumIsAsFarAsItIsKnown) {
  const auto ok = "RTSP/1.0 200 OK\r\n\r\n"s;
  EXPECT_EQ(answer(ok + media_packet(96)).value("rtsp.media"), "media");
  EXPECT_EQ(answer(ok + media_packet(26)).value("rtsp.media"), "jpeg");
  EXPECT_EQ(answer(ok + media_packet(33)).value("rtsp.media"), "mpeg-ts");
  EXPECT_EQ(answer(ok + media_packet(8)).value("rtsp.media"), "audio");
  EXPECT_FALSE(answer(ok + media_packet(200)).said("rtsp.media"));  // RTCP
}

// A client that talks back sends media too: that makes no server of it.
TEST(Rtsp, MediaOfAClientSaysNothing) {
  EXPECT_FALSE(
      request("PLAY rtsp://192.0.2.64/ RTSP/1.0\r\n\r\n" + media_packet(0)).said("rtsp.media"));
}

TEST(Rtsp, RequestTellsOfReceiverAndClient) {
  const auto said = request(
      "DESCRIBE rtsp://admin:pw@192.0.2.64:554/Streaming/Channels/101?transportmode=unicast "
      "RTSP/1.0\r\n"
      "CSeq: 2\r\nUser-Agent: LibVLC/3.0\r\n\r\n");
  EXPECT_EQ(said.value("rtsp.request_path"), "/Streaming/Channels/101");
  EXPECT_EQ(said.who("rtsp.request_path").ip, ip(kDeviceIp));
  EXPECT_EQ(said.value("rtsp.user_agent"), "LibVLC/3.0");
  EXPECT_EQ(said.who("rtsp.user_agent").ip, ip(kClientIp));
}

TEST(Rtsp, OptionsVectorIsRead) {
  EXPECT_EQ(request(vectors::kRtspOptions).value("rtsp.user_agent"), "probe");
}

TEST(Rtsp, PasswordInAPathIsNotKept) {
  EXPECT_EQ(
      request(
          "DESCRIBE rtsp://192.0.2.64/user=admin_password=secret_channel=1.sdp RTSP/1.0\r\n\r\n")
          .value("rtsp.request_path"),
      "/user=");
}

TEST(Rtsp, ServerThatAsksItsClientSaysNothingOfIt) {
  const auto said = answer(
      "RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n"
      "GET_PARAMETER rtsp://192.0.2.10/x RTSP/1.0\r\nUser-Agent: y\r\n\r\n");
  EXPECT_TRUE(said.facts.empty());
}

TEST(Rtsp, AnswerPassedOnByAProxyTellsNothingOfIt) {
  EXPECT_TRUE(
      answer("RTSP/1.0 200 OK\r\nVia: RTSP/1.0 relay\r\nServer: Hipcam\r\n\r\n").facts.empty());
}

TEST(Rtsp, OtherProtocolIsRejected) {
  EXPECT_EQ(run_answer("HTTP/1.1 405 Method Not Allowed\r\n\r\n").verdict, Progress::reject);
}

Guess guess(std::string_view first) { return protocol("rtsp").recognise(as_bytes(first)); }

TEST(Rtsp, RecognisesAnswersAndRequests) {
  EXPECT_EQ(guess("RTSP/1.0 200 OK"), Guess::yes);
  EXPECT_EQ(guess(vectors::kRtspOptions), Guess::yes);
  EXPECT_EQ(guess("OPTIONS / HTTP/1.1\r\n"), Guess::no);
  EXPECT_EQ(guess("GET / HTTP/1.1\r\n"), Guess::no);
  EXPECT_EQ(guess("\x16\x03\x01"), Guess::no);
}

TEST(Rtsp, CannotTellFromTooFewBytes) {
  for (const auto* first : {"", "RTS", "OPT", "OPTIONS rtsp://192.0.2.64/"}) {
    EXPECT_EQ(guess(first), Guess::maybe) << first;
  }
}

}  // namespace
}  // namespace camwarden
