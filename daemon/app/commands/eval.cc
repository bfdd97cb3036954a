#include "app/evaluation/evaluation.h"
#include "app/setup.h"
#include "app/terminal.h"

namespace camwarden {
namespace {

// Its exit status: 0 nothing wrong, 1 a row named wrong or other equipment called a camera, 2 it
// could not be done.
class Eval : public Command {
 public:
  Eval() : Command("eval", "Judge the fingerprints by labelled observations in a file") {}

  std::vector<Option> options() override {
    return {config_option(config_, "the installed fingerprints"),
            {.names = "--negatives",
             .target = &negatives_,
             .help = "And by rows of other equipment, of which none may be called a camera",
             .type = "FILE"},
            {.names = "--format",
             .target = &format_,
             .help = "table: for people; json: one object",
             .type = "FORMAT",
             .one_of = {"table", "json"}},
            {.names = "rows",
             .target = &files_,
             .help = "Tab-separated, with a header line: field enc value maker_or_label product "
                     "class; enc is plain or b64",
             .type = "TSV"}};
  }

  int run(const Vocabulary& vocabulary) override {
    if (files_.empty() && negatives_.empty()) {
      complain("eval: a file of labelled rows is missing, or --negatives");
      return kTrouble;
    }
    Diagnostics errors;
    std::vector<LabelledRow> rows, others;
    for (const auto& file : files_) append(rows, read_rows(file, errors));
    if (!negatives_.empty()) others = read_rows(negatives_, errors);
    if (!errors.ok()) complain(errors.to_string());
    const auto setup = errors.ok() ? setup_or_complain(config_, {}, vocabulary) : nullptr;
    if (!setup) return kTrouble;
    const auto& knowledge = *setup->knowledge;
    return told(evaluate(rows, knowledge, vocabulary),
                count_negatives(others, knowledge, vocabulary));
  }

 private:
  static void append(std::vector<LabelledRow>& rows, std::vector<LabelledRow> more) {
    rows.insert(rows.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
  }

  int told(const Evaluation& evaluation, const Negatives& negatives) const {
    const bool wrong = !evaluation.wrong.empty() || !negatives.called.empty();
    return finish(
        format_ == "json" ? as_json(evaluation, negatives) : as_text(evaluation, negatives),
        wrong ? kViolation : kClean);
  }
  std::string as_json(const Evaluation& evaluation, const Negatives& negatives) const {
    json::object out{{"object", "evaluation"}};
    if (!files_.empty()) out["cameras"] = to_json(evaluation);
    if (!negatives_.empty()) out["negatives"] = to_json(negatives);
    return to_string(json::value(out)) + "\n";
  }
  std::string as_text(const Evaluation& evaluation, const Negatives& negatives) const {
    return (files_.empty() ? "" : to_text(evaluation)) +
           (negatives_.empty() ? "" : to_text(negatives));
  }

  std::string config_, negatives_, format_ = "table";
  std::vector<std::string> files_;
};

}  // namespace

std::unique_ptr<Command> make_eval() { return std::make_unique<Eval>(); }

}  // namespace camwarden
