#pragma once
// YamlTree: a YAML text as a tree of nodes that know where they stand. Made by libyaml's event
// parser, which stays in yaml_tree.cc, and bounded: no text makes it recurse, an alias is one more
// pointer to the node that it names, and what is nested deeper than kMaxDepth is refused. Tags say
// nothing here: what a scalar is, is for whoever asks for it.
//
// Immutable once parsed.

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostics.h"

namespace camwarden {

struct YamlTree {
  static constexpr std::size_t kMaxDepth = 64;

  enum class Kind : std::uint8_t { null, scalar, list, map };
  struct Node {
    Kind kind = Kind::null;
    int line = 0, column = 0;  // from 1
    std::string scalar;
    std::vector<const Node*> children;  // a map's: key, value, key, value ...
  };

  // Nothing after reporting why. An empty text has a null root.
  static std::shared_ptr<const YamlTree> parse(const std::string& text, const std::string& name,
                                               Diagnostics& diagnostics);

  std::deque<Node> nodes;  // stay where they are
  const Node* root = nullptr;
};

}  // namespace camwarden
