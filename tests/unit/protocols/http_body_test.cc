// Bodies that HTTP hands on, seen through the UPnP description, the plainest of their readers.

#include <gtest/gtest.h>

#include "protocols/http_content.h"
#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

std::string description(const std::string& model) {
  return "<?xml version=\"1.0\"?>\r\n<root xmlns=\"urn:schemas-upnp-org:device-1-0\"><device>"
         "<deviceType>urn:schemas-upnp-org:device:Basic:1</deviceType><modelName>" +
         model + "</modelName></device></root>";
}

std::string message(const std::string& head, const std::string& body) {
  return head + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string chunked(const std::string& body, std::size_t step) {
  std::string coded;
  for (std::size_t at = 0; at < body.size(); at += step) {
    const auto piece = body.substr(at, step);
    char size[20];
    std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
    coded += size + piece + "\r\n";
  }
  return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + coded + "0\r\n\r\n";
}

StreamRun run(std::string_view bytes, std::size_t step = SIZE_MAX) {
  return read_stream("http", packet_from_device(), bytes, step);
}
std::vector<std::string> models(std::string_view bytes, std::size_t step = SIZE_MAX) {
  return run(bytes, step).recorder.values("upnp.model_name");
}

TEST(HttpBody, TextIsHandedOnWhateverItsLengthIsToldBy) {
  const auto bytes = message("HTTP/1.1 200 OK", description("a")) + chunked(description("b"), 50) +
                     message("HTTP/1.1 401 Unauthorized", description("c")) +
                     "HTTP/1.0 200 OK\r\n\r\n" + description("d");
  for (const std::size_t step : {SIZE_MAX, std::size_t{1}, std::size_t{7}, std::size_t{100}}) {
    EXPECT_EQ(models(bytes, step), (std::vector{"a"s, "b"s, "c"s, "d"s})) << step;
    EXPECT_TRUE(run(bytes, step).contract_kept);
  }
}

TEST(HttpBody, ItsSenderIsWhoSentTheMessage) {
  const auto said = run(message("HTTP/1.1 200 OK", description("a"))).recorder;
  EXPECT_EQ(said.who("upnp.model_name").ip, ip(kDeviceIp));
}

TEST(HttpBody, LongTextIsNotHandedOn) {
  const auto long_text = description(std::string(kMaxBodyBytes, 'a'));
  EXPECT_TRUE(models(message("HTTP/1.1 200 OK", long_text)).empty());
  EXPECT_TRUE(models(chunked(long_text, 1000)).empty());
  EXPECT_TRUE(models("HTTP/1.0 200 OK\r\n\r\n" + long_text).empty());
}

// An ONVIF answer of any length: whom its envelope names, and what stands at its beginning.
std::string onvif_answer(std::size_t filling) {
  return "<?xml version=\"1.0\"?><e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\" "
         "xmlns:t=\"http://www.onvif.org/ver10/device/wsdl\" xmlns:m=\"urn:maker\"><e:Body>"
         "<t:GetCapabilitiesResponse><t:XAddr>http://192.0.2.1/onvif/device_service</t:XAddr>" +
         std::string(filling, '\n') + "<t:XAddr>http://192.0.2.1/late</t:XAddr>" +
         "</t:GetCapabilitiesResponse></e:Body></e:Envelope>";
}

TEST(HttpBody, OfALongOnvifAnswerTheBeginningIsRead) {
  const auto long_answer = onvif_answer(kMaxBodyBytes);
  for (const auto& bytes : {message("HTTP/1.1 200 OK", long_answer), chunked(long_answer, 1000),
                            "HTTP/1.0 200 OK\r\n\r\n" + long_answer}) {
    for (const std::size_t step : {SIZE_MAX, std::size_t{1460}}) {
      const auto said = run(bytes, step).recorder;
      EXPECT_EQ(said.values("onvif.name_space"), std::vector{"urn:maker"s});
      EXPECT_EQ(said.values("onvif.xaddr"), std::vector{"/onvif/device_service"s});
      EXPECT_TRUE(run(bytes, step).contract_kept);
    }
  }
}

TEST(HttpBody, OfACutOnvifAnswerTheBeginningIsRead) {
  auto bytes = message("HTTP/1.1 200 OK", onvif_answer(0));
  bytes.resize(bytes.size() - 100);
  EXPECT_EQ(run(bytes).recorder.values("onvif.answer"), std::vector{"GetCapabilities"s});
}

TEST(HttpBody, BehindALongTextTheNextAnswerIsRead) {
  const auto bytes = message("HTTP/1.1 200 OK", onvif_answer(kMaxBodyBytes)) +
                     message("HTTP/1.1 200 OK\r\nServer: next", "");
  EXPECT_EQ(run(bytes, 1460).recorder.value("http.server"), "next");
}

TEST(HttpBody, CutTextIsNotHandedOn) {
  auto bytes = message("HTTP/1.1 200 OK", description("a"));
  bytes.pop_back();
  EXPECT_TRUE(models(bytes).empty());
}

TEST(HttpBody, CompressedTextIsNotHandedOn) {
  EXPECT_TRUE(
      models(message("HTTP/1.1 200 OK\r\nContent-Encoding: gzip", description("a"))).empty());
}

TEST(HttpBody, AnswerPassedOnByAProxyIsNotHandedOn) {
  EXPECT_TRUE(models(message("HTTP/1.1 200 OK\r\nVia: 1.1 proxy", description("a"))).empty());
  EXPECT_TRUE(models("HTTP/1.1 200 OK\r\nX-Cache: HIT\r\n\r\n" + description("a")).empty());
}

TEST(HttpBody, TextWithATitleHasBothRead) {
  const auto body = "<!-- x --><html><title>cam</title></html>"s;
  EXPECT_EQ(run(message("HTTP/1.1 200 OK", body)).recorder.values("http.title"),
            std::vector{"cam"s});
  EXPECT_EQ(run(chunked(body, 9)).recorder.values("http.title"), std::vector{"cam"s});
  EXPECT_EQ(run("HTTP/1.0 200 OK\r\n\r\n" + body, 20).recorder.values("http.title"),
            std::vector{"cam"s});
}

TEST(HttpBody, AnswersBehindAChunkedOneAreRead) {
  const auto said = run(chunked("{\"a\":1}", 3) + "HTTP/1.1 200 OK\r\nServer: b\r\n\r\n").recorder;
  EXPECT_EQ(said.value("http.server"), "b");
}

}  // namespace
}  // namespace camwarden
