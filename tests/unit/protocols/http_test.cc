#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

StreamRun run_answer(std::string_view bytes, std::size_t step = SIZE_MAX) {
  return read_stream("http", packet_from_device(), bytes, step);
}
Recorder answer(std::string_view bytes, std::size_t step = SIZE_MAX) {
  return run_answer(bytes, step).recorder;
}
Recorder request(std::string_view bytes) {
  return read_stream("http", packet_from_client(), bytes).recorder;
}

constexpr std::string_view kLogin =
    "HTTP/1.1 401 Unauthorized\r\n"
    "Server: App-webs/\r\n"
    "WWW-Authenticate: Digest qop=\"auth\", realm=\"IP Camera(F1234)\", nonce=\"6633\", "
    "stale=\"FALSE\"\r\n"
    "WWW-Authenticate: Basic realm=\"IP Camera(F1234)\"\r\n"
    "Set-Cookie: WebSession=abc; path=/\r\n"
    "Content-Type: text/html\r\nContent-Length: 53\r\n\r\n"
    "<html><head><TITLE>\n Live &amp; View </TITLE></head>\r\n\r\n";

TEST(Http, AnswerTellsOfItsServer) {
  const auto said = answer(kLogin);
  EXPECT_EQ(said.value("http.server"), "App-webs/");
  EXPECT_EQ(said.value("http.realm"), "IP Camera(F1234)");
  EXPECT_EQ(said.value("http.cookie_name"), "WebSession");
  EXPECT_EQ(said.value("http.title"), "Live & View");
  EXPECT_EQ(said.who("http.server").ip, ip(kDeviceIp));
  EXPECT_EQ(said.values("http.www_authenticate").size(), 2U);
}

TEST(Http, NonceIsLeftOut) {
  EXPECT_EQ(answer(kLogin).value("http.www_authenticate"),
            "Digest qop=\"auth\", realm=\"IP Camera(F1234)\", nonce=\"\", stale=\"FALSE\"");
}

TEST(Http, PiecesOfAnySizeTellTheSame) {
  const auto twice = std::string(kLogin) + std::string(kLogin);
  const auto whole = answer(twice);
  for (const std::size_t step : {1U, 2U, 3U, 7U, 64U, 211U}) {
    const auto run = run_answer(twice, step);
    EXPECT_TRUE(run.contract_kept);
    ASSERT_EQ(run.recorder.facts.size(), whole.facts.size()) << step;
    for (std::size_t i = 0; i < whole.facts.size(); ++i) {
      EXPECT_EQ(run.recorder.facts[i].value, whole.facts[i].value);
    }
  }
}

