#pragma once
// Strict YAML: every value knows its file, line and column; every unknown key is an error with the
// nearest spelling; every wrong type says what was expected. A reader asks for what it needs and
// collects all errors in Diagnostics instead of stopping at the first. What parses is yaml_tree.h.

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/address.h"
#include "base/diagnostics.h"
#include "base/time.h"
#include "base/yaml_tree.h"

namespace camwarden {

// One node of a document. Cheap to copy. Asking for a type reports to the Diagnostics that the
// document was loaded with when the node is not of it, and returns nothing.
class YamlNode {
 public:
  YamlNode() = default;

  // The root, or nothing after reporting why (unreadable file, syntax, more than 4 MiB, aliases
  // nested to explode). `diagnostics` must outlive every node of the document.
  static std::optional<YamlNode> load_file(const std::string& path, Diagnostics& diagnostics);
  static std::optional<YamlNode> load_text(const std::string& text, const std::string& name,
                                           Diagnostics& diagnostics);

  Place place() const;
  void error(std::string what) const;  // at this node's place
  bool is_null() const;
  bool is_map() const;
  bool is_list() const;
  bool is_scalar() const;

  // Declares the keys that this map may have and reports all others. False if this is no map.
  bool expect_keys(std::initializer_list<std::string_view> keys) const;
  bool expect_keys(const std::vector<std::string_view>& keys) const;
  std::optional<YamlNode> get(std::string_view key) const;      // absent or null: nothing, silently
  std::optional<YamlNode> require(std::string_view key) const;  // absent: reported
  std::vector<std::pair<std::string, YamlNode>> entries() const;  // of a map, in file order; reports
  std::vector<YamlNode> list() const;                             // items; reports if no list

  std::optional<std::string> text() const;  // any scalar, as written
  std::optional<bool> boolean() const;      // true, false
  std::optional<std::int64_t> integer(std::int64_t min, std::int64_t max) const;
  std::optional<double> number(double min, double max) const;
  std::optional<Duration> duration() const;
  std::optional<std::uint64_t> size() const;  // "16KiB", "64MiB", "1GiB", plain bytes
  std::optional<MacAddress> mac() const;
  std::optional<Prefix> prefix() const;
  // One of `choices`; reports the nearest.
  std::optional<std::string> choice(const std::vector<std::string_view>& choices) const;
  std::vector<std::string> texts() const;  // a list of scalars, or one scalar

 private:
  struct Document;
  using Node = YamlTree::Node;
  using Kind = YamlTree::Kind;

  YamlNode(std::shared_ptr<const Document> document, const Node* node)
      : document_(std::move(document)), node_(node) {}
  bool is(Kind kind) const { return node_ && node_->kind == kind; }
  YamlNode at(const Node* node) const { return {document_, node}; }

  std::shared_ptr<const Document> document_;
  const Node* node_ = nullptr;
};

}  // namespace camwarden
