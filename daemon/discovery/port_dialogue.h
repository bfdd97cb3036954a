#pragma once
// Which dialogue a port of the table gets.
//
// Thread: any.

#include <memory>
#include <string>

#include "discovery/http_dialogue.h"
#include "discovery/ports.h"

namespace camwarden {

std::unique_ptr<Dialogue> dialogue_for(const PortPlan& port, const IpAddress& device, Ear ear,
                                       WebFindings findings, HttpDialogue::Device& web,
                                       WebPaths paths);

// "192.0.2.1", "[2001:db8::1]:8080" (RFC 9110 section 7.2); a port that is the protocol's own is
// left out.
std::string host_header(const IpAddress& device, std::uint16_t port);

}  // namespace camwarden