TEST(Http, BodyIsPassedOverToTheNextAnswer) {
  const auto said = answer(
      "HTTP/1.1 200 OK\r\nServer: a\r\nContent-Type: image/jpeg\r\nContent-Length: 25\r\n\r\n"
      "HTTQ/1.1 200 OK\r\nServer: "
      "HTTP/1.1 200 OK\r\nServer: b\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(said.values("http.server"), (std::vector{"a"s, "b"s}));
}

TEST(Http, AnswerToHeadHasNoBody) {
  const auto said = answer(
      "HTTP/1.1 200 OK\r\nServer: a\r\nContent-Length: 500\r\n\r\n"
      "HTTP/1.1 404 Not Found\r\nServer: b\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(said.values("http.server"), (std::vector{"a"s, "b"s}));
}

TEST(Http, InterimAnswerHasNoBody) {
  EXPECT_EQ(answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nServer: b\r\n\r\n")
                .value("http.server"),
            "b");
}

TEST(Http, TitleOfAChunkedPageIsFoundAndEndsTheReading) {
  const auto run = run_answer(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n<title>WEB "
      "SERVICE</title>....\r\n0\r\n\r\n");
  EXPECT_EQ(run.recorder.value("http.title"), "WEB SERVICE");
  EXPECT_EQ(run.verdict, Progress::done);
}

TEST(Http, StreamOfPicturesEndsTheReading) {
  EXPECT_EQ(run_answer("HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace\r\n\r\n--x\r\n")
                .verdict,
            Progress::done);
}

TEST(Http, TitleWithoutEndIsGivenUp) {
  const auto page = "HTTP/1.0 200 OK\r\n\r\n<title>" + std::string(6000, 'x') + "</title>";
  EXPECT_FALSE(answer(page, 500).said("http.title"));
}

TEST(Http, CompressedPageHasNoTitle) {
  EXPECT_FALSE(answer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n<title>x</title>")
                   .said("http.title"));
}

TEST(Http, TitleBarIsNoTitle) {
  EXPECT_EQ(answer("HTTP/1.1 200 OK\r\n\r\n<titlebar>a</titlebar><title lang=en>b</title>")
                .value("http.title"),
            "b");
}

TEST(Http, RedirectTellsWhereToWithoutItsQuery) {
  EXPECT_EQ(
      answer(
          "HTTP/1.1 302 Found\r\nLocation: /doc/page/login.asp?_163\r\nContent-Length: 0\r\n\r\n")
          .value("http.location"),
      "/doc/page/login.asp");
}

TEST(Http, HeadersAreReadWhateverTheirSpelling) {
  const auto said = answer("HTTP/1.0 200 OK\nSERVER : uc-httpd\n\t1.0.0\ncontent-length:0\n\n");
  EXPECT_EQ(said.value("http.server"), "uc-httpd 1.0.0");
}

TEST(Http, ClosedStreamTellsWhatIsComplete) {
  EXPECT_EQ(answer("HTTP/1.1 200 OK\r\nServer: Hipcam\r\nContent-Le").value("http.server"),
            "Hipcam");
}

TEST(Http, HeadWithoutEndIsCutAndCounted) {
  std::string head = "HTTP/1.1 200 OK\r\nServer: a\r\n";
  while (head.size() < 9000) head += "X: y\r\n";
  const auto run = run_answer(head, 1000);
  EXPECT_EQ(run.recorder.value("http.server"), "a");
  EXPECT_EQ(run.recorder.anomalies, std::vector{"http.head_too_long"s});
  EXPECT_EQ(run.verdict, Progress::done);
}

TEST(Http, HeadersAreReadUpToALimit) {
  std::string head = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 100; ++i) head += "X: y\r\n";
  EXPECT_FALSE(answer(head + "Server: a\r\n\r\n").said("http.server"));
}

// A proxy that hands on a camera's page is no camera.
TEST(Http, AnswerPassedOnByAProxyTellsNothingOfIt) {
  const auto said = answer(
      "HTTP/1.1 401 Unauthorized\r\nVia: 1.1 proxy\r\nServer: App-webs/\r\n"
      "WWW-Authenticate: Basic realm=\"IP Camera\"\r\nContent-Length: "
      "18\r\n\r\n<title>cam</title>");
  EXPECT_TRUE(said.facts.empty());
}

TEST(Http, QuestionToAProxyTellsNothingOfIt) {
  EXPECT_TRUE(
      request("GET http://192.0.2.64/ISAPI/System/deviceInfo HTTP/1.1\r\nHost: cam.example\r\n\r\n")
          .facts.empty());
}

TEST(Http, TunnelIsNotRead) {
  const auto run = read_stream("http", packet_from_client(),
                               "CONNECT cam.example:443 HTTP/1.1\r\nHost: cam.example:443\r\n\r\n"
                               "GET /ISAPI HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(run.recorder.facts.empty());
  EXPECT_EQ(run.verdict, Progress::done);
}

TEST(Http, RequestTellsOfItsReceiver) {
  const auto said = request(
      "GET /ISAPI/Security/userCheck?timeStamp=1 HTTP/1.1\r\nHost: cam7.example:8080\r\n\r\n");
  EXPECT_EQ(said.value("http.request_path"), "/ISAPI/Security/userCheck");
  EXPECT_EQ(said.value("http.host"), "cam7.example");
  EXPECT_EQ(said.who("http.request_path").ip, ip(kDeviceIp));
  EXPECT_EQ(said.who("http.request_path").mac, mac(kDeviceMac));
}

TEST(Http, AddressIsNoHostName) {
  EXPECT_FALSE(request("GET / HTTP/1.1\r\nHost: 192.0.2.64\r\n\r\n").said("http.host"));
  EXPECT_FALSE(request("GET / HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n\r\n").said("http.host"));
}

TEST(Http, PipelinedRequestsWithBodiesAreRead) {
  const auto said = request(
      "POST /onvif/device_service HTTP/1.1\r\nContent-Length: 5\r\n\r\nGET /GET /SDK/x "
      "HTTP/1.1\r\n\r\n");
  EXPECT_EQ(said.values("http.request_path"), (std::vector{"/onvif/device_service"s, "/SDK/x"s}));
}

TEST(Http, PasswordInAPathIsNotKept) {
  EXPECT_EQ(request("GET /user=admin&password=secret HTTP/1.1\r\n\r\n").value("http.request_path"),
            "/user=");
}

TEST(Http, LongPathIsCut) {
  EXPECT_EQ(request("GET /" + std::string(3000, 'a') + " HTTP/1.1\r\n\r\n")
                .value("http.request_path")
                .size(),
            128U);
}

TEST(Http, LengthsThatDifferEndTheReading) {
  const auto run = run_answer(
      "HTTP/1.1 200 OK\r\nServer: a\r\nContent-Type: x/y\r\nContent-Length: 1\r\nContent-Length: "
      "9\r\n\r\n....");
  EXPECT_EQ(run.verdict, Progress::done);
}

TEST(Http, HugeLengthIsNoTrouble) {
  EXPECT_EQ(
      run_answer("HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n<title>a</title>")
          .recorder.value("http.title"),
      "a");
}

TEST(Http, OtherProtocolIsRejected) {
  EXPECT_EQ(run_answer("SSH-2.0-OpenSSH\r\n\r\n").verdict, Progress::reject);
}

Guess guess(std::string_view first) { return protocol("http").recognise(as_bytes(first)); }

TEST(Http, RecognisesAnswersAndRequests) {
  EXPECT_EQ(guess("HTTP/1.1 200 OK\r\n"), Guess::yes);
  EXPECT_EQ(guess("GET / HTTP/1.1\r\n"), Guess::yes);
  EXPECT_EQ(guess("OPTIONS * RTSP/1.0\r\n"), Guess::no);
  EXPECT_EQ(guess("SSH-2.0-x\r\n"), Guess::no);
  EXPECT_EQ(guess("\x16\x03\x01"), Guess::no);
}

TEST(Http, CannotTellFromTooFewBytes) {
  for (const auto* first : {"", "H", "HTTP/", "G", "GET", "GET /", "GET / HTTP/1.1"}) {
    EXPECT_EQ(guess(first), Guess::maybe) << first;
  }
}

}  // namespace
}  // namespace camwarden
