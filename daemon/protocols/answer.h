#pragma once
// What the answers and announcements of makers' own discovery have in common when they are of fixed
// layout: texts in fields that are padded with NULs, addresses as binary, and a device that names
// itself in the payload.
//
// Layouts differ between firmwares, and most are known from one source: a text that holds control
// characters is taken for a field that lies elsewhere, and is left out.
//
// Thread: its worker; views into the message.

#include <string_view>

#include "protocols/facts.h"

namespace camwarden {

// Up to the first NUL, without blanks at its ends; "" when the message ends before the field begins
// or when the field is no text.
std::string_view text_at(Bytes message, std::size_t offset, std::size_t size);
// None when the message does not hold them whole.
MacAddress mac_at(Bytes message, std::size_t offset);
IpAddress ipv4_at(Bytes message, std::size_t offset);

// Whether either text is an address: else the fields of a message lie elsewhere, or it is not ours.
bool holds_address(std::string_view mac, std::string_view ip);

// An answer and the device that it describes: see described_in().
class Answer {
 public:
  Answer(const Facts& facts, std::string_view mac, std::string_view ip)
      : facts_(facts), about_(described_in(facts.packet(), mac, ip)) {}
  Answer(const Facts& facts, const MacAddress& mac, const IpAddress& ip);

  const Subject& device() const { return about_.device; }
  // Of the device; and of the sender too, where it cannot be shown to be the device: that it
  // answers, and under which identifier it may be found again.
  void identify(const Field& field, std::string_view value) const;
  void say(const Field& field, std::string_view value) const;
  void say_mac(const Field& field) const;  // when the payload names one

 private:
  const Facts& facts_;
  Described about_;
};

}  // namespace camwarden
