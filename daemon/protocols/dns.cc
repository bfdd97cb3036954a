// DNS over UDP 53 (RFC 1035): which names of camera clouds a host asks for, and who answers for
// others. Facts: fact sheet on discovery protocols, section 43.
//
// Which questions are told. Everybody asks for everything, so a fact for each name would tell what
// people read, and fill the inventory with what no fingerprint knows. The left half does not know
// fingerprints, but it may know in which few domains a name can matter at all: those of
// cloud_domains.cc. Nothing else leaves this reader, so what a host adds is bounded by how many
// names such clouds have, and no browsing is told. The price is that a maker with a new cloud needs
// a line there; a test says so when a fingerprint asks for a name that is never told.
//
// Whose sign it is. `dns.query` is hearsay: a desktop that opens a maker's site, an app, and a
// resolver that asks for a whole building all ask for these names, so it supports what a device
// says of itself and names nobody alone. `dns.stub_query` is the same name asked as firmware asks:
// for recursion, one question, and without EDNS, which resolvers and desktops send (RFC 6891; BIND,
// Unbound, Windows DNS and systemd-resolved all do). Fingerprints on it are for names that only
// devices ask for. What is left are forwarders that pass a question on as it was: they answer too,
// and `dns.resolver` says of an answerer that it is one.
//
// The addresses in answers belong to clouds, not to devices here, so they are not told. An answer
// repeats its question, and so tells the asker's where only that direction is seen.

#include "protocols/cloud_domains.h"
#include "protocols/dns_message.h"
#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kDns;

namespace {

constexpr Field kQuery{"dns.query", FieldKind::text, FieldRole::attribute,
                       "name of a camera cloud that a host asks DNS for, for whomever", true};
constexpr Field kStubQuery{
    "dns.stub_query", FieldKind::text, FieldRole::attribute,
    "name of a camera cloud that a host asks DNS for in the way of firmware"};
constexpr Field kResolver{"dns.resolver", FieldKind::text, FieldRole::attribute,
                          "answers DNS questions for others: recursion"};
constexpr const Field* kFields[] = {&kQuery, &kStubQuery, &kResolver};

constexpr std::uint16_t kPort = 53;
constexpr std::uint16_t kPorts[] = {kPort};

void read_answer(const Facts& facts, const DnsReader& message, std::string_view name) {
  const auto& packet = facts.packet();
  if (packet.src_port != kPort) return;
  if (message.recursion_available()) facts.say(sender_of(packet), kResolver, "recursion");
  if (in_cloud_domain(name)) facts.say(receiver_of(packet), kQuery, name);
}

// A resolver that walks down from the root asks without recursion: for whom, nobody can tell.
void read_query(const Facts& facts, const DnsReader& message, std::string_view name) {
  if (facts.packet().dst_port != kPort || !in_cloud_domain(name)) return;
  const auto who = sender_of(facts.packet());
  facts.say(who, kQuery, name);
  if (message.recursion_desired() && message.bare_question()) facts.say(who, kStubQuery, name);
}

void read(const Packet& packet, FactSink& sink) {
  const Facts facts(packet, kDns.name, sink);
  DnsReader message(packet.payload);
  if (message.malformed()) return facts.truncated("dns.truncated");
  if (!message.plain() || message.question_count() != 1) return;
  DnsQuestion question;
  if (!message.next(question)) {
    if (message.malformed()) facts.truncated("dns.malformed");
    return;
  }
  question.name.fold_case();
  if (message.response()) {
    read_answer(facts, message, question.name.text());
  } else {
    read_query(facts, message, question.name.text());
  }
}

}  // namespace

const Protocol kDns{.name = "dns", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
