// TUTK Kalay, a peer-to-peer protocol of Wyze and many labels, on the link over UDP 32761 (fact
// sheet on discovery protocols, section 33; message types from the go2rtc project). Datagrams are
// scrambled in blocks of 16 bytes under a text that never changes. Whoever knows a UID asks the
// link for it, and the device answers; cameras are its most frequent users, not its only ones.

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "protocols/answer.h"

namespace camwarden {

extern const Protocol kTutk;

namespace {

constexpr Field kDevice{"tutk.device", FieldKind::text, FieldRole::attribute,
                        "answers searches of TUTK's peer-to-peer protocol: version"};
constexpr Field kUid{"tutk.uid", FieldKind::text, FieldRole::identifier,
                     "UID in an answer of TUTK's peer-to-peer protocol"};
constexpr Field kProbe{"tutk.probe", FieldKind::text, FieldRole::attribute,
                       "searches by TUTK's peer-to-peer protocol, as an app does: search"};
constexpr const Field* kFields[] = {&kDevice, &kUid, &kProbe};

constexpr std::uint16_t kPorts[] = {32761};
constexpr std::string_view kKey = "Charlie is the designer of P2P!!";
constexpr std::size_t kBlock = 16, kReadBlocks = 3;  // the header, and the UID behind it
constexpr std::array<std::uint8_t, kBlock> kOrder{11, 9, 8, 15, 13, 10, 12, 14,
                                                  2,  1, 5, 0,  6,  4,  7,  3};
constexpr std::uint32_t kSearch = 0x010621, kReply = 0x020612;
constexpr std::size_t kUidBytes = 20;

using Block = std::array<std::uint8_t, kBlock>;

// Each of the four little-endian words turned left, the first by `first` bits, each further one by
// four more.
void turn_words(Block& block, int first) {
  for (std::size_t at = 0; at < kBlock; at += 4) {
    auto word = Cursor(Bytes(block).subspan(at, 4)).u32_le();
    word = std::rotl(word, static_cast<int>(at) + first);
    for (std::size_t i = 0; i < 4; ++i) block[at + i] = static_cast<std::uint8_t>(word >> 8 * i);
  }
}

Block unscramble(Bytes sixteen) {
  Block block{}, ordered{};
  std::copy(sixteen.begin(), sixteen.end(), block.begin());
  turn_words(block, 3);
  for (std::size_t i = 0; i < kBlock; ++i) {
    ordered[i] = static_cast<std::uint8_t>(block[kOrder[i]] ^ static_cast<std::uint8_t>(kKey[i]));
  }
  turn_words(ordered, 1);
  return ordered;
}

bool is_uid(std::string_view text) {
  return text.size() == kUidBytes && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
         });
}

void read_reply(const Facts& facts, Bytes message, std::uint8_t version) {
  const auto who = sender_of(facts.packet());
  facts.say(who, kDevice, std::to_string(version));
  const auto uid = text_at(message, kBlock, kUidBytes);
  if (is_uid(uid)) facts.say(who, kUid, uid);
}

void read(const Packet& packet, FactSink& sink) {
  constexpr std::size_t kBytes = kBlock * kReadBlocks;
  if (packet.payload.size() < kBytes) return;
  std::array<std::uint8_t, kBytes> clear{};
  for (std::size_t at = 0; at < kBytes; at += kBlock) {
    const auto block = unscramble(packet.payload.subspan(at, kBlock));
    std::copy(block.begin(), block.end(), clear.begin() + static_cast<std::ptrdiff_t>(at));
  }
  Cursor cursor(clear);
  const auto magic = cursor.u16();
  const auto version = cursor.u8();
  cursor.skip(1);
  const std::size_t length = cursor.u16_le();
  cursor.skip(2);
  const auto type = cursor.u32() >> 8;
  const bool whole = packet.truncated || length + kBlock == packet.payload.size();
  if (magic != 0x0402 || !whole) return;
  const Facts facts(packet, kTutk.name, sink);
  if (type == kSearch) facts.say(sender_of(packet), kProbe, "search");
  if (type == kReply) read_reply(facts, clear, version);
}

}  // namespace

const Protocol kTutk{.name = "tutk", .fields = kFields, .udp_ports = kPorts, .on_datagram = read};

}  // namespace camwarden
