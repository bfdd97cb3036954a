// What `camwarden match` says, of the shipped fingerprints.
#include "app/explain.h"

#include <gmock/gmock.h>

#include "protocols/protocol.h"

namespace camwarden {
namespace {

using testing::HasSubstr;

class ExplainTest : public testing::Test {
 protected:
  void SetUp() override {
    Diagnostics diagnostics;
    setup_ = load_setup("", {}, words_, diagnostics);
    ASSERT_NE(setup_, nullptr) << diagnostics.to_string();
  }
  std::string explained(std::string_view term) {
    const auto text = explain(term, *setup_, {}, words_);
    return text ? text.value() : text.error();
  }

  const Vocabulary words_ = vocabulary();
  std::shared_ptr<const camwarden::Setup> setup_;
};

TEST_F(ExplainTest, SaysWhatCarriesTheVerdictAndWhatWouldRaiseIt) {
  const auto text = explained("http.server=App-webs/");
  EXPECT_THAT(text, HasSubstr("  alone: a video device made by Hikvision, probable by: "));
  EXPECT_THAT(text, HasSubstr("    it would be proven by its serial number in an answer of "));
  EXPECT_THAT(text, HasSubstr("that names Hikvision, besides http\n"));
}

TEST_F(ExplainTest, SaysNothingIsKnownOfAHost) {
  EXPECT_THAT(explained("http.server=nginx/1.22.1"), Not(HasSubstr("alone:")));
}

TEST_F(ExplainTest, GivesTheSameToPrograms) {
  const auto line = explain_json("http.server=App-webs/", *setup_, {}, words_);
  ASSERT_TRUE(line);
  EXPECT_THAT(line.value(), HasSubstr("\"to_raise\":\"would be proven by its serial number"));
}

TEST_F(ExplainTest, RefusesAFieldThatNobodyEmits) {
  EXPECT_THAT(explained("http.sever=x"), HasSubstr("did you mean \"http.server\"?"));
}

}  // namespace
}  // namespace camwarden
