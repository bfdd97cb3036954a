#include "fingerprint/registrants.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <iterator>
#include <system_error>
#include <unordered_map>

#include "base/csv.h"
#include "base/text.h"

namespace camwarden {
namespace {

constexpr std::size_t kUsualRows = 1 << 16;
constexpr std::size_t kMaxName = 256;
constexpr std::size_t kMaxErrors = 20;  // of one file; the next are likely the same
constexpr std::array<std::string_view, 4> kHead{"Registry", "Assignment", "Organization Name",
                                                "Organization Address"};

// Public listings of the IEEE Registration Authority: MA-L, MA-M and MA-S, and the IAB, which is
// closed and was of MA-S's length. (Its CID is for addresses that are local, which nobody
// registers.)
struct Registry {
  std::string_view name;
  int bits;
};
constexpr std::array<Registry, 4> kRegistries{
    {{"MA-L", 24}, {"MA-M", 28}, {"MA-S", 36}, {"IAB", 36}}};

int bits_of(std::string_view registry) {
  const auto at = std::find_if(kRegistries.begin(), kRegistries.end(),
                               [&](const Registry& known) { return known.name == registry; });
  return at == kRegistries.end() ? 0 : at->bits;
}

std::string_view registry_of(int bits) {
  return std::find_if(kRegistries.begin(), kRegistries.end(),
                      [&](const Registry& known) { return known.bits == bits; })
      ->name;
}

bool one_line(std::string_view text) {
  return valid_utf8(text) && std::none_of(text.begin(), text.end(),
                                          [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

std::optional<std::string> read_text(const std::string& path, Diagnostics& diagnostics) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  if (file.seekg(0, std::ios::end)) {
    const auto size = static_cast<std::uint64_t>(file.tellg());
    if (size > Registrants::kMaxFileBytes) {
      diagnostics.error({path},
                        fmt::format("is larger than {} MiB", Registrants::kMaxFileBytes >> 20));
      return std::nullopt;
    }
    text.resize(size);
    file.seekg(0).read(text.data(), static_cast<std::streamsize>(size));
  }
  if (file) return text;
  diagnostics.error({path}, "cannot be read; is it a file, with permission to read it?");
  return std::nullopt;
}

// Finds a std::string by a view of it.
struct NameHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const {
    return std::hash<std::string_view>()(name);
  }
};

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"") == text.npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace

// Gathers the rows of all files.
class Registrants::Builder {
 public:
  explicit Builder(Diagnostics& diagnostics) : diagnostics_(diagnostics) {
    entries_.reserve(kUsualRows);
    offsets_.reserve(kUsualRows);
  }

  void add(std::string_view text, const std::string& file) {
    CsvReader rows(text);
    place_ = {file, 1, 1};
    errors_ = 0;
    if (!read_head(rows)) return;
    while (errors_ < kMaxErrors && rows.next()) {
      place_.line = rows.line();
      read_row(rows.cells());
    }
    place_.line = rows.line();
    if (!rows.error().empty()) error(std::string(rows.error()));
  }

  Registrants build() {
    const auto by_prefix = [](const auto& a, const auto& b) { return a.first < b.first; };
    const auto same_prefix = [](const auto& a, const auto& b) { return a.first == b.first; };
    std::stable_sort(entries_.begin(), entries_.end(), by_prefix);
    entries_.erase(std::unique(entries_.begin(), entries_.end(), same_prefix), entries_.end());
    entries_.shrink_to_fit();
    names_.shrink_to_fit();
    Registrants registrants;
    registrants.table_ = OuiTable(std::move(entries_));
    registrants.names_ = std::move(names_);
    return registrants;
  }

 private:
  void error(std::string what) {
    diagnostics_.error(place_, std::move(what));
    ++errors_;
  }

  bool read_head(CsvReader& rows) {
    const bool read = rows.next();
    place_.line = rows.line();
    if (read && std::equal(kHead.begin(), kHead.end(), rows.cells().begin(), rows.cells().end()))
      return true;
    error(fmt::format("is not the IEEE's CSV; its first line must be {}", fmt::join(kHead, ",")));
    return false;
  }

