#pragma once
// Rows: labelled observations, a tab-separated file with a header line that names its columns:
// `field`, `enc` (plain or b64) and `value`, and as far as they are known `maker_or_label`,
// `product` and `class`; others are for whoever reads the file. The label is what the source says:
// the name on the box as often as the maker.
//
// Thread: main.

#include <string>
#include <vector>

#include "base/diagnostics.h"

namespace camwarden {

struct LabelledRow {
  std::size_t line = 0;  // from 1
  std::string field, value, label, product, kind;
};

// What is well-formed, after reporting what is not.
std::vector<LabelledRow> read_rows(const std::string& path, Diagnostics& diagnostics);

}  // namespace camwarden
