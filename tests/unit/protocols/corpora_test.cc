// Real messages, where the shared corpora are at hand: what a reader must find in them.

#include <gtest/gtest.h>

#include <array>
#include <fstream>

#include "base/text.h"
#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

constexpr const char* kCameras = CAMWARDEN_SOURCE_DIR "/../shared/corpora/cameras.tsv";

std::string from_base64(std::string_view text) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto digit = kDigits.find(c);
    if (digit == std::string_view::npos) break;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    if ((count += 6) >= 8) out += static_cast<char>(bits >> (count -= 8) & 0xff);
  }
  return out;
}

// The messages of the rows whose field starts with `kind`.
std::vector<std::string> messages(std::string_view kind) {
  std::vector<std::string> found;
  std::ifstream file(kCameras);
  for (std::string line; std::getline(file, line);) {
    const auto columns = split(line, '\t');
    if (columns.size() > 2 && columns[0].starts_with(kind) && columns[1] == "b64") {
      found.push_back(from_base64(columns[2]));
    }
  }
  return found;
}

bool absent() { return !std::ifstream(kCameras).good(); }

TEST(Corpora, EveryDhipAnswerIsRead) {
  if (absent()) GTEST_SKIP() << "no corpora at " << kCameras;
  const auto all = messages("discovery.dhip37810");
  ASSERT_FALSE(all.empty());
  for (const auto& message : all) {
    const auto said = read_datagram("dhip", packet_from_device(message));
    EXPECT_TRUE(said.said("dhip.answer") && said.said("dhip.device_type") && said.said("dhip.mac"));
    EXPECT_TRUE(said.anomalies.empty());
  }
}

TEST(Corpora, SadpAnswerIsRead) {
  if (absent()) GTEST_SKIP() << "no corpora at " << kCameras;
  for (const auto& message : messages("discovery.hikvision")) {
    const auto said = read_datagram("sadp", packet_from_device(message));
    EXPECT_TRUE(said.said("sadp.model") && said.said("sadp.serial") && said.said("sadp.mac"));
  }
}

TEST(Corpora, EveryProbeMatchIsRead) {
  if (absent()) GTEST_SKIP() << "no corpora at " << kCameras;
  auto all = messages("wsdd.probematch");
  for (auto& more : messages("wsdd.message")) all.push_back(more);
  for (auto& more : messages("discovery.wsdiscovery")) all.push_back(more);
  ASSERT_FALSE(all.empty());
  for (const auto& message : all) {
    if (message.find("</") == std::string::npos || !trim(message).ends_with('>')) continue;  // cut
    const auto said = read_datagram("wsdd", packet_from_device(message));
    EXPECT_EQ(said.value("wsdd.onvif"), "probematch");
    EXPECT_TRUE(said.said("wsdd.endpoint"));
  }
}

TEST(Corpora, EveryRtspAnswerIsRecognisedAndReadAlikeInPieces) {
  if (absent()) GTEST_SKIP() << "no corpora at " << kCameras;
  const auto all = messages("rtsp.response");
  ASSERT_FALSE(all.empty());
  for (const auto& message : all) {
    EXPECT_EQ(protocol("rtsp").recognise(as_bytes(message)), Guess::yes);
    const auto whole = read_stream("rtsp", packet_from_device(), message);
    const auto pieces = read_stream("rtsp", packet_from_device(), message, 100);
    EXPECT_NE(whole.verdict, Progress::reject);
    EXPECT_EQ(whole.recorder.facts.size(), pieces.recorder.facts.size());
  }
}

TEST(Corpora, HeadersThatAnRtspAnswerHasAreSaid) {
  if (absent()) GTEST_SKIP() << "no corpora at " << kCameras;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kSaid{
      {{"\nServer:", "rtsp.server"},
       {"\nPublic:", "rtsp.public"},
       {"\nWWW-Authenticate:", "rtsp.realm"},
       {"\ns=", "rtsp.sdp_session"}}};
  for (const auto& message : messages("rtsp.response")) {
    const auto said = read_stream("rtsp", packet_from_device(), message).recorder;
    for (const auto& [header, field] : kSaid) {
      if (ifind(message, header) != std::string_view::npos) {
        EXPECT_TRUE(said.said(field)) << message;
      }
    }
  }
}

