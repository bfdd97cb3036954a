#include "protocols/http_paths.h"

#include <string>

#include "protocols/favicon.h"

namespace camwarden {

constexpr Field kHttpKnownPath{"http.known_path", FieldKind::text, FieldRole::attribute,
                               "path that an HTTP server tells from one that cannot exist, and its "
                               "status: only of one that was asked"};

constexpr Field kHttpFavicon{
    "http.favicon_mmh3", FieldKind::number, FieldRole::attribute,
    "number of a web server's icon, as search engines have it (MurmurHash3 of its base64)"};

void say_known_path(const Packet& packet, std::string_view path, int status, FactSink& sink) {
  const Facts facts(packet, "http", sink);
  facts.say(sender_of(packet), kHttpKnownPath, std::string(path) + " " + std::to_string(status));
}

void say_favicon(const Packet& packet, std::string_view icon, FactSink& sink) {
  const Facts facts(packet, "http", sink);
  facts.say(sender_of(packet), kHttpFavicon, std::to_string(favicon_number(icon)));
}

}  // namespace camwarden
