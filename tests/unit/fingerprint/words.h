#pragma once
// What the tests of this folder share: a vocabulary with the names that the protocol readers emit
// (which this folder may not link), a directory of vendor files, and short questions to a match.

#include <stdlib.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "fingerprint/knowledge_base.h"

namespace camwarden {

inline const Vocabulary& words() {
  static const Vocabulary all = [] {
    static std::deque<Field> fields;
    std::vector<const Field*> pointers{&kMacField, &kIpField};
    for (const char* name : {"arp.announce",
                             "dhcp.hostname",
                             "dhcp.vendor_class",
                             "dhcp.parameter_list",
                             "dhcp.client_id",
                             "dhcp.fqdn",
                             "dhcp.lease",
                             "wsdd.scope_name",
                             "wsdd.scope_hardware",
                             "wsdd.scope_location",
                             "wsdd.scope_manufacturer",
                             "wsdd.scope_mac",
                             "wsdd.scope_serial",
                             "wsdd.scopes",
                             "wsdd.profile",
                             "wsdd.types",
                             "wsdd.endpoint",
                             "wsdd.xaddrs",
                             "wsdd.onvif",
                             "wsdd.probe",
                             "sadp.answer",
                             "sadp.device_type",
                             "sadp.model",
                             "sadp.serial",
                             "sadp.firmware",
                             "sadp.dsp_version",
                             "sadp.mac",
                             "sadp.oem_info",
                             "sadp.oem_code",
                             "sadp.activated",
                             "sadp.channels",
                             "sadp.probe",
                             "sadp.opaque",
                             "dhip.answer",
                             "dhip.device_class",
                             "dhip.device_type",
                             "dhip.serial",
                             "dhip.version",
                             "dhip.vendor",
                             "dhip.manufacturer",
                             "dhip.machine_name",
                             "dhip.mac",
                             "dhip.port",
                             "dhip.probe",
                             "http.server",
                             "http.realm",
                             "http.www_authenticate",
                             "http.title",
                             "http.location",
                             "http.cookie_name",
                             "http.request_path",
                             "http.host",
                             "rtsp.server",
                             "rtsp.realm",
                             "rtsp.www_authenticate",
                             "rtsp.public",
                             "rtsp.allow",
                             "rtsp.sdp_session",
                             "rtsp.sdp_tool",
                             "rtsp.sdp_info",
                             "rtsp.sdp_attribute",
                             "rtsp.request_path",
                             "rtsp.user_agent"}) {
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
  // All errors, with the directory's name left out.
  std::string errors() {
    std::string all = diagnostics_.to_string();
    for (auto at = all.find(path_ + "/"); at != all.npos; at = all.find(path_ + "/")) {
      all.erase(at, path_.size() + 1);
    }
    return all;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  Diagnostics diagnostics_;
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
