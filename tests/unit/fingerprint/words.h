#pragma once
// What the tests of this folder share: a vocabulary with the names that the protocol readers emit
// (which this folder may not link, so they are read from their source), a directory of vendor
// files, and short questions to a match.

#include <stdlib.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "fingerprint/knowledge_base.h"

namespace camwarden {

// "sadp.answer": what is quoted so in a reader is a field's name, or an anomaly's, which does no
// harm.
inline bool is_field_name(std::string_view quoted) {
  static constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789_";
  const auto dot = quoted.find('.');
  const auto plain = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of(kLetters) == std::string_view::npos;
  };
  return dot != std::string_view::npos && plain(quoted.substr(0, dot)) &&
         plain(quoted.substr(dot + 1));
}

inline std::set<std::string> names_in(const std::filesystem::path& source) {
  std::ifstream file(source);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::set<std::string> names;
  for (auto open = text.find('"'); open != text.npos; open = text.find('"', open + 1)) {
    const auto quoted =
        std::string_view(text).substr(open + 1, text.find('"', open + 1) - open - 1);
    if (is_field_name(quoted)) names.emplace(quoted);
  }
  return names;
}

inline const Vocabulary& words() {
  static const Vocabulary all = [] {
    static std::set<std::string> names;
    for (const auto& entry :
         std::filesystem::directory_iterator(CAMWARDEN_SOURCE_DIR "/daemon/protocols")) {
      names.merge(names_in(entry.path()));
    }
    static std::deque<Field> fields;
    std::vector<const Field*> pointers{&kMacField, &kIpField};
    for (const auto& name : names) {
      fields.push_back(Field{.name = name, .help = {}});
      pointers.push_back(&fields.back());
    }
    return Vocabulary(pointers);
  }();
  return all;
}

inline const std::string kVendors = CAMWARDEN_SOURCE_DIR "/fingerprints/vendors";

// A directory of vendor files, gone with the test.
class VendorDirectory {
 public:
  VendorDirectory() {
    std::string name = std::filesystem::temp_directory_path() / "camwarden-vendors-XXXXXX";
    path_ = mkdtemp(name.data());
  }
  ~VendorDirectory() { std::filesystem::remove_all(path_); }
  VendorDirectory(const VendorDirectory&) = delete;
  VendorDirectory& operator=(const VendorDirectory&) = delete;

  VendorDirectory& add(const std::string& file, const std::string& text) {
    std::ofstream(path_ + "/" + file) << text;
    return *this;
  }
  std::unique_ptr<KnowledgeBase> load() {
    diagnostics_ = {};
    return KnowledgeBase::load(path_, words(), diagnostics_);
  }
  std::unique_ptr<KnowledgeBase> check() {
    diagnostics_ = warnings_ = {};
    return KnowledgeBase::check(path_, words(), diagnostics_, warnings_);
  }
  // All of them, with the directory's name left out.
  std::string errors() const { return without_path(diagnostics_.to_string()); }
  std::string warnings() const { return without_path(warnings_.to_string()); }
  const std::string& path() const { return path_; }

 private:
  std::string without_path(std::string all) const {
    for (auto at = all.find(path_ + "/"); at != all.npos; at = all.find(path_ + "/")) {
      all.erase(at, path_.size() + 1);
    }
    return all;
  }

  std::string path_;
  Diagnostics diagnostics_, warnings_;
};

// The value of the strongest claim of an attribute, or "".
inline std::string claimed(const std::vector<Match>& matches, Attribute attribute) {
  std::string value;
  double best = 0;
  for (const auto& match : matches) {
    for (const auto& claim : match.claims) {
      if (claim.attribute != attribute || match.fingerprint->certainty <= best) continue;
      best = match.fingerprint->certainty;
      value = claim.value;
    }
  }
  return value;
}

inline std::string claimed(const KnowledgeBase& knowledge, std::string_view field,
                           std::string_view value, Attribute attribute) {
  return claimed(knowledge.match(*words().find(field), value), attribute);
}

inline bool video(std::string_view kind) {
  return kind == "camera" || kind == "recorder" || kind == "video-other";
}

}  // namespace camwarden
