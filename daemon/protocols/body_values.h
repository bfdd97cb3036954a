#pragma once
// Values in the text that HTTP carries, found by name: elements of XML, whatever their prefix, and
// lines of key=value. Tolerant, because devices write both carelessly, and a document is read only
// as far as the names that a reader asks for.
//
// Limits: the first 1,000 tags of a document, the first 500 lines.
//
// Thread: any; values and views only.

#include <string>
#include <string_view>

namespace camwarden {

// "GetScopesResponse" of "tds:GetScopesResponse xmlns=...".
std::string_view local_name(std::string_view tag_name);
// The local name of a document's first element; "" when it is no markup.
std::string_view root_element(std::string_view document);
// The document from its first element of that name on: what is asked for of it is found in or
// behind that element. "" when there is none.
std::string_view from_element(std::string_view document, std::string_view name);
// From `from_element` up to the end tag.
std::string_view within_element(std::string_view document, std::string_view name);
// The text of the first element of that name, its entities decoded. "" when there is none.
std::string element_text(std::string_view document, std::string_view name);

// The value behind "key=" at the beginning of a line; blanks, quotes and a ';' around it are left
// out. "" when no line has it.
std::string_view value_of(std::string_view lines, std::string_view key);

}  // namespace camwarden
