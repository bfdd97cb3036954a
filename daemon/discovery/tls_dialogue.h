#pragma once
// TlsDialogue: another dialogue inside of TLS. The server's handshake is shown to the reader that
// listens too; a certificate that TLS 1.3 hides from listeners is shown to it as TLS 1.2 would have
// sent it.
//
// Thread: its owner's.

#include <optional>

#include "discovery/dialogue.h"
#include "discovery/tls_session.h"

namespace camwarden {

class TlsDialogue final : public Dialogue {
 public:
  TlsDialogue(Ear ear, std::unique_ptr<Dialogue> inside)
      : ear_(std::move(ear)), inside_(std::move(inside)) {}

  Turn connected() override;
  Turn heard(Bytes bytes, bool closed) override;
  Turn silence() override;
  bool unfinished() const override { return !broken_ && inside_->unfinished(); }

 private:
  Turn shake(Bytes bytes, bool closed);
  Turn give_up();
  Turn pass_on(Turn turn);
  void show_handshake();

  Ear ear_;
  std::unique_ptr<Dialogue> inside_;
  std::optional<TlsSession> session_;
  std::string handshake_;
  bool open_ = false, shown_ = false, broken_ = false;
};

// A Certificate message (RFC 5246 section 7.4.2) of that one certificate, in records.
std::string certificate_message(std::string_view der);

}  // namespace camwarden
