#pragma once
// Messages of every protocol, taken from the captures in tests/replay: a protocol that has its
// capture there has its samples here, and is shown to every generic test and to the fuzzer.

#include <string>
#include <vector>

#include "protocols/protocol.h"

namespace camwarden {

struct Sample {
  const Protocol* protocol;
  std::string
      bytes;  // what its on_* reads: a frame's or IP payload, a datagram, a direction, a body
};

// At most `per_protocol` of each, none twice. Captures whose name begins with "hostile" are left
// out.
std::vector<Sample> samples_in(const std::string& directory, std::size_t per_protocol = 12);

// Shows bytes to whichever way in the protocol has, as one packet or one message.
void show_once(const Protocol& to, const Packet& packet, FactSink& sink);

}  // namespace camwarden
