#include "protocols/client_hello.h"

#include <algorithm>
#include <vector>

#include "base/digest.h"

namespace camwarden {
namespace {

enum Extension : std::uint16_t {
  kServerName = 0,
  kSignatureAlgorithms = 13,
  kAlpn = 16,
  kSupportedVersions = 43,
};

bool grease(std::uint16_t number) {
  return (number & 0x0f0f) == 0x0a0a && number >> 8 == (number & 0xff);
}

// A list of numbers, all of the cursor.
OfferedNumbers numbers(Bytes list) {
  OfferedNumbers found;
  Cursor cursor(list);
  while (cursor.remaining() >= 2) found.add(cursor.u16());
  return found;
}

// RFC 6066 section 3: the first name of type host_name.
std::string_view server_name(Bytes extension) {
  Cursor cursor(extension);
  cursor.skip(2);
  const auto type = cursor.u8();
  const auto name = as_text(cursor.take(cursor.u16()));
  return cursor.ok() && type == 0 ? name : std::string_view();
}

// RFC 7301 section 3.1.
void read_alpn(Bytes extension, ClientHello& hello) {
  Cursor cursor(extension);
  cursor.skip(2);
  for (auto& name : hello.alpn) {
    name = as_text(cursor.take(cursor.u8()));
    if (!cursor.ok()) return;
  }
}

// RFC 8446 section 4.2.1.
void read_versions(Bytes extension, ClientHello& hello) {
  Cursor cursor(extension);
  const auto offered = numbers(cursor.take(cursor.u8()));
  const auto all = offered.all();
  if (!all.empty()) hello.version = *std::max_element(all.begin(), all.end());
}

void read_extension(std::uint16_t type, Bytes extension, ClientHello& hello) {
  Cursor cursor(extension);
  switch (type) {
    case kServerName:
      hello.has_server_name = true;
      hello.server_name = server_name(extension);
      break;
    case kSignatureAlgorithms:
      hello.signature_algorithms = numbers(cursor.take(cursor.u16()));
      break;
    case kAlpn:
      read_alpn(extension, hello);
      break;
    case kSupportedVersions:
      read_versions(extension, hello);
      break;
    default:
      break;
  }
}

// Ends: each round takes four bytes at least.
bool read_extensions(Bytes extensions, ClientHello& hello) {
  Cursor cursor(extensions);
  while (cursor.remaining() > 0) {
    const auto type = cursor.u16();
    const auto body = cursor.take(cursor.u16());
    if (!cursor.ok()) return false;
    hello.extensions.add(type);
    read_extension(type, body, hello);
  }
  return true;
}

void append_hex(std::string& text, std::uint16_t number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (int shift = 12; shift >= 0; shift -= 4) text += kDigits[number >> shift & 15];
}

std::string joined(std::span<const std::uint16_t> all) {
  std::string text;
  for (const auto number : all) {
    if (!text.empty()) text += ',';
    append_hex(text, number);
  }
  return text;
}

std::string joined_in_order(std::span<const std::uint16_t> all) {
  std::vector<std::uint16_t> sorted(all.begin(), all.end());
  std::sort(sorted.begin(), sorted.end());
  return joined(sorted);
}

std::string digest(std::string_view list) {
  constexpr std::size_t kDigits = 12;
  return list.empty() ? std::string(kDigits, '0') : sha256_hex(list, kDigits);
}

std::string_view version_name(std::uint16_t version) {
  switch (version) {
    case 0x0304:
      return "13";
    case 0x0303:
      return "12";
    case 0x0302:
      return "11";
    case 0x0301:
      return "10";
    case 0x0300:
      return "s3";
    case 0x0002:
      return "s2";
    default:
      return "00";
  }
}

std::string two_digits(std::size_t count) {
  count = std::min<std::size_t>(count, 99);
  return {static_cast<char>('0' + count / 10), static_cast<char>('0' + count % 10)};
}

bool alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// The first and the last character of the first protocol, or of its hexadecimal form.
std::string alpn_mark(std::string_view first) {
  if (first.empty()) return "00";
  if (alphanumeric(first.front()) && alphanumeric(first.back())) {
    return {first.front(), first.back()};
  }
  std::string hex;
  append_hex(hex, static_cast<std::uint8_t>(first.front()));
  append_hex(hex, static_cast<std::uint8_t>(first.back()));
  return {hex[2], hex[7]};
}

}  // namespace

void OfferedNumbers::add(std::uint16_t number) {
  if (grease(number)) return;
  if (count_ < kMost) {
    numbers_[count_++] = number;
  } else {
    overflown_ = true;
  }
}

std::string ClientHello::alpn_list() const {
  std::string text;
  for (const auto& name : alpn) {
    if (!text.empty() && !name.empty()) text += ',';
    text += name;
  }
  return text;
}

std::string ClientHello::ja4() const {
  if (ciphers.overflown() || extensions.overflown() || signature_algorithms.overflown()) return {};
  OfferedNumbers hashed;
  for (const auto type : extensions.all()) {
    if (type != kServerName && type != kAlpn) hashed.add(type);
  }
  auto offers = joined_in_order(hashed.all());
  const auto algorithms = joined(signature_algorithms.all());
  if (!algorithms.empty()) offers += "_" + algorithms;
  return "t" + std::string(version_name(version)) + (has_server_name ? "d" : "i") +
         two_digits(ciphers.all().size()) + two_digits(extensions.all().size()) +
         alpn_mark(alpn[0]) + "_" + digest(joined_in_order(ciphers.all())) + "_" + digest(offers);
}

std::optional<ClientHello> read_client_hello(Bytes body) {
  ClientHello hello;
  Cursor cursor(body);
  hello.version = cursor.u16();
  cursor.skip(32);           // random
  cursor.skip(cursor.u8());  // session id
  hello.ciphers = numbers(cursor.take(cursor.u16()));
  cursor.skip(cursor.u8());  // compression methods
  if (!cursor.ok()) return std::nullopt;
  if (cursor.remaining() == 0) return hello;  // no extensions, as before TLS 1.2
  const auto extensions = cursor.take(cursor.u16());
  if (!cursor.ok() || !read_extensions(extensions, hello)) return std::nullopt;
  return hello;
}

}  // namespace camwarden
