#include "discovery/location.h"

#include <charconv>

#include "base/text.h"

namespace camwarden {

Location location_in(std::string_view answer, const IpAddress& of) {
  const auto at = ifind(answer, "\nlocation:");
  if (at == std::string_view::npos) return {};
  auto url = answer.substr(at + 10);
  url = trim(url.substr(0, url.find('\n')));
  const auto prefix = "http://" + of.to_string();
  constexpr std::size_t kLongest = 200;
  if (!istarts_with(url, prefix) || url.size() > kLongest || printable(url) != url) return {};
  url.remove_prefix(prefix.size());
  unsigned port = 80;
  if (url.starts_with(':')) {
    const auto [end, failed] = std::from_chars(url.data() + 1, url.data() + url.size(), port);
    if (failed != std::errc() || port == 0 || port > 65535) return {};
    url.remove_prefix(static_cast<std::size_t>(end - url.data()));
  }
  if (!url.starts_with('/') || url.find_first_of(" ?") != std::string_view::npos) return {};
  if (ifind(url, "cgi") != std::string_view::npos) return {};
  return {static_cast<std::uint16_t>(port), std::string(url)};
}

}  // namespace camwarden
