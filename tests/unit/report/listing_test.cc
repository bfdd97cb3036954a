#include "report/listing.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace camwarden {
namespace {

// What a hostile device may call itself: terminal escapes, a CSV formula, line breaks, quotes,
// a right-to-left override, bytes that are no UTF-8.
const std::string kHostile = "=cmd|' /C calc'!A1\x1b[2J\x1b]0;pwned\x07\r\n\"x\",\xe2\x80\xae\xff";

Device camera() {
  Device device;
  device.id = "mac-4419b60a0b0c";
  device.mac = *MacAddress::parse("44:19:b6:0a:0b:0c");
  device.ips = {*IpAddress::parse("192.0.2.50")};
  device.vlans = {10};
  device.kind = Kind::camera;
  device.maker = "Hikvision";
  device.grade = Grade::proven;
  return device;
}

ListedDevice hostile_camera() {
  ListedDevice listed;
  listed.device = camera();
  listed.device.model = listed.device.brand = listed.device.firmware = listed.device.hostname = kHostile;
  listed.segment = "core";
  return listed;
}

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

bool any_control(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7f; });
}

// An independent reader of RFC 4180, one record.
std::vector<std::string> read_csv_record(const std::string& text, std::size_t& at) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted && c == '"' && at + 1 < text.size() && text[at + 1] == '"') {
      cells.back() += '"';
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      cells.emplace_back();
    } else if (!quoted && c == '\r') {
      at += 2;
      break;
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

TEST(DeviceTable, ShowsNoControlCharacterOfADevice) {
  const auto text = list_devices({hostile_camera()}, 0, ListFormat::table, {}, false);
  EXPECT_FALSE(any_control(text)) << text;
  EXPECT_TRUE(valid_utf8(text));
  EXPECT_EQ(lines_of(text), 3u);  // head, one device, the count
}

TEST(DeviceTable, HidesHostsAndCountsThem) {
  ListedDevice host;
  host.device.id = "mac-000102030405";
  host.device.kind = Kind::host;
  const auto text = list_devices({host, hostile_camera()}, 2, ListFormat::table, {}, false);
  EXPECT_EQ(text.find("000102030405"), std::string::npos);
  EXPECT_NE(text.find("1 video device, 3 other hosts not shown"), std::string::npos);
}

TEST(DeviceTable, ViolationsComeFirst) {
  auto fine = hostile_camera(), denied = hostile_camera();
  fine.device.ips = {*IpAddress::parse("192.0.2.1")};
  denied.device.ips = {*IpAddress::parse("192.0.2.9")};
  denied.violation = true;
  const auto text = list_devices({fine, denied}, 0, ListFormat::table, {}, false);
  EXPECT_LT(text.find("192.0.2.9"), text.find("192.0.2.1 "));
}

TEST(DeviceTable, ColourOnlyWhenAsked) {
  auto denied = hostile_camera();
  denied.violation = true;
  EXPECT_EQ(list_devices({denied}, 0, ListFormat::table, {0, false}, false).find('\x1b'), std::string::npos);
  EXPECT_NE(list_devices({denied}, 0, ListFormat::table, {0, true}, false).find("\x1b[31m"), std::string::npos);
}

TEST(DeviceTable, IsNoWiderThanTheTerminal) {
  const auto text = list_devices({hostile_camera()}, 0, ListFormat::table, {60, false}, false);
  EXPECT_LE(text.find('\n'), 60u + 2);  // the ellipsis is three bytes wide
}

TEST(DeviceTable, ShowsTheRegistrantWhereThereIsRoom) {
  ListedDevice host;
  host.device.mac = *MacAddress::parse("00:00:0a:00:00:01");
  host.registrant = "OMRON TATEISI \x1b[31mELECTRONICS CO.";
  const auto wide = list_devices({host}, 0, ListFormat::table, {200, false}, true);
  EXPECT_NE(wide.find("REGISTRANT"), std::string::npos) << wide;
  EXPECT_NE(wide.find("OMRON TATEISI"), std::string::npos) << wide;
  EXPECT_FALSE(any_control(wide)) << wide;
  for (const auto width : {std::size_t{0}, std::size_t{80}}) {
    EXPECT_EQ(list_devices({host}, 0, ListFormat::table, {width, false}, true).find("REGISTRANT"), std::string::npos);
  }
}

TEST(DeviceJson, SaysTheRegistrantAndClaimsNothingByIt) {
  auto listed = hostile_camera();
  listed.registrant = "Somebody Ltd";
  const auto value = parse_json(list_devices({listed}, 0, ListFormat::json, {}, false));
  ASSERT_TRUE(value);
  EXPECT_EQ(text_member(value->as_object(), "registrant"), "Somebody Ltd");
  EXPECT_EQ(text_member(value->as_object(), "maker"), "Hikvision");
}

TEST(DeviceJson, OneValidObjectALineAndTheValueReadsBack) {
  const auto text = list_devices({hostile_camera()}, 0, ListFormat::json, {}, false);
  EXPECT_EQ(lines_of(text), 1u);
  EXPECT_FALSE(any_control(text));
  const auto value = parse_json(text);
  ASSERT_TRUE(value);
  EXPECT_EQ(text_member(value->as_object(), "model"), printable(kHostile));
  EXPECT_EQ(text_member(value->as_object(), "segment"), "core");
}

TEST(DeviceCsv, NoCellStartsAFormulaAndTheRecordKeepsItsShape) {
  const auto text = list_devices({hostile_camera()}, 0, ListFormat::csv, {}, false);
  std::size_t at = 0;
  const auto head = read_csv_record(text, at);
  const auto record = read_csv_record(text, at);
  EXPECT_EQ(at, text.size());
  ASSERT_EQ(record.size(), head.size());
  for (const auto& cell : record) {
    EXPECT_TRUE(cell.empty() || std::string_view("=+-@\t\r").find(cell[0]) == std::string_view::npos) << cell;
  }
  const auto model = std::find(head.begin(), head.end(), "model") - head.begin();
  EXPECT_EQ(record[static_cast<std::size_t>(model)], "'" + printable(kHostile));
}

TEST(CsvCell, FormulaCharactersAreDefused) {
  for (const auto* value : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"}) {
    const auto cell = csv_cell(value);
    EXPECT_TRUE(cell[1] == '\'' || cell[1] == '\\') << cell;
  }
  EXPECT_EQ(csv_cell("plain"), "\"plain\"");
  EXPECT_EQ(csv_cell("say \"hi\""), "\"say \"\"hi\"\"\"");
}

TEST(AlertTable, ShowsNoControlCharacterOfADevice) {
  Alert alert;
  alert.type = AlertType::violation_opened;
  alert.device = hostile_camera().device;
  alert.why = "A camera that calls itself " + kHostile;
  const auto text = list_alerts({alert}, ListFormat::table, {});
  EXPECT_FALSE(any_control(text)) << text;
  EXPECT_EQ(lines_of(text), 1u);
}

TEST(MakerBehindBrand, SaysBoth) {
  Device device;
  EXPECT_EQ(maker_behind_brand(device), "-");
  device.maker = "Hikvision";
  EXPECT_EQ(maker_behind_brand(device), "Hikvision");
  device.brand = "hikvision";
  EXPECT_EQ(maker_behind_brand(device), "Hikvision");
  device.brand = "Annke";
  EXPECT_EQ(maker_behind_brand(device), "Hikvision, sold as Annke");
  device.maker = "";
  EXPECT_EQ(maker_behind_brand(device), "unknown maker, sold as Annke");
}

}  // namespace
}  // namespace camwarden
