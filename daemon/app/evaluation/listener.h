#pragma once
// Listener: what the inventory would know of a device that sends one message, or of which one fact
// is known. The protocol readers are shown the message as the worker shows them packets, and what
// they say of the device becomes a Device. One at a time, nothing is kept between them.
//
// Thread: main.

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "app/dispatch.h"
#include "app/evaluation/utterance.h"
#include "fingerprint/knowledge_base.h"
#include "inventory/device.h"
#include "packet/flow.h"
#include "protocols/protocol.h"

namespace camwarden {

class Listener {
 public:
  explicit Listener(const KnowledgeBase& knowledge) : knowledge_(knowledge) {}

  // Of several that the message speaks of, the one that is most a camera.
  std::optional<Device> hear(const Utterance& message) const;
  Device know(const Field& field, std::string_view value) const;

 private:
  const KnowledgeBase& knowledge_;
  PortTable udp_ports_;
};

}  // namespace camwarden
