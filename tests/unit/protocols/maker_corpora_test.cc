// Makers' own discovery on messages that others recorded, where the shared corpora are at hand; and
// what holds for the byte-exact vectors however they are cut.

#include <gtest/gtest.h>

#include <fstream>

#include "base/text.h"
#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

const std::string kCorpora = CAMWARDEN_SOURCE_DIR "/../shared/corpora/";

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

// The messages of the rows of that field.
std::vector<std::string> messages(const std::string& file, std::string_view field) {
  std::vector<std::string> found;
  std::ifstream rows(kCorpora + file);
  for (std::string line; std::getline(rows, line);) {
    const auto columns = split(line, '\t');
    if (columns.size() < 3 || columns[0] != field) continue;
    found.push_back(columns[1] == "b64" ? from_base64(columns[2]) : std::string(columns[2]));
  }
  return found;
}

bool absent() { return !std::ifstream(kCorpora + "cameras.tsv").good(); }

struct Case {
  std::string_view field, protocol;
  std::uint16_t port;
  std::string_view says;
};

TEST(MakerCorpora, EveryAnswerOfACameraIsRead) {
  if (absent()) GTEST_SKIP() << "no corpora at " << kCorpora;
  constexpr Case kCases[] = {{"discovery.vstarcam", "vstarcam", 8600, "vstarcam.uid"},
                             {"discovery.foscam", "netwave", 10000, "netwave.id"},
                             {"discovery.foscam_cipher", "netwave", 10000, "netwave.id"},
                             {"discovery.nicevision", "nice", 2007, "nice.name"},
                             {"discovery.360vision", "vision360", 3600, "vision360.id"}};
  for (const auto& one : kCases) {
    const auto all = messages("cameras.tsv", one.field);
    EXPECT_FALSE(all.empty()) << one.field;
    for (const auto& message : all) {
      const auto said = from_device(one.protocol, message, one.port);
      EXPECT_TRUE(said.said(one.says)) << one.field;
      EXPECT_TRUE(said.anomalies.empty()) << one.field;
    }
  }
}

TEST(MakerCorpora, OthersOfTheSameProtocolsAreRead) {
  if (absent()) GTEST_SKIP() << "no corpora at " << kCorpora;
  constexpr Case kCases[] = {{"discovery.ubiquiti", "ubiquiti", 10001, "ubiquiti.platform"},
                             {"discovery.gigevision", "gvcp", 3956, "gvcp.serial"}};
  for (const auto& one : kCases) {
    for (const auto& message : messages("negatives.tsv", one.field)) {
      EXPECT_TRUE(from_device(one.protocol, message, one.port).said(one.says)) << one.field;
    }
  }
}

// Each message of discovery to each reader: only its own tells anything.
TEST(MakerCorpora, NoReaderTakesAnothersMessage) {
  if (absent()) GTEST_SKIP() << "no corpora at " << kCorpora;
  constexpr std::string_view kReaders[] = {"ddp",      "reolink", "bcudp", "vstarcam",  "tdp",
                                           "kasa",     "tuya",    "miio",  "pppp",      "tutk",
                                           "v380",     "edimax",  "jvc",   "dynacolor", "netwave",
                                           "ubiquiti", "nice",    "gvcp",  "vision360"};
  constexpr std::string_view kOthers[] = {
      "discovery.advantech", "discovery.cyberpower", "discovery.eaton", "discovery.lantronix",
      "discovery.microchip", "discovery.mssql",      "discovery.ssdp",  "discovery.vauban",
      "discovery.eden",      "discovery.gce"};
  for (const auto field : kOthers) {
    for (const auto& message : messages("negatives.tsv", field)) {
      for (const auto reader : kReaders) {
        EXPECT_TRUE(from_device(reader, message).facts.empty()) << reader << " reads " << field;
      }
    }
  }
}

TEST(MakerVectors, CutsSayNothingNew) {
  const std::tuple<std::string_view, std::string_view, std::uint16_t> all[] = {
      {"ddp", vectors::kDdpAnnouncement, 62976},   {"ddp", vectors::kDdpAnswer, 62976},
      {"reolink", vectors::kReolinkRecord, 2000},  {"netwave", vectors::kNetwaveReply, 10000},
      {"vstarcam", vectors::kVstarcamReply, 8600}, {"ubiquiti", vectors::kUbiquitiReply, 10001},
      {"tdp", vectors::kTdpReply, 20002},          {"pppp", vectors::kPpppNotify, 32108},
      {"v380", vectors::kV380Reply, 10008},        {"miio", vectors::kMiioReply, 54321}};
  for (const auto& [reader, message, port] : all) {
    EXPECT_TRUE(cuts_say_nothing_new(reader, message, port)) << reader;
  }
}

}  // namespace
}  // namespace camwarden
