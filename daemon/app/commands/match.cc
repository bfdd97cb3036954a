#include <iostream>

#include "app/explain.h"
#include "app/setup.h"
#include "app/terminal.h"

namespace camwarden {
namespace {

class MatchValues : public Command {
 public:
  MatchValues() : Command("match", "Explain what the fingerprints say of a value, and why") {}

  std::vector<Option> options() override {
    return {config_option(config_, "the installed fingerprints"),
            {.names = "--format",
             .target = &format_,
             .help = "table: for people; json: an object a value, with the verdict on it alone",
             .type = "FORMAT",
             .one_of = {"table", "json"}},
            {.names = "term",
             .target = &terms_,
             .help = "For example rtsp.realm='IP Camera(C2345)' or mac=44:19:b6:0a:0b:0c; - reads "
                     "one a line",
             .type = "FIELD=VALUE",
             .required = true}};
  }

  int run(const Vocabulary& vocabulary) override {
    const auto setup = setup_or_complain(config_, {}, vocabulary);
    const auto registrants = setup ? registrants_of(setup->config) : std::nullopt;
    if (!registrants) return kTrouble;
    const auto tell = format_ == "json" ? explain_json : explain;
    std::string out;
    for (const auto& term : terms()) {
      const auto explained = tell(term, *setup, *registrants, vocabulary);
      if (!explained) {
        complain(explained.error());
        return kTrouble;
      }
      out += explained.value();
    }
    return finish(out, kClean);
  }

 private:
  // Where one is "-", a term a line from the standard input.
  std::vector<std::string> terms() const {
    std::vector<std::string> terms;
    for (const auto& term : terms_) {
      if (term != "-") terms.push_back(term);
      if (term == "-") {
        for (std::string line; std::getline(std::cin, line);) terms.push_back(line);
      }
    }
    return terms;
  }

  std::string config_, format_ = "table";
  std::vector<std::string> terms_;
};

}  // namespace

std::unique_ptr<Command> make_match() { return std::make_unique<MatchValues>(); }

}  // namespace camwarden
