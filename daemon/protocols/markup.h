#pragma once
// Markup that is not well-formed enough for a strict reader: HTML pages, and the XML of SADP, where
// real devices leave '&' unescaped and write GBK into a document declared as UTF-8 (fact sheet on
// discovery protocols, section 6.5). Nothing here allocates by the input's own word, recurses, or
// knows of DTDs: an entity is one of the five of XML, or stays as it stands.
//
// Thread: any; values and views only.

#include <optional>
#include <string>
#include <string_view>

namespace camwarden {

// &amp; &lt; &gt; &quot; &apos; and &#39;.
std::string decode_entities(std::string_view text);
// Runs of blanks, tabs, CR and LF as one blank, none at the ends.
std::string collapse_blanks(std::string_view text);

// The tags of a document in order. Comments, declarations and processing instructions are passed
// over.
class TagScanner {
 public:
  struct Tag {
    std::string_view name;   // with its prefix; "/Name" for an end tag
    std::string_view after;  // what stands between this tag and the next '<', or the end
  };
  explicit TagScanner(std::string_view document) : left_(document) {}
  std::optional<Tag> next();

 private:
  std::string_view left_;
};

}  // namespace camwarden
