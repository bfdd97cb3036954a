#pragma once
// Evaluation: labelled rows held against what Camwarden makes of each by itself. A row is right
// when maker or brand is named as its label means it and neither is named otherwise; wrong when
// either is; silent when neither is named. Maker, brand and model are counted apart besides.
//
// Thread: main.

#include <map>
#include <string>
#include <vector>

#include "app/evaluation/labels.h"
#include "app/evaluation/rows.h"
#include "base/json.h"
#include "observation/field.h"

namespace camwarden {

struct Tally {
  std::size_t rows = 0, named = 0, right = 0, wrong = 0, silent = 0;
};

struct RowVerdict {
  const LabelledRow* row;
  bool read = false;  // some reader or fingerprint takes such a row
  Device device;
  Judgement whole = Judgement::unjudged, maker = Judgement::unjudged, brand = Judgement::unjudged,
            model = Judgement::unjudged;
};

struct Evaluation {
  Tally all;
  std::size_t unread = 0, video = 0;
  std::map<std::string, Tally> by_maker, by_field, by_grade;  // by_maker: by the row's label
  std::map<std::string, Tally> aspects;                       // "maker", "brand", "model"
  std::vector<RowVerdict> wrong, silent;
};

// Rows of other equipment: none may be a video device.
struct Negatives {
  std::size_t rows = 0, unread = 0;
  std::vector<RowVerdict> called;
};

Evaluation evaluate(const std::vector<LabelledRow>& rows, const KnowledgeBase& knowledge,
                    const Vocabulary& vocabulary);
Negatives count_negatives(const std::vector<LabelledRow>& rows, const KnowledgeBase& knowledge,
                          const Vocabulary& vocabulary);

std::string to_text(const Evaluation& evaluation);
std::string to_text(const Negatives& negatives);
json::object to_json(const Evaluation& evaluation);
json::object to_json(const Negatives& negatives);

}  // namespace camwarden
