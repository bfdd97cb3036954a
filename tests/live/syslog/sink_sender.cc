// Sends sample alerts through the real courier, for rsyslog_parse_test.py:
//   sink_sender TRANSPORT PORT FRAMING FORMAT
// Exits with 0 when all of them were delivered. One alert is ordinary, one carries what an
// attacker would put into it.

#include <atomic>
#include <charconv>
#include <cstdio>
#include <string_view>

#include "sinks/courier.h"
#include "unit/sinks/sample_alert.h"

namespace camwarden {
namespace {

Alert hostile_alert() {
  auto alert = testing::sample_alert();
  alert.id = "hostile";
  alert.segment = "a\"b\\c]d|e=f";
  alert.device.model = "two\r\nlines \x1b[31m";
  alert.device.firmware = "\xff bad, Z\xc3\xbcrich";
  alert.device.serial = "x\"] [event@32473 rule_id=\"other\"]";
  alert.why = "line1\nline2 a\\b c=d Z\xc3\xbcrich";
  return alert;
}

SinkOptions sink_of(char** arguments) {
  SinkOptions options;
  options.name = "siem";
  options.settle = std::chrono::milliseconds(100);
  const std::string_view transport = arguments[1], port = arguments[2], framing = arguments[3];
  if (transport == "udp") options.transport = TransportKind::udp;
  if (framing == "lf") options.framing = Framing::lf;
  std::from_chars(port.data(), port.data() + port.size(), options.port);
  options.format = arguments[4];
  return options;
}

int send(const SinkOptions& options) {
  std::atomic<std::size_t> delivered{0};
  std::vector<Message> messages;
  for (const auto& alert : {testing::sample_alert(), hostile_alert()}) {
    messages.push_back({static_cast<std::int64_t>(messages.size() + 1), options.name,
                        render(alert, options, testing::sample_origin())});
  }
  const auto count = messages.size();
  Courier courier({options}, [&](std::vector<std::int64_t> rows) { delivered += rows.size(); });
  courier.post(std::move(messages));
  courier.drain(std::chrono::seconds(10));
  return delivered == count ? 0 : 1;
}

}  // namespace
}  // namespace camwarden

int main(int count, char** arguments) {
  if (count == 5) return camwarden::send(camwarden::sink_of(arguments));
  std::fputs("usage: sink_sender tcp|udp PORT octet|lf plain|json|cef\n", stderr);
  return 2;
}
