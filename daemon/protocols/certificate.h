#pragma once
// An X.509 certificate (RFC 5280) in DER: what it says of the host that presents it. Nothing is
// verified: who presents it may have copied it, as every reader of public bytes must assume.
//
// Hides OpenSSL's parser. Limits: 16 KiB of DER, 8 alternative names.
//
// Thread: any; values only.

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace camwarden {

struct Certificate {
  static constexpr std::size_t kMaxBytes = 16 << 10;
  static constexpr std::size_t kMaxNames = 8;

  // As RFC 4514 writes them, the most specific part first: "CN=axis-accc8e112233,O=Axis
  // Communications AB". Text stays UTF-8.
  std::string subject, issuer;
  std::string serial;              // hexadecimal; the issuer's number, never a device's
  std::string validity;            // "2020-01-01/2040-01-01"; a part that makes no sense is "?"
  std::vector<std::string> names;  // subjectAltName: DNS names and IP addresses
};

std::optional<Certificate> read_certificate(Bytes der);

}  // namespace camwarden
