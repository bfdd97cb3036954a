#pragma once
// The body of a TLS ClientHello (RFC 8446 section 4.1.2; TLS 1.2: RFC 5246 section 7.4.1.2): the
// name that the client asks for, the protocols that it speaks, and its JA4.
//
// JA4, FoxIO's fingerprint of TLS clients, made anew from its public description
// (technical_details/ JA4.md of FoxIO-LLC/ja4): what the client offers, sorted, so that a client
// that shuffles its extensions keeps its print.
//
// Limits: 256 cipher suites, extensions and signature algorithms each, 8 protocols. No client comes
// near; a hello with more has no JA4. Views into the message.
//
// Thread: any; values on the stack of a reader.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace camwarden {

// Numbers of a list in the hello, GREASE (RFC 8701) left out.
class OfferedNumbers {
 public:
  static constexpr std::size_t kMost = 256;
  void add(std::uint16_t number);
  std::span<const std::uint16_t> all() const { return std::span(numbers_).first(count_); }
  bool overflown() const { return overflown_; }

 private:
  std::array<std::uint16_t, kMost> numbers_;
  std::size_t count_ = 0;
  bool overflown_ = false;
};

struct ClientHello {
  static constexpr std::size_t kMaxProtocols = 8;

  std::uint16_t version = 0;  // the highest that it supports
  bool has_server_name = false;
  std::string_view server_name;
  std::array<std::string_view, kMaxProtocols> alpn;  // in the client's order; "" behind the last
  OfferedNumbers ciphers, extensions, signature_algorithms;

  std::string alpn_list() const;  // "h2,http/1.1"
  std::string ja4() const;        // "" when it has none
};

// Nothing when the message is malformed.
std::optional<ClientHello> read_client_hello(Bytes body);

}  // namespace camwarden
