#include "protocols/answer.h"

#include <algorithm>

#include "base/text.h"

namespace camwarden {
namespace {

Bytes field_at(Bytes message, std::size_t offset, std::size_t size) {
  if (offset >= message.size()) return {};
  return message.subspan(offset, std::min(size, message.size() - offset));
}

bool is_control(char c) {
  const auto code = static_cast<unsigned char>(c);
  return code < 0x20 || code == 0x7f;
}

}  // namespace

std::string_view text_at(Bytes message, std::size_t offset, std::size_t size) {
  auto text = as_text(field_at(message, offset, size));
  text = trim(text.substr(0, text.find('\0')));
  return std::any_of(text.begin(), text.end(), is_control) ? std::string_view() : text;
}

MacAddress mac_at(Bytes message, std::size_t offset) {
  return MacAddress::from(field_at(message, offset, 6));
}

IpAddress ipv4_at(Bytes message, std::size_t offset) {
  return IpAddress::v4(field_at(message, offset, 4));
}

bool holds_address(std::string_view mac, std::string_view ip) {
  return MacAddress::parse(trim(mac)) || IpAddress::parse(trim(ip));
}

Answer::Answer(const Facts& facts, const MacAddress& mac, const IpAddress& ip)
    : Answer(facts, mac.to_string(), ip.none() ? std::string() : ip.to_string()) {}

void Answer::identify(const Field& field, std::string_view value) const {
  facts_.say(about_.device, field, value);
  if (about_.other_than_sender) facts_.say(sender_of(facts_.packet()), field, value);
}

void Answer::say(const Field& field, std::string_view value) const {
  facts_.say(about_.device, field, value);
}

void Answer::say_mac(const Field& field) const {
  if (about_.device.mac_origin != MacOrigin::payload) return;
  facts_.say(about_.device, field, about_.device.mac.to_string());
}

}  // namespace camwarden
