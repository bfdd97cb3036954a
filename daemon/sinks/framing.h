#pragma once
// RFC 6587 section 3.4: how a receiver of a stream finds where a message ends.

#include <string>
#include <string_view>

#include "sinks/sink.h"

namespace camwarden {

// octet: "LEN SP MSG" with LEN in octets. lf: the message and a line feed; control characters
// within the message are escaped, because a line feed there would make two messages of it.
std::string framed(std::string_view message, Framing framing);

}  // namespace camwarden
