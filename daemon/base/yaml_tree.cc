#include "base/yaml_tree.h"

#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace camwarden {
namespace {

using Node = YamlTree::Node;
using Kind = YamlTree::Kind;

// An event is freed when the next one takes its place.
class Event {
 public:
  Event() = default;
  ~Event() { yaml_event_delete(&event_); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  bool next(yaml_parser_t& parser) {
    yaml_event_delete(&event_);
    return yaml_parser_parse(&parser, &event_) == 1;
  }
  const yaml_event_t& get() const { return event_; }

 private:
  yaml_event_t event_{};
};

class Parser {
 public:
  explicit Parser(const std::string& text) {
    ready_ = yaml_parser_initialize(&parser_) == 1;
    if (!ready_) return;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);  // a byte order mark decides nothing
    input_.assign(text.begin(), text.end());
    yaml_parser_set_input_string(&parser_, input_.data(), input_.size());
  }
  ~Parser() {
    if (ready_) yaml_parser_delete(&parser_);
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  bool next(Event& event) { return ready_ && event.next(parser_); }
  Place place(const std::string& name) const {
    const bool told = parser_.error == YAML_SCANNER_ERROR || parser_.error == YAML_PARSER_ERROR;
    if (!told) return {name};
    const auto& mark = parser_.problem_mark;
    return {name, static_cast<int>(mark.line) + 1, static_cast<int>(mark.column) + 1};
  }
  std::string problem() const {
    const std::string_view what = ready_ && parser_.problem ? parser_.problem : "out of memory";
    const std::string_view where = ready_ && parser_.context ? parser_.context : "";
    return where.empty() ? std::string(what) : fmt::format("{}, {}", what, where);
  }

 private:
  yaml_parser_t parser_{};
  std::basic_string<unsigned char> input_;
  bool ready_ = false;
};

std::string_view view(const yaml_char_t* text, std::size_t length) {
  return {static_cast<const char*>(static_cast<const void*>(text)), length};
}

std::string name_of(const yaml_char_t* text) {
  return static_cast<const char*>(static_cast<const void*>(text));
}

// YAML 1.2, section 10.3.2: what a plain scalar must be to be nothing.
bool says_null(std::string_view plain) {
  constexpr std::array<std::string_view, 5> kNothing{"", "~", "null", "Null", "NULL"};
  return std::find(kNothing.begin(), kNothing.end(), plain) != kNothing.end();
}

// Puts the tree together as the events come.
class Builder {
 public:
  explicit Builder(YamlTree& tree) : tree_(tree) {}

  // False with `problem` set when the text is not one that we read.
  bool take(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_SCALAR_EVENT:
        return scalar(event);
      case YAML_ALIAS_EVENT:
        return alias(event);
      case YAML_SEQUENCE_START_EVENT:
        return open(event, Kind::list, event.data.sequence_start.anchor);
      case YAML_MAPPING_START_EVENT:
        return open(event, Kind::map, event.data.mapping_start.anchor);
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        return close();
      case YAML_DOCUMENT_START_EVENT:
        if (tree_.root) problem = "a second document; one is read";
        return problem.empty();
      case YAML_NO_EVENT:
      case YAML_STREAM_START_EVENT:
      case YAML_STREAM_END_EVENT:
      case YAML_DOCUMENT_END_EVENT:
        return true;
    }
    return true;
  }

  std::string problem;

 private:
  struct Open {
    Node* node;
    std::string anchor;
  };

  Node& add(const yaml_event_t& event, Kind kind) {
    auto& node = tree_.nodes.emplace_back();
    node.kind = kind;
    node.line = static_cast<int>(event.start_mark.line) + 1;
    node.column = static_cast<int>(event.start_mark.column) + 1;
    return node;
  }
  void place(const Node& node) {
    if (!open_.empty()) open_.back().node->children.push_back(&node);
    if (open_.empty() && !tree_.root) tree_.root = &node;
  }
  bool scalar(const yaml_event_t& event) {
    const auto& said = event.data.scalar;
    const auto text = view(said.value, said.length);
    const bool plain = said.style == YAML_PLAIN_SCALAR_STYLE;
    auto& node = add(event, plain && says_null(text) ? Kind::null : Kind::scalar);
    node.scalar = text;
    if (said.anchor) anchors_[name_of(said.anchor)] = &node;
    place(node);
    return true;
  }
  // A node that holds itself has no end: an anchor names nothing before its node is whole.
  bool alias(const yaml_event_t& event) {
    const auto at = anchors_.find(name_of(event.data.alias.anchor));
    if (at == anchors_.end()) {
      problem = "an alias of nothing above it";
      return false;
    }
    place(*at->second);
    return true;
  }
  bool open(const yaml_event_t& event, Kind kind, const yaml_char_t* anchor) {
    if (open_.size() == YamlTree::kMaxDepth) {
      problem = fmt::format("nested deeper than {}", YamlTree::kMaxDepth);
      return false;
    }
    auto& node = add(event, kind);
    place(node);
    open_.push_back({&node, anchor ? name_of(anchor) : ""});
    return true;
  }
  bool close() {
    const auto& last = open_.back();
    if (!last.anchor.empty()) anchors_[last.anchor] = last.node;
    open_.pop_back();
    return true;
  }

  YamlTree& tree_;
  std::vector<Open> open_;
  std::unordered_map<std::string, const Node*> anchors_;
};

}  // namespace

std::shared_ptr<const YamlTree> YamlTree::parse(const std::string& text, const std::string& name,
                                                Diagnostics& diagnostics) {
  auto tree = std::make_shared<YamlTree>();
  Builder builder(*tree);
  Parser parser(text);
  Event event;
  // Each event takes at least a byte of the text, or ends what an earlier one began.
  do {
    if (!parser.next(event)) {
      diagnostics.error(parser.place(name), fmt::format("not valid YAML: {}", parser.problem()));
      return nullptr;
    }
    if (!builder.take(event.get())) {
      const auto& mark = event.get().start_mark;
      diagnostics.error({name, static_cast<int>(mark.line) + 1, static_cast<int>(mark.column) + 1},
                        fmt::format("not valid YAML: {}", builder.problem));
      return nullptr;
    }
  } while (event.get().type != YAML_STREAM_END_EVENT);
  if (!tree->root) tree->root = &tree->nodes.emplace_back();
  return tree;
}

}  // namespace camwarden
