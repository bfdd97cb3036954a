#include "discovery/port_dialogue.h"

#include <fmt/format.h>

#include "discovery/rtsp_dialogue.h"
#include "discovery/tls_dialogue.h"

namespace camwarden {

std::unique_ptr<Dialogue> dialogue_for(const PortPlan& port, const IpAddress& device, Ear ear,
                                       WebFindings findings, HttpDialogue::Device& web,
                                       WebPaths paths) {
  const auto host = host_header(device, port.port);
  const auto ask_web = [&] {
    return std::make_unique<HttpDialogue>(host, ear, std::move(findings), web, std::move(paths));
  };
  switch (port.ask) {
    case Ask::http:
      return ask_web();
    case Ask::https:
      return std::make_unique<TlsDialogue>(ear, ask_web());
    case Ask::rtsp:
      return std::make_unique<RtspDialogue>(host, ear);
    case Ask::greeting:
      return std::make_unique<GreetingDialogue>(ear, nullptr);
    case Ask::either:
      return std::make_unique<GreetingDialogue>(ear, ask_web());
  }
  return nullptr;
}

std::string host_header(const IpAddress& device, std::uint16_t port) {
  const auto name = device.is_v6() ? "[" + device.to_string() + "]" : device.to_string();
  return port == 80 || port == 443 ? name : fmt::format("{}:{}", name, port);
}

}  // namespace camwarden
