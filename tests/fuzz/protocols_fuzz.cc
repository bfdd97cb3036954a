// Shows any bytes to any protocol: the first line names which (any other first byte chooses one),
// the byte behind it says where a stream is cut in two. Stops when a reader breaks its contract.
//
// CAMWARDEN_FUZZ_PROTOCOLS=sadp,dhip shows each input to all of these and to no other, so that a
// run's count of executions is theirs. Sequences of datagrams are beyond it (see rtp_test).

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <sstream>

#include "unit/protocols/samples.h"

namespace camwarden {
namespace {

const Protocol* body_reader(std::string_view name) {
  for (const auto* one : protocols()) {
    if (one->on_body && one->name == name) return one;
  }
  return nullptr;
}

class Judge : public FactSink {
 public:
  explicit Judge(const Protocol& by) : by_(by) {}
  void fact(const Subject& who, const Field& field, std::string_view value,
            const Evidence& evidence) override {
    // HTTP hands bodies to the protocols that read them.
    const auto* said_by = evidence.protocol == by_.name ? &by_ : body_reader(evidence.protocol);
    if (said_by == nullptr || (said_by != &by_ && by_.name != "http")) std::abort();
    const auto& fields = said_by->fields;
    const bool declared = std::find(fields.begin(), fields.end(), &field) != fields.end();
    const bool origin = who.mac.none() == (who.mac_origin == MacOrigin::none);
    if (!declared || !origin || value.empty() || value.size() > kMaxValueBytes) std::abort();
  }
  void anomaly(std::string_view name) override {
    const bool other = by_.name == "http" && body_reader(name.substr(0, name.find('.'))) != nullptr;
    if (!name.starts_with(by_.name) && !other) std::abort();
  }

 private:
  const Protocol& by_;
};

Packet packet_with(Bytes bytes) {
  Packet packet;
  packet.number = 1;
  packet.src_mac.octets = {0, 0, 0x5e, 0, 0x53, 0x99};
  packet.dst_mac.octets = {0, 0, 0x5e, 0, 0x53, 0x01};
  packet.src = IpAddress::v4(0xc0000240U);
  packet.dst = IpAddress::v4(0xc000020aU);
  packet.ttl = 64;
  packet.payload = packet.link_payload = bytes;
  return packet;
}

// Shows `bytes` in a block of its own size; returns how much was consumed.
Progress show_stream(const Protocol& to, Bytes bytes, bool closed, std::uint32_t& scratch,
                     Judge& judge) {
  const auto block = std::make_unique<std::uint8_t[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), block.get());
  const auto packet = packet_with({});
  const auto progress =
      to.on_stream({packet, {block.get(), bytes.size()}, closed, &scratch}, judge);
  if (progress.consumed > bytes.size()) std::abort();
  return progress;
}

void in_two_pieces(const Protocol& to, Bytes bytes, std::size_t cut, Judge& judge) {
  std::uint32_t scratch = 0;
  (void)to.recognise(bytes);
  const auto first = show_stream(to, bytes.first(cut), false, scratch, judge);
  if (first.verdict == Progress::more) {
    (void)show_stream(to, bytes.subspan(first.consumed), true, scratch, judge);
  }
}

void whole(const Protocol& to, Bytes bytes, Judge& judge) {
  auto packet = packet_with(bytes);
  packet.src_port = to.udp_ports.empty() ? 0 : to.udp_ports[0];
  show_once(to, packet, judge);
}

// Those that the environment names; a name that nobody has ends the run.
std::vector<const Protocol*> named() {
  std::vector<const Protocol*> chosen;
  const auto* given = std::getenv("CAMWARDEN_FUZZ_PROTOCOLS");
  std::istringstream names(given == nullptr ? "" : given);
  for (std::string name; std::getline(names, name, ',');) {
    const auto all = protocols();
    const auto one =
        std::find_if(all.begin(), all.end(), [&](auto* it) { return it->name == name; });
    if (one == all.end()) {
      std::cerr << "no protocol is called " << name << '\n';
      std::exit(2);
    }
    chosen.push_back(*one);
  }
  return chosen;
}

// And takes what says so off the input.
const Protocol& choose(std::string_view& input) {
  const auto all = protocols();
  for (const auto* one : all) {
    if (!input.starts_with(one->name) || !input.substr(one->name.size()).starts_with('\n'))
      continue;
    input.remove_prefix(one->name.size() + 1);
    return *one;
  }
  const auto byte = static_cast<unsigned char>(input[0]);
  input.remove_prefix(1);
  return *all[byte % all.size()];
}

void show(const Protocol& to, std::string_view input) {
  const std::size_t cut = static_cast<unsigned char>(input[0]);
  const auto rest = as_bytes(input.substr(1));
  Judge judge(to);
  if (to.on_stream) {
    in_two_pieces(to, rest, rest.size() * cut / 256, judge);
  } else {
    whole(to, rest, judge);
  }
}

void one_input(std::string_view input) {
  static const auto only = named();
  if (input.empty()) return;
  const auto& chosen = choose(input);
  if (input.empty()) return;
  if (only.empty()) return show(chosen, input);
  for (const auto* one : only) show(*one, input);
}

}  // namespace
}  // namespace camwarden

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  camwarden::one_input(camwarden::as_text({bytes, size}));
  return 0;
}
