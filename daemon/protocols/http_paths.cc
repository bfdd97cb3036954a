#include "protocols/http_paths.h"

#include <string>

#include "base/digest.h"
#include "protocols/favicon.h"

namespace camwarden {

constexpr Field kHttpKnownPath{"http.known_path", FieldKind::text, FieldRole::attribute,
                               "path that an HTTP server tells from one that cannot exist, and its "
                               "status: only of one that was asked"};

constexpr Field kHttpFavicon{
    "http.favicon_mmh3", FieldKind::number, FieldRole::attribute,
    "number of a web server's icon, as search engines have it (MurmurHash3 of its base64)"};

constexpr Field kHttpFaviconMd5{"http.favicon_md5", FieldKind::text, FieldRole::attribute,
                                "MD5 of a web server's icon, as other tools' lists have it"};

void say_known_path(const Packet& packet, std::string_view path, int status, FactSink& sink) {
  const Facts facts(packet, "http", sink);
  facts.say(sender_of(packet), kHttpKnownPath, std::string(path) + " " + std::to_string(status));
}

void say_favicon(const Packet& packet, std::string_view icon, FactSink& sink) {
  const Facts facts(packet, "http", sink);
  facts.say(sender_of(packet), kHttpFavicon, std::to_string(favicon_number(icon)));
  facts.say(sender_of(packet), kHttpFaviconMd5, md5_hex(icon));
}

}  // namespace camwarden
