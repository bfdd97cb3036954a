#pragma once
// What only a question can show of an HTTP server: that it knows a path, because it answers another
// that cannot exist differently. A password prompt for a maker's path says nothing where every path
// is met with one.
//
// Thread: any.

#include <string_view>

#include "protocols/facts.h"

namespace camwarden {

// "/ISAPI/System/deviceInfo 401", of the packet's sender.
void say_known_path(const Packet& packet, std::string_view path, int status, FactSink& sink);

// The numbers of its icon: see favicon.h.
void say_favicon(const Packet& packet, std::string_view icon, FactSink& sink);

extern const Field kHttpKnownPath;
extern const Field kHttpFavicon;
extern const Field kHttpFaviconMd5;

}  // namespace camwarden