  void read_row(const std::vector<std::string>& cells) {
    if (cells.size() != kHead.size()) {
      error(fmt::format("has {} cells; expected {}", cells.size(), fmt::join(kHead, ",")));
      return;
    }
    const int bits = bits_of(cells[0]);
    const auto oui = Oui::parse(cells[1]);
    const auto name = trim(cells[2]);
    if (bits == 0) {
      error(fmt::format("unknown registry \"{}\"; expected MA-L, MA-M, MA-S or IAB",
                        printable(cells[0])));
    } else if (!oui || oui->bits != bits) {
      error(fmt::format("\"{}\" is no assignment of {}; expected {} hexadecimal digits",
                        printable(cells[1]), cells[0], bits / 4));
    } else if (name.size() > kMaxName || !one_line(name)) {
      error(
          fmt::format("the organization's name is no line of at most {} bytes of UTF-8", kMaxName));
    } else if (entries_.size() == kMaxRows) {
      error(fmt::format("more than {} registrations", kMaxRows));
      errors_ = kMaxErrors;
    } else {
      entries_.emplace_back(*oui, offset_of(name));
    }
  }

  // Some organizations have a thousand prefixes; their name is kept once.
  std::size_t offset_of(std::string_view name) {
    if (const auto known = offsets_.find(name); known != offsets_.end()) return known->second;
    const auto offset = names_.size();
    offsets_.emplace(name, offset);
    names_.append(name) += '\n';
    return offset;
  }

  Diagnostics& diagnostics_;
  Place place_;
  std::size_t errors_ = 0;
  std::vector<std::pair<Oui, std::size_t>> entries_;
  std::string names_;
  std::unordered_map<std::string, std::size_t, NameHash, std::equal_to<>> offsets_;
};

std::optional<Registrants> Registrants::load(const std::vector<std::string>& paths,
                                             Diagnostics& diagnostics) {
  const auto errors_before = diagnostics.errors().size();
  Builder builder(diagnostics);
  for (const auto& path : paths) {
    if (const auto text = read_text(path, diagnostics)) builder.add(*text, path);
  }
  if (diagnostics.errors().size() > errors_before) return std::nullopt;
  return builder.build();
}

std::optional<Registrants> Registrants::read(std::string_view text, const std::string& name,
                                             Diagnostics& diagnostics) {
  const auto errors_before = diagnostics.errors().size();
  Builder builder(diagnostics);
  builder.add(text, name);
  if (diagnostics.errors().size() > errors_before) return std::nullopt;
  return builder.build();
}

std::string_view Registrants::name_at(std::size_t offset) const {
  const auto rest = std::string_view(names_).substr(offset);
  return rest.substr(0, rest.find('\n'));
}

std::string_view Registrants::of(const MacAddress& mac) const {
  const auto offset = table_.find(mac);
  return offset ? name_at(*offset) : std::string_view();
}

std::size_t Registrants::bytes() const {
  return names_.capacity() + table_.size() * sizeof(std::pair<Oui, std::size_t>);
}

std::string Registrants::to_csv() const {
  auto out = fmt::format("{}\n", fmt::join(kHead, ","));
  for (const auto& [oui, offset] : table_.entries()) {
    out += fmt::format("{},{:0{}X},{},\n", registry_of(oui.bits), oui.value, oui.bits / 4,
                       csv_cell(name_at(offset)));
  }
  return out;
}

std::size_t Registrants::count(int bits) const {
  const auto& entries = table_.entries();
  return static_cast<std::size_t>(std::count_if(
      entries.begin(), entries.end(), [&](const auto& entry) { return entry.first.bits == bits; }));
}

std::vector<std::string> installed_registries() {
  std::vector<std::string> paths;
  for (const auto* name : {"oui", "mam", "oui36", "iab"}) {
    auto path = fmt::format("/usr/share/ieee-data/{}.csv", name);
    if (access(path.c_str(), R_OK) == 0) paths.push_back(std::move(path));
  }
  return paths;
}

}  // namespace camwarden
