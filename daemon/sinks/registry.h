#pragma once
// The two lists of sinks/: how an alert can be written (formats) and how the text can leave
// (transports). A new one is a source file and a line in registry.cc; the configuration reader and
// the courier learn of it here.
//
// Thread: any; the lists are constants.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sinks/sink.h"

namespace camwarden {

class Link;
struct LinkContext;

struct Format {
  std::string_view name;
  // Free text for people: may have a BOM before it, and gives way to the header's structured data
  // when space is short. The others are for parsers, which a BOM breaks (rsyslog mmjsonparse and
  // liblognorm's cef were seen to fail on it).
  bool for_people;
  // At most `limit` bytes of valid UTF-8 without control characters, and whole in its own syntax.
  std::string (*body)(const Alert& alert, const Origin& origin, std::size_t limit);
};

struct Transport {
  std::string_view name;
  TransportKind kind;
  Header header;                           // unless the configuration says otherwise
  std::size_t max_bytes;                   // likewise
  std::size_t most_bytes;                  // that max_bytes may be
  std::span<const std::string_view> keys;  // of the configuration, that only some transports have
  std::unique_ptr<Link> (*open)(LinkContext& context, SinkOptions options);
};

const Format* find_format(std::string_view name);  // nullptr when unknown
std::vector<std::string_view> format_names();
const Transport& transport_of(TransportKind kind);
std::span<const Transport> transports();

// The formats: format_<name>.cc.
std::string plain_body(const Alert& alert, const Origin& origin, std::size_t limit);
std::string json_body(const Alert& alert, const Origin& origin, std::size_t limit);
std::string cef_body(const Alert& alert, const Origin& origin, std::size_t limit);

// The transports: to_<name>.cc.
std::unique_ptr<Link> open_tcp(LinkContext& context, SinkOptions options);
std::unique_ptr<Link> open_udp(LinkContext& context, SinkOptions options);
std::unique_ptr<Link> open_file(LinkContext& context, SinkOptions options);
std::unique_ptr<Link> open_standard_output(LinkContext& context, SinkOptions options);

}  // namespace camwarden
