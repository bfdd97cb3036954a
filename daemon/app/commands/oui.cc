// The IEEE's registry of address blocks, kept up to date without the network: files in, one file
// out.
#include <fmt/format.h>

#include "app/setup.h"
#include "app/terminal.h"
#include "base/replace_file.h"
#include "base/text.h"
#include "fingerprint/registrants.h"

namespace camwarden {
namespace {

class OuiRegistry : public Command {
 public:
  OuiRegistry()
      : Command("oui", "Take a newer registry of MAC address blocks from the IEEE's CSV files") {}

  std::vector<Option> options() override {
    return {{.names = "--output", .target = &output_, .help = "Where to keep it", .type = "FILE"},
            {.names = "words",
             .target = &words_,
             .help = "update, then the files: oui.csv (MA-L), mam.csv (MA-M), oui36.csv (MA-S)",
             .type = "update FILE...",
             .required = true}};
  }

  int run(const Vocabulary&) override {
    if (words_[0] != "update") {
      complain(fmt::format("oui: there is no \"{}\"; {}", printable(words_[0]),
                           suggestion(words_[0], {"update"})));
      return kTrouble;
    }
    const std::vector<std::string> files(words_.begin() + 1, words_.end());
    if (files.empty()) {
      complain("oui update: name the CSV files, for example /usr/share/ieee-data/oui.csv");
      return kTrouble;
    }
    return update(files);
  }

 private:
  int update(const std::vector<std::string>& files) const {
    Diagnostics diagnostics;
    const auto registrants = Registrants::load(files, diagnostics);
    if (!registrants) {
      complain(diagnostics.to_string());
      return kTrouble;
    }
    warn_of_gaps(*registrants);
    if (auto status = replace_file(output_, registrants->to_csv()); !status) {
      complain(status.error());
      return kTrouble;
    }
    return finish(fmt::format("{}: {} registrations ({} MA-L, {} MA-M, {} MA-S)\n", output_,
                              registrants->size(), registrants->count(24), registrants->count(28),
                              registrants->count(36)),
                  kClean);
  }

  // What replaces the old registry replaces all of it.
  static void warn_of_gaps(const Registrants& registrants) {
    if (registrants.count(24) == 0)
      complain("warning: no MA-L blocks (oui.csv): most addresses will have no registrant");
    if (registrants.count(28) == 0) complain("warning: no MA-M blocks (mam.csv)");
    if (registrants.count(36) == 0) complain("warning: no MA-S blocks (oui36.csv)");
  }

  std::string output_ = kUpdatedRegistry;
  std::vector<std::string> words_;
};

}  // namespace

std::unique_ptr<Command> make_oui() { return std::make_unique<OuiRegistry>(); }

}  // namespace camwarden
