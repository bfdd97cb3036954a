#pragma once
// The syslog protocol's HEADER and STRUCTURED-DATA (RFC 5424 sections 6.2 and 6.3): all before the
// message's own text. Parameter names are snake_case, because rsyslog's mmpstrucdata lower-cases
// them. Values have no control characters, and exactly '"', '\' and ']' are escaped.

#include <cstddef>
#include <string>

#include "sinks/sink.h"

namespace camwarden {

// "<PRI>1 TIME HOST camwarden PROCID MSGID", without structured data; at most 340 bytes.
std::string rfc5424_header(const Alert& alert, const SinkOptions& options, const Origin& origin);

// "[event@PEN ...][meta ...][origin ...]" in at most `limit` bytes, or "-".
std::string rfc5424_structured_data(const Alert& alert, const SinkOptions& options,
                                    const Origin& origin, std::size_t limit);

}  // namespace camwarden
