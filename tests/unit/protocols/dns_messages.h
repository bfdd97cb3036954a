#pragma once
// Builds DNS messages octet by octet.

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace camwarden::dns_test {

inline std::string u16(unsigned number) {
  return {static_cast<char>(number >> 8), static_cast<char>(number & 0xff)};
}

// "a.b" as labels with the root. A label that holds dots is appended by hand.
inline std::string name(std::string_view dotted) {
  std::string out;
  for (const auto label : split(dotted, '.'))
    out += static_cast<char>(label.size()) + std::string(label);
  return out + '\0';
}

inline std::string question(const std::string& owner, unsigned type) {
  return owner + u16(type) + u16(1);
}

inline std::string record(const std::string& owner, unsigned type, const std::string& rdata,
                          unsigned ttl = 120) {
  return owner + u16(type) + u16(0x8001) + u16(0) + u16(ttl) +
         u16(static_cast<unsigned>(rdata.size())) + rdata;
}

struct Parts {
  unsigned flags = 0x8400;
  std::vector<std::string> questions = {}, answers = {}, authorities = {}, additionals = {};
};

inline std::string message(const Parts& parts) {
  const std::vector<std::string>* const all[] = {&parts.questions, &parts.answers,
                                                 &parts.authorities, &parts.additionals};
  auto out = u16(0) + u16(parts.flags);
  for (const auto* one : all) out += u16(static_cast<unsigned>(one->size()));
  for (const auto* one : all) {
    for (const auto& part : *one) out += part;
  }
  return out;
}

}  // namespace camwarden::dns_test
