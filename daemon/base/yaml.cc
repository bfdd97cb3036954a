#include "base/yaml.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>

#include "base/text.h"

namespace camwarden {
namespace {

constexpr std::size_t kMaxFileBytes = 4 << 20;

std::string join(const std::vector<std::string_view>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string unknown(std::string_view what, std::string_view word,
                    const std::vector<std::string_view>& known) {
  const auto guess = nearest(word, known);
  if (!guess.empty()) {
    return fmt::format("unknown {} \"{}\"; did you mean \"{}\"?", what, printable(word), guess);
  }
  return fmt::format("unknown {} \"{}\"; one of: {}", what, printable(word), join(known));
}

}  // namespace

struct YamlNode::Document {
  std::string name;
  Diagnostics* diagnostics;
  std::shared_ptr<const YamlTree> tree;
};

std::string Place::to_string() const {
  return line > 0 ? fmt::format("{}:{}:{}", file, line, column) : file;
}

void Diagnostics::error(const Place& where, std::string what) {
  errors_.push_back(where.to_string() + ": " + std::move(what));
}

void Diagnostics::append(const Diagnostics& others) {
  errors_.insert(errors_.end(), others.errors_.begin(), others.errors_.end());
}

std::string Diagnostics::to_string() const {
  std::string out;
  for (const auto& error : errors_) out += error + "\n";
  return out;
}

std::optional<YamlNode> YamlNode::load_file(const std::string& path, Diagnostics& diagnostics) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) {
    diagnostics.error({path}, fmt::format("cannot read: {}", std::strerror(errno)));
    return std::nullopt;
  }
  if (S_ISDIR(info.st_mode)) {
    diagnostics.error({path}, "is a directory; a YAML file is expected");
    return std::nullopt;
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    diagnostics.error({path}, fmt::format("cannot read: {}", std::strerror(errno)));
    return std::nullopt;
  }
  std::string text(kMaxFileBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return load_text(text, path, diagnostics);
}

std::optional<YamlNode> YamlNode::load_text(const std::string& text, const std::string& name,
                                            Diagnostics& diagnostics) {
  if (text.size() > kMaxFileBytes) {
    diagnostics.error({name}, "larger than 4 MiB");
    return std::nullopt;
  }
  auto tree = YamlTree::parse(text, name, diagnostics);
  if (!tree) return std::nullopt;
  const auto* root = tree->root;
  const Document document{name, &diagnostics, std::move(tree)};
  return YamlNode(std::make_shared<const Document>(document), root);
}

Place YamlNode::place() const {
  if (!node_) return {};
  return {document_->name, std::max(node_->line, 1), std::max(node_->column, 1)};
}

void YamlNode::error(std::string what) const { document_->diagnostics->error(place(), std::move(what)); }

bool YamlNode::is_null() const { return !node_ || is(Kind::null); }
bool YamlNode::is_map() const { return is(Kind::map); }
bool YamlNode::is_list() const { return is(Kind::list); }
bool YamlNode::is_scalar() const { return is(Kind::scalar); }

bool YamlNode::expect_keys(std::initializer_list<std::string_view> keys) const {
  return expect_keys(std::vector<std::string_view>(keys));
}

bool YamlNode::expect_keys(const std::vector<std::string_view>& keys) const {
  if (!is_map()) {
    error(fmt::format("expected a map with the keys: {}", join(keys)));
    return false;
  }
  std::map<std::string_view, int> seen;
  for (std::size_t i = 0; i + 1 < node_->children.size(); i += 2) {
    const auto key = at(node_->children[i]);
    if (!key.is_scalar()) {
      key.error("a key must be a plain word");
      continue;
    }
    const auto& word = key.node_->scalar;
    if (std::find(keys.begin(), keys.end(), word) == keys.end()) key.error(unknown("key", word, keys));
    if (++seen[word] == 2) key.error(fmt::format("\"{}\" is given twice", printable(word)));
  }
  return true;
}

std::optional<YamlNode> YamlNode::get(std::string_view key) const {
  if (!is_map()) return std::nullopt;
  for (std::size_t i = 0; i + 1 < node_->children.size(); i += 2) {
    const auto *word = node_->children[i], *value = node_->children[i + 1];
    if (word->kind == Kind::scalar && word->scalar == key && value->kind != Kind::null) return at(value);
  }
  return std::nullopt;
}

std::optional<YamlNode> YamlNode::require(std::string_view key) const {
  auto found = get(key);
  if (!found && is_map()) error(fmt::format("\"{}\" is missing", key));
  return found;
}

std::vector<std::pair<std::string, YamlNode>> YamlNode::entries() const {
  std::vector<std::pair<std::string, YamlNode>> out;
  if (!is_map()) {
    error("expected a map");
    return out;
  }
  for (std::size_t i = 0; i + 1 < node_->children.size(); i += 2) {
    out.emplace_back(node_->children[i]->scalar, at(node_->children[i + 1]));
  }
  return out;
}

std::vector<YamlNode> YamlNode::list() const {
  std::vector<YamlNode> out;
  if (!is_list()) {
    error("expected a list");
    return out;
  }
  for (const auto* item : node_->children) out.push_back(at(item));
  return out;
}

std::optional<std::string> YamlNode::text() const {
  if (is_scalar()) return node_->scalar;
  error("expected a text");
  return std::nullopt;
}

std::optional<bool> YamlNode::boolean() const {
  if (is_scalar() && node_->scalar == "true") return true;
  if (is_scalar() && node_->scalar == "false") return false;
  error("expected true or false");
  return std::nullopt;
}

std::optional<std::int64_t> YamlNode::integer(std::int64_t min, std::int64_t max) const {
  if (is_scalar()) {
    const auto& word = node_->scalar;
    std::int64_t value = 0;
    const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (code == std::errc() && end == word.data() + word.size() && value >= min && value <= max) return value;
  }
  error(fmt::format("expected a whole number from {} to {}", min, max));
  return std::nullopt;
}

std::optional<double> YamlNode::number(double min, double max) const {
  if (is_scalar()) {
    const auto& word = node_->scalar;
    double value = 0;
    const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (code == std::errc() && end == word.data() + word.size() && value >= min && value <= max) return value;
  }
  error(fmt::format("expected a number from {} to {}", min, max));
  return std::nullopt;
}

std::optional<Duration> YamlNode::duration() const {
  if (is_scalar()) {
    if (const auto value = parse_duration(node_->scalar)) return value;
  }
  error("expected a duration such as 500ms, 30s, 15m, 24h, 7d");
  return std::nullopt;
}

std::optional<std::uint64_t> YamlNode::size() const {
  if (is_scalar()) {
    std::string_view word = node_->scalar;
    std::uint64_t value = 0;
    const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), value);
    const std::string_view unit(end, word.data() + word.size() - end);
    const int shift = unit.empty() || unit == "B" ? 0 : unit == "KiB" ? 10 : unit == "MiB" ? 20 : unit == "GiB" ? 30 : -1;
    if (code == std::errc() && shift >= 0 && value <= UINT64_MAX >> 31) return value << shift;
  }
  error("expected a size such as 512, 16KiB, 64MiB, 1GiB");
  return std::nullopt;
}

std::optional<MacAddress> YamlNode::mac() const {
  if (is_scalar()) {
    if (const auto value = MacAddress::parse(node_->scalar)) return value;
  }
  error("expected a MAC address such as 44:19:b6:0a:0b:0c");
  return std::nullopt;
}

std::optional<Prefix> YamlNode::prefix() const {
  if (is_scalar()) {
    if (const auto value = Prefix::parse(node_->scalar)) return value;
  }
  error("expected a prefix such as 10.1.0.0/16 or 2001:db8::/32, with no bits set behind its length");
  return std::nullopt;
}

std::optional<std::string> YamlNode::choice(const std::vector<std::string_view>& choices) const {
  const auto word = text();
  if (!word) return std::nullopt;
  if (std::find(choices.begin(), choices.end(), *word) != choices.end()) return word;
  error(unknown("value", *word, choices));
  return std::nullopt;
}

std::vector<std::string> YamlNode::texts() const {
  std::vector<std::string> out;
  if (is_scalar()) {
    out.push_back(node_->scalar);
    return out;
  }
  for (const auto& item : list()) {
    if (auto word = item.text()) out.push_back(std::move(*word));
  }
  return out;
}

}  // namespace camwarden
