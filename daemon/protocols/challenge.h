#pragma once
// WWW-Authenticate of HTTP and RTSP (RFC 9110 section 11.6.1): the realm, which many cameras fill
// with their name, and the whole header, whose wording tells implementations apart.
//
// What changes with every answer (nonce, opaque, cnonce) is left empty in the whole header, or each
// answer would be a new fact about the device for ever.
//
// Thread: any; values only.

#include <string>
#include <string_view>

#include "protocols/text_message.h"

namespace camwarden {

struct ChallengeFields {
  const Field& header;
  const Field& realm;
};

// Of every WWW-Authenticate in the head; at most four, and at most four realms in each.
void say_challenges(const Facts& facts, const Subject& who, const ChallengeFields& fields,
                    const TextHead& head);

std::string without_nonces(std::string_view header);

}  // namespace camwarden
