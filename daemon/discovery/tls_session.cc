#include "discovery/tls_session.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <utility>

#include "base/check.h"

namespace camwarden {
namespace {

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
struct FreeSession {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};

// Security level 0: the point is to hear old devices, not to trust them with anything.
std::unique_ptr<SSL_CTX, FreeContext> lenient_context() {
  std::unique_ptr<SSL_CTX, FreeContext> context(SSL_CTX_new(TLS_client_method()));
  CHECK(context != nullptr);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
  SSL_CTX_set_cipher_list(context.get(), "ALL:@SECLEVEL=0");
  SSL_CTX_set_options(context.get(), SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_IGNORE_UNEXPECTED_EOF);
  return context;
}

}  // namespace

struct TlsSession::Session {
  std::unique_ptr<SSL_CTX, FreeContext> context = lenient_context();
  std::unique_ptr<SSL, FreeSession> ssl{SSL_new(context.get())};
  BIO* in = BIO_new(BIO_s_mem());   // owned by ssl
  BIO* out = BIO_new(BIO_s_mem());  // owned by ssl
  std::string text;

  Session() {
    CHECK(ssl != nullptr && in != nullptr && out != nullptr);
    SSL_set_bio(ssl.get(), in, out);
    SSL_set_connect_state(ssl.get());
  }

  // Bounded by what was fed: no more comes out than went in.
  State read() {
    std::array<char, 4096> piece;
    int count;
    while ((count = SSL_read(ssl.get(), piece.data(), static_cast<int>(piece.size()))) > 0) {
      text.append(piece.data(), static_cast<std::size_t>(count));
    }
    const int reason = SSL_get_error(ssl.get(), count);
    if (reason == SSL_ERROR_ZERO_RETURN) return ended;
    return reason == SSL_ERROR_WANT_READ ? open : broken;
  }
};

TlsSession::TlsSession() : session_(std::make_unique<Session>()) {}
TlsSession::~TlsSession() = default;
TlsSession::TlsSession(TlsSession&&) noexcept = default;
TlsSession& TlsSession::operator=(TlsSession&&) noexcept = default;

// SSL_get_error(3) looks at the thread's queue of errors, where another session's may still stand.
TlsSession::State TlsSession::feed(Bytes wire) {
  ERR_clear_error();
  if (!wire.empty()) BIO_write(session_->in, wire.data(), static_cast<int>(wire.size()));
  auto* ssl = session_->ssl.get();
  if (!SSL_is_init_finished(ssl)) {
    const int done = SSL_do_handshake(ssl);
    if (done != 1) return SSL_get_error(ssl, done) == SSL_ERROR_WANT_READ ? shaking : broken;
  }
  return session_->read();
}

std::string TlsSession::take_wire() {
  char* bytes = nullptr;
  const auto count = BIO_get_mem_data(session_->out, &bytes);
  std::string wire(bytes, count > 0 ? static_cast<std::size_t>(count) : 0);
  (void)BIO_reset(session_->out);
  return wire;
}

std::string TlsSession::take_text() { return std::exchange(session_->text, {}); }

void TlsSession::write(std::string_view text) {
  if (!text.empty()) SSL_write(session_->ssl.get(), text.data(), static_cast<int>(text.size()));
}

std::string TlsSession::certificate() const {
  const auto* certificate = SSL_get0_peer_certificate(session_->ssl.get());
  if (certificate == nullptr) return "";
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate, &der);
  std::string out;
  if (size > 0)
    out.assign(static_cast<const char*>(static_cast<const void*>(der)),
               static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return out;
}

bool TlsSession::hides_certificate() const {
  return SSL_version(session_->ssl.get()) >= TLS1_3_VERSION;
}

}  // namespace camwarden
