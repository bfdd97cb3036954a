// One small report, whole, as a person would read its source: golden_report.html, without the style
// sheet. CAMWARDEN_BLESS=1 writes it; read the difference before you commit it.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/digest.h"
#include "report/changes.h"
#include "report/html.h"
#include "report/html_report.h"
#include "report/report_json.h"
#include "unit/report/report_scene.h"

namespace camwarden {
namespace {

const std::string kGolden = CAMWARDEN_SOURCE_DIR "/tests/unit/report/golden_report.html";

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

// A restricted camera and an excepted one on core, a nameless and an allowed one, and a day ago
// none of them but the allowed one.
Report sample() {
  test::Scene scene;
  const auto before = read_report(json_report(scene.report()), "before.json").take();
  auto annke = test::restricted();
  annke.brand = "Annke";
  annke.firmware = "V5.7.1";
  annke.serial = "C80020220301AAWRG87654321";
  annke.evidence.front().field = "sadp.model";
  annke.evidence.front().value = "C800 <b>";
  annke.evidence.front().fingerprint = "hikvision.sadp.model";
  annke.conflicts = {{Attribute::model, "DS-1", "C800", {}}};
  auto excepted = annke;
  excepted.id = "mac-4419b60a0b0d";
  excepted.mac = *MacAddress::parse("44:19:b6:0a:0b:0d");
  excepted.presences = {test::presence("10.10.0.22", 10, test::kNoon, test::kNoon)};
  excepted.ips = {excepted.presences.front().ip};
  auto nameless = test::harmless();
  nameless.id = "ip-10.10.0.9";
  nameless.mac = {};
  nameless.maker = "";
  nameless.grade = Grade::none;
  nameless.ips = {*IpAddress::parse("10.10.0.9")};
  nameless.evidence.clear();
  scene.devices.insert(scene.devices.end(), {annke, excepted, nameless});
  scene.options.exceptions = {
      {"", {excepted.mac}, {}, {}, "facilities", "refit", "CHG-12", test::kEnd + test::hours(24)}};
  Asked asked{.segment = "core",
              .begin = test::kNoon,
              .end = test::kNoon + std::chrono::minutes(1),
              .targets = {*Prefix::parse("10.10.0.0/24")},
              .addresses = 254,
              .answered = 20,
              .questions = 900,
              .limits = {"no ARP sweep: CAP_NET_RAW is missing"}};
  scene.coverage.push_back(coverage_of(asked));
  scene.row("servers").heard.lost.ring = 50'000;
  auto report = scene.report();
  report.changes = compare(before, report);
  return report;
}

TEST(ReportHtml, IsAsBlessed) {
  auto html = html_report(sample());
  html = replaced(html, std::string(report_style()), "");
  html = replaced(html, html_text(sha256_base64(report_style())), "of the style sheet");
  if (std::getenv("CAMWARDEN_BLESS")) std::ofstream(kGolden) << html;
  std::ostringstream golden;
  golden << std::ifstream(kGolden).rdbuf();
  EXPECT_EQ(html, golden.str());
}

}  // namespace
}  // namespace camwarden
