#include "protocols/xml.h"

#include <pugixml.hpp>
#include <string>

#include "base/text.h"

namespace camwarden {
namespace {

std::string_view local_part(std::string_view qname) {
  const auto colon = qname.rfind(':');
  return colon == std::string_view::npos ? qname : qname.substr(colon + 1);
}

std::string_view prefix_part(std::string_view qname) {
  const auto colon = qname.rfind(':');
  return colon == std::string_view::npos ? std::string_view() : qname.substr(0, colon);
}

pugi::xml_node element_from(pugi::xml_node node) {
  while (node && node.type() != pugi::node_element) node = node.next_sibling();
  return node;
}

// What a markup declaration that starts here is passed over to; "" for an ordinary tag.
std::string_view end_of_special(std::string_view at) {
  if (at.starts_with("<!--")) return "-->";
  if (at.starts_with("<![CDATA[")) return "]]>";
  if (at.starts_with("<?")) return "?>";
  return {};
}

// Behind the '>' of the tag that `tag` starts with; a '>' in quotes does not end it. npos: no end.
std::size_t behind_tag(std::string_view tag) {
  char quote = 0;
  for (std::size_t i = 1; i < tag.size(); ++i) {
    if (quote != 0) {
      if (tag[i] == quote) quote = 0;
    } else if (tag[i] == '"' || tag[i] == '\'') {
      quote = tag[i];
    } else if (tag[i] == '>') {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

std::size_t behind_markup(std::string_view at) {
  const auto special = end_of_special(at);
  if (special.empty()) return behind_tag(at);
  const auto end = at.find(special);
  return end == std::string_view::npos ? end : end + special.size();
}

// By how much a piece of markup deepens the document.
int deepens(std::string_view markup) {
  if (!end_of_special(markup).empty() || markup.ends_with("/>")) return 0;
  return markup.starts_with("</") ? -1 : 1;
}

// pugixml has no limit on depth, and would skip a DOCTYPE in silence.
bool acceptable(std::string_view text) {
  int depth = 0;
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<')) {
    text.remove_prefix(at);
    const auto length = behind_markup(text);
    if (length == std::string_view::npos || istarts_with(text, "<!DOCTYPE")) return false;
    depth += deepens(text.substr(0, length));
    if (depth > Xml::kMaxDepth) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace

std::string_view XmlElement::local_name() const { return local_part(pugi::xml_node(node_).name()); }

std::string_view XmlElement::text() const { return trim(pugi::xml_node(node_).child_value()); }

XmlElement XmlElement::child() const {
  return XmlElement(element_from(pugi::xml_node(node_).first_child()).internal_object());
}

XmlElement XmlElement::child(std::string_view local_name) const {
  auto found = child();
  while (found && found.local_name() != local_name) found = found.next();
  return found;
}

XmlElement XmlElement::next() const {
  return XmlElement(element_from(pugi::xml_node(node_).next_sibling()).internal_object());
}

std::string_view XmlElement::name_space() const {
  return name_space_of(pugi::xml_node(node_).name());
}

std::string_view XmlElement::name_space_of(std::string_view qname) const {
  const auto prefix = prefix_part(qname);
  const auto attribute = prefix.empty() ? std::string("xmlns") : "xmlns:" + std::string(prefix);
  for (pugi::xml_node node(node_); node; node = node.parent()) {
    if (const auto declared = node.attribute(attribute.c_str())) return declared.value();
  }
  return {};
}

Xml::Xml(std::string_view text) {
  text = trim(text);  // a NUL behind the document is common
  if (text.size() > kMaxBytes || !acceptable(text)) return;
  auto document = std::make_unique<pugi::xml_document>();
  // As UTF-8 without conversion: the bytes pass as they are, and no other encoding can hide a tag
  // from acceptable().
  if (document->load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8)) {
    document_ = std::move(document);
  }
}

Xml::~Xml() = default;

XmlElement Xml::root() const {
  return document_ ? XmlElement(document_->document_element().internal_object()) : XmlElement();
}

}  // namespace camwarden
