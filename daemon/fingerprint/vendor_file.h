#pragma once
// One file of fingerprints/vendors, read strictly: every key, type, pattern, field name, prefix and
// claim is checked here, each error with its place. What needs the other files (names of makers and
// brands, ids and prefixes given twice) or the rules at work (examples) is checked in checks.h.
// The format is fingerprints/README.md.

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/yaml.h"
#include "fingerprint/claim.h"
#include "fingerprint/knowledge_base.h"
#include "base/oui.h"
#include "fingerprint/trigger.h"
#include "observation/field.h"

namespace camwarden {

// A name of a maker or a brand, and where it was written.
struct Mention {
  std::string name;
  Place place;
};

struct MakerEntry {
  Maker maker;
  Place place;
  Place parent_place;
};

struct BrandEntry {
  Brand brand;
  Place place;
  std::vector<Mention> makers;
};

// Blocks of one registrant: a maker, or a label. A label alone says nothing of who made the device;
// a label that has one maker only (a subsidiary) is given with it.
struct OuiGroup {
  Mention maker;  // either name may be "", not both
  Mention brand;
  const std::string& registrant() const { return brand.name.empty() ? maker.name : brand.name; }
  bool only_video = false;
  std::string source;
  std::vector<std::pair<Oui, Place>> prefixes;
};

struct Example {
  std::string value;
  std::vector<Claim> claims;  // at least these
  Place place;
};

struct Rule {
  Fingerprint fingerprint;
  // The rule claims besides that this is some video device, it cannot say which ("kind: video").
  // A fingerprint of its own, because it weighs little: any exact kind must decide over it.
  std::optional<Fingerprint> some_video;
  Trigger trigger;
  std::vector<ClaimTemplate> claims;
  std::vector<Example> examples;
  std::vector<Example> counter_examples;
  Place place;
};

struct MuteRule {
  const Field* field;
  Trigger trigger;
};

struct VendorFile {
  std::vector<MakerEntry> makers;
  std::vector<BrandEntry> brands;
  std::vector<OuiGroup> ouis;
  std::vector<Rule> rules;
  std::vector<MuteRule> mutes;
};

// Adds the document to `files`, whole or with what of it could be read; `diagnostics` are those
// that it was loaded with.
void read_vendor_file(const YamlNode& root, const Vocabulary& vocabulary, VendorFile& files);

// Puts what another file says behind what `files` says.
void append(VendorFile more, VendorFile& files);

// Used by the above; the fingerprints of a document and its list of mute strings.
void read_rules(const YamlNode& list, const Vocabulary& vocabulary, std::vector<Rule>& rules);
void read_mutes(const YamlNode& list, const Vocabulary& vocabulary, std::vector<MuteRule>& mutes);
std::string required_text(const YamlNode& map, std::string_view key);
std::string optional_text(const YamlNode& map, std::string_view key);

}  // namespace camwarden
