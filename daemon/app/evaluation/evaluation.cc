#include "app/evaluation/evaluation.h"

#include "app/evaluation/listener.h"
#include "base/text.h"

namespace camwarden {
namespace {

// A row whose field has a message is put on a wire; one that is a field of ours is known as it is.
RowVerdict heard(const LabelledRow& row, const Listener& listener, const Vocabulary& vocabulary) {
  RowVerdict verdict{.row = &row, .device = {}};
  if (const auto message = utterance_of(row.field, row.value)) {
    verdict.read = true;
    if (auto device = listener.hear(*message)) verdict.device = std::move(*device);
  } else if (const auto* field = vocabulary.find(our_field(row.field))) {
    verdict.read = true;
    verdict.device = listener.know(*field, row.value);
  }
  return verdict;
}

Verdict whole(const RowVerdict& verdict) {
  const auto& device = verdict.device;
  if (verdict.maker == Verdict::unjudged) return Verdict::unjudged;
  if (device.maker.empty() && device.brand.empty()) return Verdict::silent;
  const bool wrong = verdict.maker == Verdict::wrong || verdict.brand == Verdict::wrong;
  return wrong ? Verdict::wrong : Verdict::right;
}

void add(Tally& tally, Verdict verdict) {
  ++tally.rows;
  tally.named += verdict == Verdict::right || verdict == Verdict::wrong ? 1 : 0;
  tally.right += verdict == Verdict::right ? 1 : 0;
  tally.wrong += verdict == Verdict::wrong ? 1 : 0;
  tally.silent += verdict == Verdict::silent ? 1 : 0;
}

void count(RowVerdict verdict, Evaluation& evaluation) {
  const auto& row = *verdict.row;
  evaluation.unread += verdict.read ? 0 : 1;
  evaluation.video += is_video(verdict.device.kind) ? 1 : 0;
  add(evaluation.all, verdict.whole);
  add(evaluation.by_maker[row.label], verdict.whole);
  add(evaluation.by_field[row.field], verdict.whole);
  add(evaluation.by_grade[std::string(to_string(verdict.device.grade))], verdict.whole);
  for (const auto& [name, one] :
       {std::pair("maker", verdict.maker), {"brand", verdict.brand}, {"model", verdict.model}}) {
    if (one != Verdict::unjudged) add(evaluation.aspects[name], one);
  }
  if (verdict.whole == Verdict::wrong) evaluation.wrong.push_back(verdict);
  if (verdict.whole == Verdict::silent) evaluation.silent.push_back(std::move(verdict));
}

}  // namespace

Evaluation evaluate(const std::vector<LabelledRow>& rows, const KnowledgeBase& knowledge,
                    const Vocabulary& vocabulary) {
  const Listener listener(knowledge);
  const Labels labels(knowledge);
  Evaluation evaluation;
  for (const auto& row : rows) {
    auto verdict = heard(row, listener, vocabulary);
    verdict.maker = labels.maker(row.label, verdict.device);
    verdict.brand = labels.brand(row.label, verdict.device);
    verdict.model = Labels::model(row.product, verdict.device);
    verdict.whole = whole(verdict);
    count(std::move(verdict), evaluation);
  }
  return evaluation;
}

Negatives count_negatives(const std::vector<LabelledRow>& rows, const KnowledgeBase& knowledge,
                          const Vocabulary& vocabulary) {
  const Listener listener(knowledge);
  Negatives negatives;
  for (const auto& row : rows) {
    auto verdict = heard(row, listener, vocabulary);
    ++(verdict.read ? negatives.rows : negatives.unread);
    if (is_video(verdict.device.kind)) negatives.called.push_back(std::move(verdict));
  }
  return negatives;
}

}  // namespace camwarden
