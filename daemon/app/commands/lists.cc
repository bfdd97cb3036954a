// The law packs: which there are, one whole, and those that mean a maker.
#include <fmt/format.h>

#include <algorithm>

#include "app/setup.h"
#include "app/terminal.h"
#include "base/text.h"
#include "report/pack_listing.h"

namespace camwarden {
namespace {

// A brand is judged by who made the device, so it has no law of its own.
std::string not_a_maker(const std::string& name, const KnowledgeBase& knowledge) {
  if (const auto* brand = knowledge.brand(name)) {
    if (brand->makers.empty())
      return fmt::format("--maker: \"{}\" is a label, and who makes it is not known",
                         printable(brand->name));
    return fmt::format("--maker: \"{}\" is a label, made by {}; ask for the maker",
                       printable(brand->name),
                       printable(fmt::format("{}", fmt::join(brand->makers, " or "))));
  }
  std::vector<std::string_view> known;
  for (const auto& maker : knowledge.makers()) {
    known.push_back(maker.name);
    known.insert(known.end(), maker.aliases.begin(), maker.aliases.end());
  }
  const auto guess = nearest(name, known);
  return fmt::format("--maker: no maker is known as \"{}\"{}", printable(name),
                     guess.empty() ? "" : fmt::format("; did you mean \"{}\"?", guess));
}

class Lists : public Command {
 public:
  Lists()
      : Command(
            "lists",
            "List the law packs, show one whole with whom it means, or those that mean a maker") {}

  std::vector<Option> options() override {
    return {config_option(config_, std::string(kDefaultConfig) + " if it is there"),
            format_option(format_),
            {.names = "--maker",
             .target = &maker_,
             .help = "The entries that mean this maker, of all packs or of those named",
             .type = "NAME"},
            {.names = "pack", .target = &wanted_, .help = "Show these, whole", .type = "PACK"}};
  }

  int run(const Vocabulary& vocabulary) override {
    const auto setup = setup_for_reading(config_, "", vocabulary);
    if (!setup || !packs_known(*setup, wanted_, "lists")) return kTrouble;
    if (!maker_.empty()) return tell_of_maker(*setup);
    const auto& counting = setup->config.policy.law_packs;
    const auto show = wanted_.empty() ? list_packs : show_packs;
    return finish(
        show(chosen(*setup), counting, *setup->knowledge, list_format(format_), terminal_style()),
        kClean);
  }

 private:
  // In the order asked for.
  std::vector<LawPack> chosen(const Setup& setup) const {
    if (wanted_.empty()) return setup.law_packs;
    std::vector<LawPack> packs;
    for (const auto& id : wanted_) {
      packs.push_back(*std::find_if(setup.law_packs.begin(), setup.law_packs.end(),
                                    [&](const LawPack& pack) { return pack.id == id; }));
    }
    return packs;
  }

  int tell_of_maker(const Setup& setup) const {
    const auto* maker = setup.knowledge->maker(maker_);
    if (maker == nullptr) {
      complain(not_a_maker(maker_, *setup.knowledge));
      return kTrouble;
    }
    PolicyOptions all;
    all.law_packs.clear();
    const Policy policy(all, setup.law_packs, *setup.knowledge, {});
    return finish(
        list_laws(policy.laws_for(maker->name, wanted_), list_format(format_), terminal_style()),
        kClean);
  }

  std::string config_, format_ = "table", maker_;
  std::vector<std::string> wanted_;
};

}  // namespace

std::unique_ptr<Command> make_lists() { return std::make_unique<Lists>(); }

}  // namespace camwarden
