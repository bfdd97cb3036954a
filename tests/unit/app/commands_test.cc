// Commands as a person types them: what they print, what they complain of, and their exit status.

#include "app/commands.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/command.h"
#include "app/engine.h"
#include "base/json.h"
#include "protocols/protocol.h"

namespace camwarden {
namespace {

using testing::HasSubstr;
using testing::Not;

class Commands : public testing::Test {
 protected:
  void SetUp() override {
    setenv("CAMWARDEN_FINGERPRINTS", CAMWARDEN_SOURCE_DIR "/fingerprints", 1);
    std::string path = testing::TempDir() + "commands-XXXXXX";
    directory_ = ::mkdtemp(path.data());
    write("oui.csv",
          "Registry,Assignment,Organization Name,Organization Address\n"
          "MA-L,4419B6,Somebody Ltd,\nMA-M,08ED02A,Medium Ltd,\nMA-S,70B3D5123,Small Ltd,\n");
    write("site.yml", "oui_registry: " + directory_ + "/oui.csv\n");
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string at(const std::string& name) const { return directory_ + "/" + name; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(at(name)) << text;
  }
  std::string read(const std::string& name) const {
    std::stringstream text;
    text << std::ifstream(at(name)).rdbuf();
    return text.str();
  }

  // Exit status; what was printed is in out_ and err_.
  int run(std::vector<std::string> words) {
    words.insert(words.begin(), "camwarden");
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int exit = run_command_line(static_cast<int>(argv.size()), argv.data());
    out_ = testing::internal::GetCapturedStdout();
    err_ = testing::internal::GetCapturedStderr();
    return exit;
  }

  // A database in which a camera of Hikvision's was heard.
  void record_a_camera() {
    const auto words = vocabulary();
    Diagnostics diagnostics;
    const auto setup = load_setup(at("site.yml"), {"eth1"}, words, diagnostics);
    ASSERT_TRUE(setup) << diagnostics.to_string();
    auto database = Database::open(at("camwarden.db"), Database::Mode::read_write);
    ASSERT_TRUE(database) << database.error();
    auto engine = Engine::open(database.take(), setup, words, {"host", "0", 1});
    ASSERT_TRUE(engine) << engine.error();
    const Time when = *parse_rfc3339("2026-06-01T12:00:00Z");
    Subject who;
    who.mac = *MacAddress::parse("44:19:b6:0a:0b:0c");
    who.ip = *IpAddress::parse("10.0.0.21");
    who.mac_origin = MacOrigin::payload;
    who.bound = true;
    for (const auto& [field, value] : {std::pair{"sadp.answer", "ProbeMatch"},
                                       {"sadp.serial", "DS-2CD2142FWD-I20190101AAWR123456789"}}) {
      engine.value()->observe({who, words.find(field), value, {when, 7, "sadp", false}});
    }
    ASSERT_TRUE(engine.value()->flush(when));
  }

  std::string directory_, out_, err_;
};

TEST_F(Commands, ListsShowsEveryPack) {
  EXPECT_EQ(run({"lists", "-c", at("site.yml")}), kClean);
  for (const auto* id :
       {"us-ndaa-889", "uk-2022-11-24", "us-fcc-covered-list", "us-bis-entity-list", "us-dod-1260h",
        "us-tx-prohibited", "au-2023", "nz-2023", "ca-2025", "eu-parliament-2021", "tw-2020",
        "uk-procurement-act-2023"}) {
    EXPECT_THAT(out_, HasSubstr(id));
  }
}

TEST_F(Commands, ListsShowsOnePackWholeWithTheBrandsBehindItsMakers) {
  EXPECT_EQ(run({"lists", "us-ndaa-889", "-c", at("site.yml")}), kClean);
  EXPECT_THAT(out_, HasSubstr("Dahua Technology Company, since 2018-08-13"));
  EXPECT_THAT(out_, HasSubstr("our mapping:"));
  EXPECT_THAT(out_, HasSubstr("Annke"));
  EXPECT_THAT(out_, Not(HasSubstr("au-2023")));
}

TEST_F(Commands, ListsWritesAnObjectALine) {
  EXPECT_EQ(run({"lists", "--format", "json", "-c", at("site.yml")}), kClean);
  std::stringstream lines(out_);
  int packs = 0;
  for (std::string line; std::getline(lines, line); ++packs) ASSERT_TRUE(parse_json(line)) << line;
  EXPECT_GE(packs, 13);
}

TEST_F(Commands, ListsKnowsTheNearestSpelling) {
  EXPECT_EQ(run({"lists", "us-ndaa-899", "-c", at("site.yml")}), kTrouble);
  EXPECT_THAT(err_,
              HasSubstr("there is no law pack \"us-ndaa-899\"; did you mean \"us-ndaa-889\"?"));
}

TEST_F(Commands, ListsTellsWhichPacksMeanAMaker) {
  EXPECT_EQ(run({"lists", "--maker", "uniview", "-c", at("site.yml")}), kClean);
  EXPECT_THAT(out_, HasSubstr("us-bis-entity-list"));
  EXPECT_THAT(out_, Not(HasSubstr("us-ndaa-889")));
  EXPECT_EQ(run({"lists", "--maker", "Axis", "-c", at("site.yml")}), kClean);
  EXPECT_THAT(out_, HasSubstr("no law pack means this maker"));
}

TEST_F(Commands, ListsOfWhatIsNoMakerIsRefused) {
  EXPECT_EQ(run({"lists", "--maker", "Hikvison", "-c", at("site.yml")}), kTrouble);
  EXPECT_THAT(err_, HasSubstr("did you mean \"Hikvision\"?"));
  EXPECT_EQ(run({"lists", "--maker", "Annke", "-c", at("site.yml")}), kTrouble);
  EXPECT_THAT(err_, HasSubstr("is a label, made by"));
}

TEST_F(Commands, MatchTellsTheRegistrantOfAMac) {
  EXPECT_EQ(run({"match", "-c", at("site.yml"), "mac=70:b3:d5:12:30:01"}), kClean);
  EXPECT_THAT(out_, HasSubstr("registered with the IEEE by Small Ltd, which claims nothing"));
  EXPECT_EQ(run({"match", "-c", at("site.yml"), "--format", "json", "mac=44:19:b6:00:00:01"}),
            kClean);
  EXPECT_THAT(out_, HasSubstr("\"registrant\":\"Somebody Ltd\""));
}

TEST_F(Commands, RegistryThatWasChosenMustBeThere) {
  write("other.yml", "oui_registry: /nowhere/oui.csv\n");
  EXPECT_EQ(run({"match", "-c", at("other.yml"), "mac=44:19:b6:00:00:01"}), kTrouble);
  EXPECT_THAT(err_, HasSubstr("/nowhere/oui.csv: cannot be read"));
}

TEST_F(Commands, OuiUpdateWritesWhatItReads) {
  EXPECT_EQ(run({"oui", "update", "--output", at("kept.csv"), at("oui.csv")}), kClean);
  EXPECT_THAT(out_, HasSubstr("3 registrations (1 MA-L, 1 MA-M, 1 MA-S)"));
  write("kept.yml", "oui_registry: " + at("kept.csv") + "\n");
  EXPECT_EQ(run({"match", "-c", at("kept.yml"), "mac=08:ed:02:a0:00:01"}), kClean);
  EXPECT_THAT(out_, HasSubstr("Medium Ltd"));
}

TEST_F(Commands, OuiUpdateRefusesABadFileAndKeepsTheOldOne) {
  write("kept.csv", "old");
  write("bad.csv", read("oui.csv") + "MA-L,xyz,Bad,\n");
  EXPECT_EQ(run({"oui", "update", "--output", at("kept.csv"), at("bad.csv")}), kTrouble);
  EXPECT_THAT(err_, HasSubstr("bad.csv:5:1: \"xyz\" is no assignment of MA-L"));
  EXPECT_EQ(read("kept.csv"), "old");
}

TEST_F(Commands, OuiUpdateWarnsOfWhatIsMissing) {
  write("mam.csv",
        "Registry,Assignment,Organization Name,Organization Address\nMA-M,08ED02A,Medium Ltd,\n");
  EXPECT_EQ(run({"oui", "update", "--output", at("kept.csv"), at("mam.csv")}), kClean);
  EXPECT_THAT(err_, HasSubstr("no MA-L blocks"));
}

TEST_F(Commands, OuiKnowsItsOnlyWord) {
  EXPECT_EQ(run({"oui", "updaet", at("oui.csv")}), kTrouble);
  EXPECT_THAT(err_, HasSubstr("did you mean \"update\"?"));
  EXPECT_EQ(run({"oui", "update"}), kTrouble);
  EXPECT_THAT(err_, HasSubstr("name the CSV files"));
}

// A report differs by law pack without anything being heard again.
TEST_F(Commands, DevicesMayBeJudgedByAnotherPack) {
  record_a_camera();
  const std::vector<std::string> devices{
      "devices", "-c", at("site.yml"), "--database", at("camwarden.db"), "--format", "json"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), devices.begin(), devices.end());
    return more;
  };
  EXPECT_EQ(run(devices), kClean);
  EXPECT_THAT(out_, HasSubstr("\"violation\":false,\"registrant\":\"Somebody Ltd\""));
  EXPECT_THAT(out_, Not(HasSubstr("au-2023")));
  EXPECT_EQ(run(with({"--deny", "au-2023"})), kViolation);
  EXPECT_THAT(out_, HasSubstr("\"violation\":true"));
  EXPECT_THAT(out_, HasSubstr("\"au-2023\""));
  EXPECT_EQ(run(with({"--deny", "nz-2023"})), kTrouble);
  EXPECT_THAT(err_, HasSubstr("means no maker and so denies nothing"));
  EXPECT_EQ(run(with({"--deny", "au-2032"})), kTrouble);
  EXPECT_THAT(err_, HasSubstr("did you mean \"au-2023\"?"));
}

}  // namespace
}  // namespace camwarden
