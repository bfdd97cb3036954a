#pragma once
// KnowledgeBase: all fingerprints, OUIs, makers and brands, loaded strictly and whole from
// fingerprints/vendors/*.yml; and the matcher that says what a value claims. Two calls: load,
// match. What takes time and can only find faults of the files' authors, every example and the
// lints, is check's, which `camwarden check` and the tests ask. The file format is
// fingerprints/README.md.
//
// Immutable once loaded; match() may be called from any one thread at a time (it keeps a memo).

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "fingerprint/claim.h"
#include "observation/field.h"

namespace camwarden {

struct Maker {
  std::string name;        // "Hikvision": what claims say
  std::string legal_name;  // as registered
  std::string country;     // ISO 3166-1 alpha-2
  std::string parent;      // another maker's name, or ""
  std::vector<std::string> aliases;
};

// A label that is not the maker's own, with what betrays the maker behind it.
struct Brand {
  std::string name;
  std::vector<std::string> makers;  // candidates; more than one: the wire decides
  std::string shows;                // how the maker shows, one sentence
};

class KnowledgeBase {
 public:
  // Nothing when diagnostics has gained an error. `vocabulary` must outlive it.
  static std::unique_ptr<KnowledgeBase> load(const std::string& directory,
                                             const Vocabulary& vocabulary,
                                             Diagnostics& diagnostics);
  // The same, with every example and counter-example run, and the lints (lints.h).
  static std::unique_ptr<KnowledgeBase> check(const std::string& directory,
                                              const Vocabulary& vocabulary,
                                              Diagnostics& diagnostics, Diagnostics& warnings);
  ~KnowledgeBase();

  // All fingerprints that fire for the value, in order of id; as they stand until the next call.
  const std::vector<Match>& match(const Field& field, std::string_view value) const;
  // True when the value is on the list of generic strings that say nothing ("Boa/0.94.13").
  bool mute(const Field& field, std::string_view value) const;

  const Maker* maker(std::string_view name) const;  // by name or alias, ASCII case-insensitive
  const Brand* brand(std::string_view name) const;
  // The maker, its parent, its parent's parent...: whom a law that names one of them may mean.
  std::vector<const Maker*> lineage(std::string_view name) const;
  // Protocols that are this maker's own and tell a serial number: an answer of one is proof.
  const std::vector<std::string>& own_protocols(std::string_view maker) const;
  const std::vector<Maker>& makers() const;
  const std::vector<Brand>& brands() const;
  std::size_t fingerprints() const;
  const std::string& version() const;  // first 12 hex digits of a hash over all files

 private:
  struct Content;
  template <typename More>
  static std::unique_ptr<KnowledgeBase> read(const std::string& directory,
                                             const Vocabulary& vocabulary, Diagnostics& diagnostics,
                                             More more);
  explicit KnowledgeBase(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

}  // namespace camwarden
