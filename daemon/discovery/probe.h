#pragma once
// Probe: one question over UDP that makes cameras tell what they are, as one entry of a table: what
// to send, where to, and which protocol reads the answer. registry.cc is the list.
//
// Every question is one that the makers' own tools ask every few seconds, reads and never writes,
// and fits into one datagram (fact sheet on discovery protocols, section 42). None carries a
// credential.
//
// Thread: any; constants.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"

namespace camwarden {

// Who asks, for those questions that say so; and a number that differs with every question.
struct Asker {
  MacAddress mac;
  IpAddress ip;
  std::uint64_t nonce = 0;
};

// Makers by name, one of whom made a device as far as is known. None: it may be anybody's.
using Suspects = std::vector<std::string>;

struct Probe {
  std::string_view name;      // for people; unique
  std::string_view protocol;  // that reads the answer
  std::string_view maker = {};  // whose protocol it is; none: a standard, or many makers share it
  std::uint16_t port = 0;     // asked
  std::string (*question)(const Asker&) = nullptr;
  // How a whole segment is asked: this group, or by broadcast where there is none.
  std::string_view group = {}, group6 = {};
  std::uint16_t from = 0;  // port that must be asked from; 0: any
  std::uint16_t answers =
      0;  // port of this host that answers go to; 0: where the question came from
  std::string_view heard = {};  // group that answers go to, or none
  bool segment = true;          // may be put to a whole segment
  bool unicast = true;          // may be put to one device
  std::string_view source;      // of the fact: a section of the sheet, or a standard
};

std::span<const Probe> probes();
// The makers' own; what is a standard names whoever fills it in.
bool names_maker(const Probe& probe);
// Whether an answer may come of a device that one of them made. What is a standard may be answered
// by everybody; what small makers share, by those who have no protocol of their own on the list.
bool may_answer(const Probe& probe, const Suspects& suspects);

}  // namespace camwarden
