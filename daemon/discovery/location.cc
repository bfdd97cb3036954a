#include "discovery/location.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace camwarden {

namespace {

// No query, no escape that hides another path.
bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("/_.:~-").find(c) != std::string_view::npos;
}

Location location_of(std::string_view url, const IpAddress& of) {
  constexpr std::size_t kLongest = 200;
  if (url.size() > kLongest || printable(url) != url) return {};
  const bool tls = istarts_with(url, "https://");
  if (!tls && !istarts_with(url, "http://")) return {};
  url.remove_prefix(tls ? 8 : 7);
  const auto host = of.is_v6() ? "[" + of.to_string() + "]" : of.to_string();
  if (!istarts_with(url, host)) return {};
  url.remove_prefix(host.size());
  unsigned port = tls ? 443 : 80;
  if (url.starts_with(':')) {
    const auto [end, failed] = std::from_chars(url.data() + 1, url.data() + url.size(), port);
    if (failed != std::errc() || port == 0 || port > 65535) return {};
    url.remove_prefix(static_cast<std::size_t>(end - url.data()));
  }
  if (!url.starts_with('/') || !std::all_of(url.begin(), url.end(), is_plain)) return {};
  const bool order = url.find("..") != url.npos || ifind(url, "cgi") != url.npos;
  if (order) return {};
  return {static_cast<std::uint16_t>(port), std::string(url), tls};
}

// What is asked there is a POST, and its answer is evidence, so that the path must look like no
// other.
bool is_service(const Location& location) {
  return location.port != 0 && (istarts_with(location.path, "/onvif") ||
                                to_lower(location.path).ends_with("/device_service"));
}

}  // namespace

Location description_in(std::string_view answer, const IpAddress& of) {
  const auto at = ifind(answer, "\nlocation:");
  if (at == std::string_view::npos) return {};
  const auto line = answer.substr(at + 10);
  auto location = location_of(trim(line.substr(0, line.find('\n'))), of);
  return location.tls ? Location{} : location;
}

// By the element's local name: of the many that a proxy lists the device's own may be any.
Location service_in(std::string_view answer, const IpAddress& of) {
  constexpr std::string_view kName = "XAddrs", kBlank = " \t\r\n";
  constexpr std::size_t kMost = 16;  // addresses
  std::size_t seen = 0;
  for (auto at = answer.find(kName); at != answer.npos; at = answer.find(kName)) {
    answer.remove_prefix(at + kName.size());
    auto urls = answer.substr(0, answer.find('<'));
    urls.remove_prefix(std::min(urls.find('>'), urls.size() - 1) + 1);  // and attributes
    while (seen++ < kMost && !(urls = trim(urls)).empty()) {
      const auto end = std::min(urls.find_first_of(kBlank), urls.size());
      if (auto location = location_of(urls.substr(0, end), of); is_service(location))
        return location;
      urls.remove_prefix(end);
    }
  }
  return {};
}

}  // namespace camwarden
