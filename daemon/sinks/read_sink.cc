// A sink as the configuration has it.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "sinks/registry.h"
#include "sinks/sink.h"

namespace camwarden {
namespace {

constexpr std::size_t kLeastBytes = 480;  // RFC 5424 section 6.1: every receiver takes so many

template <typename Value, std::size_t N>
using Words = std::array<std::pair<std::string_view, Value>, N>;

constexpr Words<Header, 2> kHeaders{{{"none", Header::none}, {"rfc5424", Header::rfc5424}}};
constexpr Words<Framing, 2> kFramings{{{"octet", Framing::octet}, {"lf", Framing::lf}}};
constexpr Words<Bom, 3> kBoms{
    {{"auto", Bom::automatic}, {"never", Bom::never}, {"always", Bom::always}}};
// RFC 5424 table 1.
constexpr Words<int, 24> kFacilities{
    {{"kern", 0},      {"user", 1},    {"mail", 2},    {"daemon", 3},  {"auth", 4},
     {"syslog", 5},    {"lpr", 6},     {"news", 7},    {"uucp", 8},    {"cron", 9},
     {"authpriv", 10}, {"ftp", 11},    {"ntp", 12},    {"audit", 13},  {"alert", 14},
     {"clock", 15},    {"local0", 16}, {"local1", 17}, {"local2", 18}, {"local3", 19},
     {"local4", 20},   {"local5", 21}, {"local6", 22}, {"local7", 23}}};

Words<AlertType, 5> type_words() {
  using enum AlertType;
  return {{{to_string(device_discovered), device_discovered},
           {to_string(violation_opened), violation_opened},
           {to_string(violation_upgraded), violation_upgraded},
           {to_string(violation_resolved), violation_resolved},
           {to_string(sensor_sight), sensor_sight}}};
}

std::vector<std::string_view> names_of(const auto& words) {
  std::vector<std::string_view> names;
  for (const auto& word : words) names.push_back(word.first);
  return names;
}

template <typename Value, std::size_t N>
std::optional<Value> pick(const std::optional<YamlNode>& node, const Words<Value, N>& words) {
  const auto word = node ? node->choice(names_of(words)) : std::nullopt;
  if (!word) return std::nullopt;
  return std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.first == *word; })
      ->second;
}

template <typename Value>
void set(Value& value, const auto& read) {
  if (read) value = static_cast<Value>(*read);
}

bool name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

void read_name(const YamlNode& node, SinkOptions& options) {
  const auto at = node.require("name");
  const auto name = at ? at->text() : std::nullopt;
  if (!name) return;
  options.name = *name;
  const bool plain =
      !name->empty() && name->size() <= 64 && std::all_of(name->begin(), name->end(), name_letter);
  if (!plain) at->error("a sink's name has 1 to 64 letters, digits, '-', '_' or '.'");
}

// A host name of DNS, or an address: what getaddrinfo() can take and a log can show.
void read_host(const YamlNode& node, SinkOptions& options) {
  const auto at = node.get("host");
  const auto host = at ? at->text() : std::nullopt;
  if (!host) return;
  options.host = *host;
  const bool plain = !host->empty() && host->size() <= 253 &&
                     std::all_of(host->begin(), host->end(),
                                 [](char c) { return name_letter(c) || c == ':' || c == '%'; });
  if (!plain) at->error("expected a host name or an address such as 192.0.2.10 or 2001:db8::10");
}

void read_path(const YamlNode& node, SinkOptions& options) {
  const auto at = node.get("path");
  const auto path = at ? at->text() : std::nullopt;
  if (!path) return;
  options.path = *path;
  if (path->empty() || path->find('\0') != std::string::npos) at->error("expected a file's path");
}

const Transport& read_transport(const YamlNode& node, const SinkOptions& options) {
  const auto at = node.get("transport");
  std::vector<std::string_view> names;
  for (const auto& transport : transports()) names.push_back(transport.name);
  const auto word = at ? at->choice(names) : std::nullopt;
  if (!word) return transport_of(options.transport);
  return transports()[static_cast<std::size_t>(std::find(names.begin(), names.end(), *word) -
                                               names.begin())];
}

