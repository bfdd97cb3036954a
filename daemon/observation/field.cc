#include "observation/field.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace camwarden {

std::string_view to_string(FieldKind kind) {
  switch (kind) {
    case FieldKind::text: return "text";
    case FieldKind::mac: return "mac";
    case FieldKind::ip: return "ip";
    case FieldKind::uuid: return "uuid";
    case FieldKind::number: return "number";
  }
  return "";
}

std::string_view to_string(FieldRole role) {
  switch (role) {
    case FieldRole::attribute: return "attribute";
    case FieldRole::identifier: return "identifier";
    case FieldRole::locator: return "locator";
  }
  return "";
}

Vocabulary::Vocabulary(std::vector<const Field*> fields) : fields_(std::move(fields)) {
  std::sort(fields_.begin(), fields_.end(),
            [](const Field* a, const Field* b) { return a->name < b->name; });
  for (std::size_t i = 1; i < fields_.size(); ++i) CHECK(fields_[i - 1]->name != fields_[i]->name);
}

const Field* Vocabulary::find(std::string_view name) const {
  const auto at = std::lower_bound(fields_.begin(), fields_.end(), name,
                                   [](const Field* f, std::string_view n) { return f->name < n; });
  return at != fields_.end() && (*at)->name == name ? *at : nullptr;
}

std::string_view Vocabulary::nearest(std::string_view name) const {
  std::vector<std::string_view> names;
  for (const Field* field : fields_) names.push_back(field->name);
  return camwarden::nearest(name, names);
}

}  // namespace camwarden
