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

Judgement whole(const RowVerdict& verdict) {
  const auto& device = verdict.device;
  if (verdict.maker == Judgement::unjudged) return Judgement::unjudged;
  if (device.maker.empty() && device.brand.empty()) return Judgement::silent;
  const bool wrong = verdict.maker == Judgement::wrong || verdict.brand == Judgement::wrong;
  return wrong ? Judgement::wrong : Judgement::right;
}

void add(Tally& tally, Judgement verdict) {
  ++tally.rows;
  tally.named += verdict == Judgement::right || verdict == Judgement::wrong ? 1 : 0;
  tally.right += verdict == Judgement::right ? 1 : 0;
  tally.wrong += verdict == Judgement::wrong ? 1 : 0;
  tally.silent += verdict == Judgement::silent ? 1 : 0;
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
    if (one != Judgement::unjudged) add(evaluation.aspects[name], one);
  }
  if (verdict.whole == Judgement::wrong) evaluation.wrong.push_back(verdict);
  if (verdict.whole == Judgement::silent) evaluation.silent.push_back(std::move(verdict));
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
