#include "fingerprint/knowledge_base.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <system_error>
#include <unordered_map>

#include "base/address.h"
#include "base/text.h"
#include "fingerprint/checks.h"
#include "fingerprint/lints.h"
#include "fingerprint/matcher.h"
#include "fingerprint/vendor_file.h"

namespace camwarden {
namespace {

constexpr std::streamsize kMaxFileBytes = 4 << 20;

// The *.yml files of the directory, by name, so that every machine reads them in the same order.
std::vector<std::string> list_files(const std::string& directory, Diagnostics& diagnostics) {
  std::vector<std::string> paths;
  std::error_code error;
  for (std::filesystem::directory_iterator at(directory, error), end; !error && at != end;
       at.increment(error)) {
    if (at->path().extension() == ".yml") paths.push_back(at->path().string());
  }
  if (error) {
    diagnostics.error({directory},
                      fmt::format("cannot read the fingerprints: {}", error.message()));
  } else if (paths.empty()) {
    diagnostics.error({directory}, "holds no *.yml file; the fingerprints of makers are expected");
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::optional<std::string> read_text(const std::string& path, Diagnostics& diagnostics) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  if (file) {
    file.seekg(0, std::ios::end);
    const auto size = std::min<std::streamsize>(file.tellg(), kMaxFileBytes + 1);
    file.seekg(0);
    text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
  }
  if (file) return text;
  diagnostics.error({path}, "cannot be read; is it a file, with permission to read it?");
  return std::nullopt;
}

struct ReadFile {
  std::optional<std::string> text;
  VendorFile content;
  Diagnostics diagnostics;
};

ReadFile read_file(const std::string& path, const Vocabulary& vocabulary) {
  ReadFile file;
  file.text = read_text(path, file.diagnostics);
  if (!file.text) return file;
  const auto root = YamlNode::load_text(*file.text, path, file.diagnostics);
  if (root) read_vendor_file(*root, vocabulary, file.content);
  return file;
}

// Two at a time: nothing of one depends on another, and who starts a scan waits for this. The second
// thread is gone when this returns.
std::vector<ReadFile> read_files(const std::vector<std::string>& paths,
                                 const Vocabulary& vocabulary) {
  std::vector<ReadFile> files(paths.size());
  std::atomic<std::size_t> next{0};
  const auto read_on = [&] {
    for (std::size_t i; (i = next++) < paths.size();) files[i] = read_file(paths[i], vocabulary);
  };
  auto other = std::async(read_on);  // or afterwards, where there is no thread to be had
  read_on();
  other.get();
  return files;
}

// Over the names and the bytes of all files.
class VersionHash {
 public:
  void add(std::string_view text) { hash_ = hash_bytes(text.data(), text.size(), hash_); }
  std::string hex() const { return fmt::format("{:016x}", hash_).substr(0, 12); }

 private:
  std::uint64_t hash_ = 0;
};

template <typename Entries>
const typename Entries::value_type* named(
    const Entries& entries, const std::unordered_map<std::string, std::size_t>& by_name,
    std::string_view name) {
  const auto at = by_name.find(to_lower(name));
  return at == by_name.end() ? nullptr : &entries[at->second];
}

}  // namespace

struct KnowledgeBase::Content {
  Content(VendorFile files, std::string hash)
      : matcher(std::move(files.rules), files.ouis, std::move(files.mutes)),
        version(std::move(hash)) {
    for (auto& entry : files.makers) add(std::move(entry.maker));
    for (auto& entry : files.brands) add(std::move(entry.brand));
  }

  void add(Maker maker) {
    maker_by_name.emplace(to_lower(maker.name), makers.size());
    for (const auto& alias : maker.aliases) maker_by_name.emplace(to_lower(alias), makers.size());
    makers.push_back(std::move(maker));
  }
  void add(Brand brand) {
    brand_by_name.emplace(to_lower(brand.name), brands.size());
    brands.push_back(std::move(brand));
  }

  std::vector<Maker> makers;
  std::vector<Brand> brands;
  std::unordered_map<std::string, std::size_t> maker_by_name;  // lower case, aliases too
  std::unordered_map<std::string, std::size_t> brand_by_name;
  Matcher matcher;
  std::string version;
};

KnowledgeBase::KnowledgeBase(std::unique_ptr<Content> content) : content_(std::move(content)) {}
KnowledgeBase::~KnowledgeBase() = default;

std::unique_ptr<KnowledgeBase> KnowledgeBase::load(const std::string& directory,
                                                   const Vocabulary& vocabulary,
                                                   Diagnostics& diagnostics) {
  return read(directory, vocabulary, diagnostics, [](const VendorFile&) {});
}

std::unique_ptr<KnowledgeBase> KnowledgeBase::check(const std::string& directory,
                                                    const Vocabulary& vocabulary,
                                                    Diagnostics& diagnostics,
                                                    Diagnostics& warnings) {
  return read(directory, vocabulary, diagnostics, [&](const VendorFile& files) {
    check_examples(files, diagnostics);
    lint_overlaps(files, diagnostics);
    lint_shadows(files, warnings);
    lint_patterns(files, warnings);
    lint_makers(files, warnings);
  });
}

template <typename More>
std::unique_ptr<KnowledgeBase> KnowledgeBase::read(const std::string& directory,
                                                   const Vocabulary& vocabulary,
                                                   Diagnostics& diagnostics, More more) {
  const auto errors_before = diagnostics.errors().size();
  VendorFile files;
  VersionHash hash;
  const auto paths = list_files(directory, diagnostics);
  auto all = read_files(paths, vocabulary);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    diagnostics.append(all[i].diagnostics);
    if (!all[i].text) continue;
    hash.add(std::filesystem::path(paths[i]).filename().string());
    hash.add(*all[i].text);
    append(std::move(all[i].content), files);
  }
  check_names(files, diagnostics);
  check_prefixes(files, diagnostics);
  more(files);
  if (diagnostics.errors().size() > errors_before) return nullptr;
  return std::unique_ptr<KnowledgeBase>(
      new KnowledgeBase(std::make_unique<Content>(std::move(files), hash.hex())));
}

const std::vector<Match>& KnowledgeBase::match(const Field& field, std::string_view value) const {
  return content_->matcher.match(field, value);
}

bool KnowledgeBase::mute(const Field& field, std::string_view value) const {
  return content_->matcher.mute(field, value);
}

const Maker* KnowledgeBase::maker(std::string_view name) const {
  return named(content_->makers, content_->maker_by_name, name);
}

const Brand* KnowledgeBase::brand(std::string_view name) const {
  return named(content_->brands, content_->brand_by_name, name);
}

std::vector<const Maker*> KnowledgeBase::lineage(std::string_view name) const {
  std::vector<const Maker*> line;
  // Loading refused circles, so this ends.
  for (const Maker* at = maker(name); at != nullptr; at = maker(at->parent)) {
    line.push_back(at);
    if (at->parent.empty()) break;
  }
  return line;
}

const std::vector<std::string>& KnowledgeBase::own_protocols(std::string_view maker) const {
  return content_->matcher.own_protocols(maker);
}

const std::vector<Maker>& KnowledgeBase::makers() const { return content_->makers; }
const std::vector<Brand>& KnowledgeBase::brands() const { return content_->brands; }
std::size_t KnowledgeBase::fingerprints() const { return content_->matcher.size(); }
const std::string& KnowledgeBase::version() const { return content_->version; }

}  // namespace camwarden
