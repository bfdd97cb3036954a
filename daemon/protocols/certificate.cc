#include "protocols/certificate.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>

#include "base/address.h"

namespace camwarden {
namespace {

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using X509Owner = std::unique_ptr<X509, Freed<X509_free>>;
using BioOwner = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using NumberOwner = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using NamesOwner = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;

std::string text_of(const ASN1_STRING* text) {
  const auto length = std::max(0, ASN1_STRING_length(text));
  return std::string(as_text({ASN1_STRING_get0_data(text), static_cast<std::size_t>(length)}));
}

std::string text_of(const X509_NAME* name) {
  const BioOwner out(BIO_new(BIO_s_mem()));
  // Without ESC_MSB, which would write every letter outside ASCII as \XX.
  constexpr unsigned long kForm =
      XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  if (!out || X509_NAME_print_ex(out.get(), name, 0, kForm) < 0) return {};
  std::string text(BIO_ctrl_pending(out.get()), '\0');
  const int length = BIO_read(out.get(), text.data(), static_cast<int>(text.size()));
  text.resize(static_cast<std::size_t>(std::max(0, length)));
  return text;
}

std::string number_of(const ASN1_INTEGER* integer) {
  constexpr int kMaxOctets = 20;  // RFC 5280 section 4.1.2.2
  if (ASN1_STRING_length(integer) > kMaxOctets) return {};
  const NumberOwner number(ASN1_INTEGER_to_BN(integer, nullptr));
  char* digits = number ? BN_bn2hex(number.get()) : nullptr;
  const std::string text = digits ? digits : "";
  OPENSSL_free(digits);
  return text;
}

std::string day_of(const ASN1_TIME* time) {
  std::tm day{};
  std::array<char, 16> text{};
  if (ASN1_TIME_to_tm(time, &day) != 1) return "?";
  return std::string(text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &day));
}

std::string text_of(const GENERAL_NAME& name) {
  if (name.type == GEN_DNS) return text_of(name.d.dNSName);
  if (name.type != GEN_IPADD) return {};
  const auto octets = text_of(name.d.iPAddress);
  const auto ip =
      octets.size() == 4 ? IpAddress::v4(as_bytes(octets)) : IpAddress::v6(as_bytes(octets));
  return ip.none() ? std::string() : ip.to_string();
}

std::vector<std::string> alternative_names(const X509* certificate) {
  std::vector<std::string> found;
  const NamesOwner names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
  for (int i = 0; i < count && found.size() < Certificate::kMaxNames; ++i) {
    auto text = text_of(*sk_GENERAL_NAME_value(names.get(), i));
    if (!text.empty()) found.push_back(std::move(text));
  }
  return found;
}

}  // namespace

std::optional<Certificate> read_certificate(Bytes der) {
  if (der.size() > Certificate::kMaxBytes) return std::nullopt;
  const auto* at = der.data();
  const X509Owner read(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  std::optional<Certificate> found;
  if (read) {
    found = Certificate{
        text_of(X509_get_subject_name(read.get())), text_of(X509_get_issuer_name(read.get())),
        number_of(X509_get0_serialNumber(read.get())),
        day_of(X509_get0_notBefore(read.get())) + "/" + day_of(X509_get0_notAfter(read.get())),
        alternative_names(read.get())};
  }
  ERR_clear_error();  // else the thread's queue of errors keeps what hostile bytes caused
  return found;
}

}  // namespace camwarden