void read_max_bytes(const YamlNode& node, const Transport& transport, SinkOptions& options) {
  const auto at = node.get("max_bytes");
  const auto size = at ? at->size() : std::nullopt;
  if (!size) return;
  options.max_bytes = *size;
  if (*size >= kLeastBytes && *size <= transport.most_bytes) return;
  at->error(fmt::format("max_bytes over {} is from {} to {}", transport.name, kLeastBytes,
                        transport.most_bytes));
}

void read_settle(const YamlNode& node, SinkOptions& options) {
  const auto at = node.get("settle");
  const auto settle = at ? at->duration() : std::nullopt;
  if (!settle) return;
  options.settle = *settle;
  if (*settle > std::chrono::minutes(5)) at->error("settle is at most 5m");
}

void read_types(const YamlNode& node, SinkOptions& options) {
  const auto at = node.get("types");
  if (!at) return;
  const auto words = type_words();
  for (const auto& item : at->list()) {
    if (const auto type = pick(std::optional(item), words)) options.types.push_back(*type);
  }
  if (at->is_list() && at->list().empty()) {
    at->error("an empty list would send nothing; leave \"types\" out for all");
  }
}

void check_transport_keys(const YamlNode& node, const Transport& transport) {
  for (const std::string_view key : {"host", "port", "path", "framing", "settle"}) {
    const auto at = node.get(key);
    const auto& known = transport.keys;
    if (!at || std::find(known.begin(), known.end(), key) != known.end()) continue;
    at->error(fmt::format("\"{}\" means nothing to transport {}; remove it", key, transport.name));
  }
  if (transport.kind == TransportKind::file && !node.get("path")) {
    node.error("transport file needs a \"path\"");
  }
}

void check_bom(const YamlNode& node, const SinkOptions& options) {
  const auto* format = find_format(options.format);
  if (options.bom != Bom::always || !format) return;
  const auto at = node.get("bom");
  if (!format->for_people) {
    at->error(fmt::format("a BOM breaks parsers of {}; use \"auto\" or \"never\"", format->name));
  } else if (options.header == Header::none) {
    at->error("a BOM belongs into an rfc5424 message; without header use \"never\"");
  }
}

}  // namespace

std::vector<std::string_view> sink_keys() {
  return {"name",   "format", "header", "framing",   "bom",      "transport",
          "host",   "port",   "path",   "max_bytes", "facility", "enterprise_number",
          "settle", "types"};
}

std::optional<SinkOptions> read_sink(const YamlNode& node, Diagnostics& diagnostics) {
  const auto errors_before = diagnostics.errors().size();
  if (!node.expect_keys(sink_keys())) return std::nullopt;
  SinkOptions options;
  const auto& transport = read_transport(node, options);
  options.transport = transport.kind;
  options.header = transport.header;
  options.max_bytes = transport.max_bytes;
  read_name(node, options);
  if (const auto format = node.get("format")) set(options.format, format->choice(format_names()));
  set(options.header, pick(node.get("header"), kHeaders));
  set(options.framing, pick(node.get("framing"), kFramings));
  set(options.bom, pick(node.get("bom"), kBoms));
  set(options.facility, pick(node.get("facility"), kFacilities));
  read_host(node, options);
  if (const auto port = node.get("port")) set(options.port, port->integer(1, 65535));
  read_path(node, options);
  read_max_bytes(node, transport, options);
  if (const auto pen = node.get("enterprise_number")) {
    set(options.enterprise_number, pen->integer(1, UINT32_MAX));
  }
  read_settle(node, options);
  read_types(node, options);
  check_transport_keys(node, transport);
  check_bom(node, options);
  if (diagnostics.errors().size() != errors_before) return std::nullopt;
  return options;
}

}  // namespace camwarden
