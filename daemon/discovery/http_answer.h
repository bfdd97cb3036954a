#pragma once
// One HTTP answer, as far as asking on needs it: is it all here, and what does it say. What it says
// of the device is for the protocol readers.
//
// Thread: any; a value.

#include <string>
#include <string_view>

#include "base/bytes.h"

namespace camwarden {

struct HttpAnswer {
  enum State { partial, whole, foreign };  // foreign: no HTTP
  int status = 0;
  std::string server, realm, location, type;
  std::string body;      // its first kMaxBody octets, chunks put together
  std::size_t size = 0;  // octets of all of it
  bool closes = false;   // the server ends the connection behind it

  static constexpr std::size_t kMaxBody = 64 << 10;
  // `closed`: no more will come.
  static State read(std::string_view bytes, bool closed, HttpAnswer& answer);

  // A server that met both questions with the same did not look at what was asked.
  bool same_as(const HttpAnswer& other) const;
  // The very page, or prompt, of the same server through another door; not one that says nothing,
  // as any may have.
  bool same_page_as(const HttpAnswer& other) const;
};

}  // namespace camwarden
