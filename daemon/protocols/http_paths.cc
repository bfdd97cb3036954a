#include "protocols/http_paths.h"

#include <string>

namespace camwarden {

constexpr Field kHttpKnownPath{"http.known_path", FieldKind::text, FieldRole::attribute,
                               "path that an HTTP server tells from one that cannot exist, and its "
                               "status: only of one that was asked"};

void say_known_path(const Packet& packet, std::string_view path, int status, FactSink& sink) {
  const Facts facts(packet, "http", sink);
  facts.say(sender_of(packet), kHttpKnownPath, std::string(path) + " " + std::to_string(status));
}

}  // namespace camwarden
