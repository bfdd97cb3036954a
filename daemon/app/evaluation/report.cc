// An evaluation in words and as JSON: evaluation.h.
#include <fmt/format.h>

#include <set>

#include "app/evaluation/evaluation.h"
#include "base/text.h"

namespace camwarden {
namespace {

constexpr std::size_t kMaxShown = 72;  // of a value

std::string percent(std::size_t part, std::size_t of) {
  return of == 0
             ? "-"
             : fmt::format("{:.1f} %", 100.0 * static_cast<double>(part) / static_cast<double>(of));
}

std::string line_of(std::string_view name, const Tally& tally) {
  return fmt::format("  {:<34.34} {:>6} {:>6} {:>6} {:>6} {:>6}  {:>7}\n", printable(name),
                     tally.rows, tally.named, tally.right, tally.wrong, tally.silent,
                     percent(tally.right, tally.rows));
}

std::string table(std::string_view title, const std::map<std::string, Tally>& tallies) {
  auto out = fmt::format("\n{:<36} {:>6} {:>6} {:>6} {:>6} {:>6}  {:>7}\n", title, "rows", "named",
                         "right", "wrong", "silent", "right");
  for (const auto& [name, tally] : tallies) out += line_of(name.empty() ? "(none)" : name, tally);
  return out;
}

std::string said(const Device& device) {
  std::set<std::string> by;
  for (const auto& item : device.evidence) {
    if (!item.fingerprint.empty()) by.insert(item.fingerprint);
  }
  const auto brand = device.brand.empty() ? "" : ", sold as " + device.brand;
  return fmt::format("{} of {}{} ({}) by {}", to_string(device.kind),
                     device.maker.empty() ? "nobody" : device.maker, brand, to_string(device.grade),
                     by.empty() ? "nothing" : fmt::format("{}", fmt::join(by, ", ")));
}

std::string name_of(const LabelledRow& row) {
  return fmt::format("line {}, {} ({}{}{})", row.line, row.field,
                     row.label.empty() ? "no label" : printable(row.label),
                     row.product.empty() ? "" : " ", printable(row.product));
}

json::object to_json(const Tally& tally) {
  return {{"rows", tally.rows},
          {"named", tally.named},
          {"right", tally.right},
          {"wrong", tally.wrong},
          {"silent", tally.silent}};
}

json::object to_json(const std::map<std::string, Tally>& tallies) {
  json::object out;
  for (const auto& [name, tally] : tallies) out[json_text(name)] = to_json(tally);
  return out;
}

json::object to_json(const RowVerdict& verdict) {
  const auto& [row, read, device, whole, maker, brand, model] = verdict;
  return {{"line", row->line},
          {"field", json_text(row->field)},
          {"label", json_text(row->label)},
          {"product", json_text(row->product)},
          {"read", read},
          {"verdict", to_string(whole)},
          {"maker_verdict", to_string(maker)},
          {"brand_verdict", to_string(brand)},
          {"model_verdict", to_string(model)},
          {"kind", to_string(device.kind)},
          {"maker", json_text(device.maker)},
          {"brand", json_text(device.brand)},
          {"model", json_text(device.model)},
          {"grade", to_string(device.grade)},
          {"said", json_text(said(device))}};
}

json::array to_json(const std::vector<RowVerdict>& verdicts) {
  json::array out;
  for (const auto& verdict : verdicts) out.push_back(to_json(verdict));
  return out;
}

}  // namespace

std::string to_text(const Evaluation& evaluation) {
  const auto& all = evaluation.all;
  auto out = fmt::format(
      "{} rows: {} named, {} right ({}), {} wrong, {} silent; {} video devices; {} that nothing "
      "reads\n",
      all.rows, all.named, all.right, percent(all.right, all.rows), all.wrong, all.silent,
      evaluation.video, evaluation.unread);
  out += table("judged apart", evaluation.aspects) + table("by maker", evaluation.by_maker) +
         table("by field", evaluation.by_field) + table("by grade", evaluation.by_grade);
  if (!evaluation.wrong.empty()) out += "\nwrong\n";
  for (const auto& one : evaluation.wrong) {
    out += fmt::format("  {}: {}\n", name_of(*one.row), printable(said(one.device)));
  }
  if (!evaluation.silent.empty()) out += "\nsilent\n";
  for (const auto& one : evaluation.silent) {
    out += fmt::format("  {}: {}\"{}\"\n", name_of(*one.row), one.read ? "" : "nothing reads it: ",
                       printable(to_utf8(one.row->value, kMaxShown)));
  }
  return out;
}

std::string to_text(const Negatives& negatives) {
  auto out =
      fmt::format("\n{} rows of other equipment: {} called a video device; {} that nothing reads\n",
                  negatives.rows + negatives.unread, negatives.called.size(), negatives.unread);
  for (const auto& one : negatives.called) {
    out += fmt::format("  {}: {}\n", name_of(*one.row), printable(said(one.device)));
  }
  return out;
}

json::object to_json(const Evaluation& evaluation) {
  return {{"total", to_json(evaluation.all)},
          {"video", evaluation.video},
          {"unread", evaluation.unread},
          {"aspects", to_json(evaluation.aspects)},
          {"by_maker", to_json(evaluation.by_maker)},
          {"by_field", to_json(evaluation.by_field)},
          {"by_grade", to_json(evaluation.by_grade)},
          {"wrong", to_json(evaluation.wrong)},
          {"silent", to_json(evaluation.silent)}};
}

json::object to_json(const Negatives& negatives) {
  return {{"rows", negatives.rows + negatives.unread},
          {"unread", negatives.unread},
          {"called", to_json(negatives.called)}};
}

}  // namespace camwarden
