#pragma once
// Answer: who a maker's discovery answer or announcement is about, and what the readers of such
// messages say alike. What it tells belongs to the device whose MAC and address are written in it.
// Of a sender that cannot be shown to be that device is said only that it answers, and with which
// serial number (see Described in facts.h).
//
// Also reads the text fields of fixed size that binary answers are made of.
//
// Thread: its worker; lives on the stack of a reader.

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "protocols/facts.h"

namespace camwarden {

class Answer {
 public:
  Answer(const Facts& facts, const Described& described) : facts_(facts), described_(described) {}
  Answer(const Facts& facts, std::string_view mac, std::string_view ip)
      : Answer(facts, described_in(facts.packet(), mac, ip)) {}
  Answer(const Facts& facts, const MacAddress& mac, const IpAddress& ip)
      : Answer(facts, mac.to_string(), ip.to_string()) {}

  void say(const Field& field, std::string_view value) const {
    facts_.say(described_.device, field, value);
  }
  void say_of_sender_too(const Field& field, std::string_view value) const {
    say(field, value);
    if (described_.other_than_sender) facts_.say(sender_of(facts_.packet()), field, value);
  }
  // The MAC that is written in the message, if one is.
  void say_mac(const Field& field) const {
    const auto& who = described_.device;
    if (who.mac_origin == MacOrigin::payload) say(field, who.mac.to_string());
  }

 private:
  const Facts& facts_;
  Described described_;
};

// A text field up to its first NUL. Empty when it holds control characters: then it is no text, and
// the layout is another than the one that the reader knows. Bytes from 0x80 on may be any encoding.
inline std::string_view text_of(Bytes field) {
  const auto all = as_text(field);
  const auto text = all.substr(0, all.find('\0'));
  const bool control = std::any_of(text.begin(), text.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet < 0x20 || octet == 0x7f;
  });
  return control ? std::string_view() : trim(text);
}

// The field of `size` bytes at `offset`, or less where the message ends before.
inline Bytes field_at(Bytes message, std::size_t offset, std::size_t size) {
  if (offset >= message.size()) return {};
  return message.subspan(offset, std::min(size, message.size() - offset));
}

}  // namespace camwarden