TEST(Corpora, EveryDescriptionIsRead) {
  if (absent()) GTEST_SKIP() << "no corpora at " << kCameras;
  const auto all = messages("rtsp.sdp");
  ASSERT_FALSE(all.empty());
  for (const auto& description : all) {
    const auto answer = "RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\nContent-Length: " +
                        std::to_string(description.size()) + "\r\n\r\n" + description;
    const auto said = read_stream("rtsp", packet_from_device(), answer).recorder;
    const auto name = description.find("\ns=");
    if (name == std::string::npos) continue;
    const auto text = std::string_view(description).substr(name + 3);
    const auto expected = trim(text.substr(0, text.find('\n')));
    if (expected.empty() || expected == "-") continue;
    EXPECT_EQ(said.value("rtsp.sdp_session"), expected);
  }
}

Recorder read_body(std::string_view name, std::string_view text, bool answer = true) {
  Recorder recorder;
  const auto packet = packet_from_device();
  protocol(name).on_body({packet, text, answer}, recorder);
  return recorder;
}

// What each call's answer must tell, where it holds that element at all.
TEST(Corpora, EveryOnvifAnswerIsRead) {
  if (absent()) GTEST_SKIP() << "no corpora at " << kCameras;
  constexpr std::array<std::array<std::string_view, 3>, 6> kTold{
      {{"onvif.GetDeviceInformation", "Model>", "onvif.model"},
       {"onvif.GetDeviceInformation", "SerialNumber>", "onvif.serial"},
       {"onvif.GetScopes", "/hardware/", "onvif.model"},
       {"onvif.GetNetworkInterfaces", "HwAddress>", "onvif.mac"},
       {"onvif.GetCapabilities", "XAddr>", "onvif.xaddr"},
       {"onvif.GetServices", "XAddr>", "onvif.xaddr"}}};
  for (const auto& [kind, element, field] : kTold) {
    for (const auto& message : messages(kind)) {
      const auto said = read_body("onvif", message);
      EXPECT_TRUE(said.said("onvif.answer")) << kind;
      EXPECT_TRUE(said.said(field) || message.find(element) == std::string::npos) << kind;
      EXPECT_TRUE(said.anomalies.empty());
    }
  }
}

// Some rows are JSON that a tool made of the document, or a document that has lost its namespace:
// those are not taken for ISAPI.
TEST(Corpora, EveryIsapiDocumentIsRead) {
  if (absent()) GTEST_SKIP() << "no corpora at " << kCameras;
  for (const auto& message : messages("isapi.")) {
    if (!trim(message).starts_with('<') || message.find("xmlns") == std::string::npos) continue;
    const auto said = read_body("isapi", message);
    const bool device = message.find("<DeviceInfo") != std::string::npos;
    // An alert of the open standard's names no maker, and without a MAC nobody.
    if (!device && message.find("psialliance") != std::string::npos) continue;
    EXPECT_TRUE(device ? said.said("isapi.model") && said.said("isapi.serial") &&
                             said.said("isapi.mac")
                       : said.said("isapi.event") || said.said("isapi.answer"));
  }
}

TEST(Corpora, EveryDescriptionInABodyIsRead) {
  if (absent()) GTEST_SKIP() << "no corpora at " << kCameras;
  for (const auto& message : messages("upnp.description")) {
    EXPECT_TRUE(read_body("upnp", message).said("upnp.device_type"));
  }
  for (const auto& message : messages("vapix."))
    EXPECT_FALSE(read_body("vapix", message).facts.empty());
  for (const auto& message : messages("http.body.hnap")) {
    EXPECT_TRUE(read_body("webapi", message).said("webapi.model"));
  }
}

}  // namespace
}  // namespace camwarden
