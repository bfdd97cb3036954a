#pragma once
// TlsSession: the client's side of one TLS connection, without a socket: octets of the wire in,
// octets of the wire and of the stream inside out. Verifies nothing and presents nothing: it is
// here to see the certificate and to ask what is behind. Speaks what old cameras speak, from
// TLS 1.0 on.
//
// Hides OpenSSL's SSL.
//
// Thread: its owner's.

#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace camwarden {

class TlsSession {
 public:
  TlsSession();
  ~TlsSession();
  TlsSession(TlsSession&&) noexcept;
  TlsSession& operator=(TlsSession&&) noexcept;

  enum State { shaking, open, ended, broken };  // ended: by the server, as one should
  // Takes what came, and goes on; what is to be sent then waits in take_wire().
  State feed(Bytes wire);
  std::string take_wire();
  std::string take_text();  // what came inside
  void write(std::string_view text);
  // Of the server, in DER; "" while there is none.
  std::string certificate() const;
  // The version hides the certificate from whoever listens (TLS 1.3).
  bool hides_certificate() const;

 private:
  struct Session;
  std::unique_ptr<Session> session_;
};

}  // namespace camwarden
