// Real answers of makers' own discovery, where the shared corpora are at hand.

#include <gtest/gtest.h>

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

struct Row {
  std::string_view kind, protocol;
  std::vector<std::string_view> fields;  // that it must tell
};

void expect_read(const Row& row, const std::string& message) {
  auto packet = packet_from_device(message);
  packet.src_port = 7701;
  const auto said = read_datagram(row.protocol, packet);
  const auto is = [&](std::string_view what) {
    return said.said(std::string(row.protocol) + "." + std::string(what));
  };
  EXPECT_TRUE(is("answer")) << row.kind;
  EXPECT_FALSE(is("probe")) << row.kind;
  for (const auto field : row.fields) EXPECT_TRUE(is(field)) << row.kind << ' ' << field;
  EXPECT_TRUE(said.anomalies.empty()) << row.kind;
}

TEST(CorporaOfMakers, EveryAnswerOfTheirDiscoveryIsRead) {
  std::ifstream file(kCameras);
  if (!file.good()) GTEST_SKIP() << "no corpora at " << kCameras;
  const std::vector<Row> rows{{"discovery.bosch", "rcp", {"mac"}},
                              {"discovery.dahua1", "dvrip", {"mac", "model", "serial", "name"}},
                              {"discovery.hanwha", "hanwha", {"mac", "model"}},
                              {"discovery.panasonic", "easyip", {"mac", "model", "firmware"}},
                              {"discovery.sony", "sony", {"mac", "model", "serial", "firmware"}},
                              {"discovery.vivotek", "vivotek", {"mac", "model", "name"}}};
  std::size_t read = 0;
  for (std::string line; std::getline(file, line);) {
    const auto columns = split(line, '\t');
    for (const auto& row : rows) {
      if (columns.size() < 3 || columns[0] != row.kind) continue;
      ++read;
      expect_read(row, columns[1] == "b64" ? from_base64(columns[2]) : std::string(columns[2]));
    }
  }
  EXPECT_GE(read, rows.size());
}

}  // namespace
}  // namespace camwarden
