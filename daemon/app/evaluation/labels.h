#pragma once
// Labels: what a label means, and whether a device was called so. A label is what a source says:
// the name on the box as often as the real maker, and a company's older or longer name. Maker and
// brand are judged apart; a label that the knowledge base has no name for is compared as text
// alone.
//
// Immutable.

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "fingerprint/knowledge_base.h"
#include "inventory/device.h"

namespace camwarden {

// silent: nothing was said. unjudged: there is nothing to judge by.
enum class Judgement : std::uint8_t { unjudged, right, wrong, silent };
std::string_view to_string(Judgement verdict);

class Labels {
 public:
  explicit Labels(const KnowledgeBase& knowledge);

  Judgement maker(std::string_view label, const Device& device) const;
  // Of a label that is a brand: is it named. Of a maker's own: is none but a brand of his named.
  Judgement brand(std::string_view label, const Device& device) const;
  // A product's name is not always what the device calls its model: another one is unjudged.
  static Judgement model(std::string_view product, const Device& device);

 private:
  struct Meant {
    std::set<std::string> makers;  // that the label may mean
    bool brand = false;            // one of its spellings is a brand's, a maker's name
    bool maker = false;
  };
  Meant meaning(std::string_view label) const;

  const KnowledgeBase& knowledge_;
  std::map<std::string, const Maker*> makers_;  // by plain name, aliases too
  std::map<std::string, const Brand*> brands_;
};

}  // namespace camwarden
