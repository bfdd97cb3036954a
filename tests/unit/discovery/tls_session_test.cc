// Sessions beside each other in one thread: what goes wrong in one is no news of another.

#include "discovery/tls_session.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

namespace camwarden {
namespace {

template <auto release>
struct Free {
  template <typename T>
  void operator()(T* one) const {
    release(one);
  }
};

// A TLS server without a socket, with a certificate that it signs itself.
class Server {
 public:
  Server()
      : key_(EVP_EC_gen("P-256")),
        certificate_(X509_new()),
        context_(SSL_CTX_new(TLS_server_method())) {
    ASN1_INTEGER_set(X509_get_serialNumber(certificate_.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate_.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate_.get()), 3600);
    X509_set_pubkey(certificate_.get(), key_.get());
    X509_sign(certificate_.get(), key_.get(), EVP_sha256());
    SSL_CTX_use_certificate(context_.get(), certificate_.get());
    SSL_CTX_use_PrivateKey(context_.get(), key_.get());
    ssl_.reset(SSL_new(context_.get()));
    in_ = BIO_new(BIO_s_mem());
    out_ = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl_.get(), in_, out_);
    SSL_set_accept_state(ssl_.get());
  }
  std::string shake(const std::string& wire) {
    BIO_write(in_, wire.data(), static_cast<int>(wire.size()));
    SSL_do_handshake(ssl_.get());
    return take();
  }
  std::string say(std::string_view text) {
    SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size()));
    return take();
  }
  std::string end() {
    SSL_shutdown(ssl_.get());
    return take();
  }

 private:
  std::string take() {
    std::string wire(BIO_ctrl_pending(out_), '\0');
    BIO_read(out_, wire.data(), static_cast<int>(wire.size()));
    return wire;
  }

  std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>> key_;
  std::unique_ptr<X509, Free<X509_free>> certificate_;
  std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>> context_;
  std::unique_ptr<SSL, Free<SSL_free>> ssl_;
  BIO* in_ = nullptr;   // owned by ssl_
  BIO* out_ = nullptr;  // the same
};

TlsSession::State breaks() {
  TlsSession session;
  (void)session.feed({});
  return session.feed(as_bytes(std::string_view("HTTP/1.1 400 Bad Request\r\n\r\n")));
}

TEST(TlsSession, AnothersErrorsAreNotItsOwn) {
  Server server;
  TlsSession session;
  auto state = session.feed({});
  for (int i = 0; i < 4 && state == TlsSession::shaking; ++i) {
    state = session.feed(as_bytes(server.shake(session.take_wire())));
  }
  ASSERT_EQ(state, TlsSession::open);
  (void)session.feed(as_bytes(server.shake(session.take_wire())));  // and its tickets
  const auto answer = server.say("HTTP/1.1 200 OK\r\n\r\n");
  ASSERT_GT(answer.size(), 10U);
  ASSERT_EQ(breaks(), TlsSession::broken);
  EXPECT_EQ(session.feed(as_bytes(answer).first(10)), TlsSession::open);
  ASSERT_EQ(breaks(), TlsSession::broken);
  EXPECT_EQ(session.feed(as_bytes(answer).subspan(10)), TlsSession::open);
  EXPECT_EQ(session.take_text(), "HTTP/1.1 200 OK\r\n\r\n");
  EXPECT_EQ(session.feed(as_bytes(server.end())), TlsSession::ended);
}

}  // namespace
}  // namespace camwarden
