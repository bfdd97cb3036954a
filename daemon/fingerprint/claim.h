#pragma once
// What the knowledge base says of one value: a Fingerprint that fired is a Match, and a Match
// asserts Claims. Values; the strings of a Fingerprint live as long as its KnowledgeBase.

#include <string>
#include <string_view>
#include <vector>

#include "observation/field.h"

namespace camwarden {

enum class Attribute { maker, brand, model, firmware, serial, kind, component };
std::string_view to_string(Attribute attribute);

// Ordered from least to most telling: where claims tie, the later one is the better answer.
enum class Kind { unknown, host, router, video_other, recorder, camera };
std::string_view to_string(Kind kind);  // "camera", "recorder", "video-other", "router", "host"
bool is_video(Kind kind);

struct Claim {
  Attribute attribute;
  std::string value;
  auto operator<=>(const Claim&) const = default;
};

struct Fingerprint {
  std::string id;  // "hikvision.http.server.app-webs"; unique; stable, it is stored and quoted
  const Field* field;
  double certainty;  // 0 < certainty < 1: how often the claim is right when this fires
  // The protocol is the maker's own: whoever answers it runs that maker's firmware. With a serial
  // number from the same protocol this alone is proof.
  bool proprietary = false;
  // Claims nothing about a camera by itself: only an OUI of a registrant with a wide range.
  bool weak = false;
  std::string because;  // a clause for people: "answers Hikvision's SADP discovery"
  std::string source;
};

// Who `fingerprint` is about was not asked: see Field::hearsay.
inline bool is_hearsay(const Fingerprint& fingerprint) { return fingerprint.field->hearsay; }

struct Match {
  const Fingerprint* fingerprint;
  std::vector<Claim> claims;
};

}  // namespace camwarden
