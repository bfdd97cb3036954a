#pragma once
// Sinks: alert -> text -> world. A Format renders an alert; a Sink's transport carries the text.
// Which format, header, framing, BOM, transport and size limit are separate settings of a sink,
// because every real receiver differs. registry.cc lists formats and transports.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/result.h"
#include "base/time.h"
#include "base/yaml.h"
#include "policy/alert.h"

namespace camwarden {

enum class Header { none, rfc5424 };
enum class Framing { octet, lf };             // RFC 6587 section 3.4; datagrams ignore it
enum class Bom { automatic, never, always };  // automatic: only before plain text that is not ASCII
enum class TransportKind { udp, tcp, file, standard_output };

struct SinkOptions {
  std::string name;                 // unique; the outbox keys on it
  std::string format = "plain";     // "plain", "json", "cef"
  Header header = Header::rfc5424;  // file and stdout: none, so that JSON makes JSON lines
  Framing framing = Framing::octet;
  Bom bom = Bom::automatic;
  TransportKind transport = TransportKind::tcp;
  std::string host = "127.0.0.1";  // an address or a name
  std::uint16_t port = 514;
  std::string path;                           // of a file
  std::size_t max_bytes = 8192;               // of one message; UDP default 1232
  int facility = 20;                          // local4
  std::uint32_t enterprise_number = 32473;    // RFC 5612: the number for documentation
  Duration settle = std::chrono::seconds(2);  // a TCP connection must outlive a message this long
  std::vector<AlertType> types;               // which events; empty: all that tell of a device
  bool operator==(const SinkOptions&) const = default;
};

// What a message says about the machine that sends it.
struct Origin {
  std::string hostname, version;
  int process_id = 0;
};

// The keys that an entry may have.
std::vector<std::string_view> sink_keys();
// Reads one entry of the configuration's `sinks`: nothing after reporting all that is wrong with
// it. That names are unique is for the caller to see.
std::optional<SinkOptions> read_sink(const YamlNode& node, Diagnostics& diagnostics);

// The whole message as it is put on the transport, framing excepted, at most max_bytes octets.
std::string render(const Alert& alert, const SinkOptions& options, const Origin& origin);

}  // namespace camwarden
