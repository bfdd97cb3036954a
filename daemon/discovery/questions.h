#pragma once
// The questions of probes that are more than a constant: how each is put into bytes. Layouts are of
// the fact sheet on discovery protocols; what they mean is told at the protocol that reads the
// answer.
//
// Thread: any; pure functions.

#include <initializer_list>
#include <string>

#include "discovery/probe.h"

namespace camwarden {

// "6b29fc40-ca47-4067-b31d-00dd010662da" of a number: RFC 4122 version 4 in form.
std::string uuid_of(std::uint64_t nonce);
std::string octets(std::initializer_list<int> values, std::size_t padded_to = 0);

std::string ask_wsdiscovery_cameras(const Asker& asker);
std::string ask_wsdiscovery_devices(const Asker& asker);
std::string ask_sadp(const Asker& asker);
std::string ask_dhip(const Asker& asker);
std::string ask_ssdp(const Asker& asker);
std::string ask_ssdp6(const Asker& asker);
std::string ask_mdns(const Asker& asker);
std::string ask_easyip(const Asker& asker);
std::string ask_topsee(const Asker& asker);
std::string ask_rcp(const Asker& asker);
std::string ask_kasa(const Asker& asker);

}  // namespace camwarden
