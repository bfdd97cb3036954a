#pragma once
// Xml: a well-formed document, read with limits: at most 64 KiB and 32 levels, no DOCTYPE, and so
// no entities but the five of XML. Elements are found by local name, whatever their prefix, because
// every maker chooses its own; namespaces are resolved where they decide something.
//
// Hides pugixml. Elements and texts are views into the document, which owns them.
//
// Thread: any; a document stays on the stack of one reader.

#include <memory>
#include <string_view>

namespace pugi {
class xml_document;
struct xml_node_struct;
}  // namespace pugi

namespace camwarden {

// An element, or none: a step from none gives none, so a path is asked for once at its end.
class XmlElement {
 public:
  XmlElement() = default;
  explicit XmlElement(pugi::xml_node_struct* node) : node_(node) {}

  explicit operator bool() const { return node_ != nullptr; }
  std::string_view local_name() const;
  std::string_view text() const;  // the first text in it, without blanks at its ends
  XmlElement child() const;       // its first element
  XmlElement child(std::string_view local_name) const;  // its first element of that name
  XmlElement next() const;                              // the element behind it

  std::string_view name_space() const;  // of its own name; "" when undeclared
  std::string_view name_space_of(
      std::string_view qname) const;  // of a name used here, "tds:Device"

 private:
  pugi::xml_node_struct* node_ = nullptr;
};

class Xml {
 public:
  static constexpr std::size_t kMaxBytes = 64 << 10;
  static constexpr int kMaxDepth = 32;

  explicit Xml(std::string_view text);
  ~Xml();
  Xml(const Xml&) = delete;
  Xml& operator=(const Xml&) = delete;

  XmlElement root() const;  // none when the text is refused

 private:
  std::unique_ptr<pugi::xml_document> document_;
};

}  // namespace camwarden
