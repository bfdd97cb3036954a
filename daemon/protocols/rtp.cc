// RTP (RFC 3550) over UDP on any port: who sends live video, for long, even when all else that it
// says is encrypted. Cameras do, and recorders that relay them; so does a computer in a call, or
// one that streams. So this is a vague sign of the sender, and of a receiver that it looks on.
//
// Nothing is said before one source (SSRC) has sent kPackets with advancing sequence numbers over
// kLongEnough, and its timestamps have run at the rate of a media clock: chance does neither. What
// a clock of 90 kHz tells is video (RFC 3551 section 5 has no audio at it but MPEG's). Once the
// first kPackets are in order and at a medium's clock, a packet now and then will do: the same
// source and the same clock at the end of kLongEnough say as much as all between.
//
// Left out: what browsers and meeting programs send. They put several sources into one conversation
// (RFC 8843), so none keeps it to itself, and header extensions of RFC 8285 into their packets.

#include <algorithm>
#include <array>
#include <optional>

#include "protocols/facts.h"

namespace camwarden {

extern const Protocol kRtp;

namespace {

constexpr Field kSends{"rtp.sends", FieldKind::text, FieldRole::attribute,
                       "sends live media for long, to one receiver: video, jpeg, mpeg-ts, audio"};
constexpr Field kMulticast{"rtp.multicast", FieldKind::text, FieldRole::attribute,
                           "sends live media for long, to a multicast group: video, jpeg, mpeg-ts, "
                           "audio"};
constexpr Field kReceives{"rtp.receives", FieldKind::text, FieldRole::attribute,
                          "is sent live media for long: it looks on, records, or is in a call"};
constexpr const Field* kFields[] = {&kSends, &kMulticast, &kReceives};

constexpr std::size_t kHeaderBytes = 12;
constexpr std::uint32_t kPackets = 300;
constexpr Duration kLongEnough = std::chrono::seconds(60);
constexpr Duration kClockTold = std::chrono::seconds(3);  // a clock is known to 5 % by then

struct Header {
  std::uint8_t type = 0;
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  std::uint32_t source = 0;
};

// RFC 3551 section 6: 0 to 34 are assigned, but for a few; 96 to 127 are dynamic. What would be 64
// to 95 is RTCP on the same port (RFC 5761 section 4).
bool media_type(std::uint8_t type) { return type <= 34 || type >= 96; }

// An extension as browsers send it: one-byte or two-byte elements (RFC 8285 section 4).
bool browsers_extension(Cursor& cursor) {
  const auto profile = cursor.u16();
  return profile == 0xbede || (profile & 0xfff0) == 0x1000;
}

std::optional<Header> read_header(Bytes payload) {
  Cursor cursor(payload);
  const auto first = cursor.u8();
  if (first >> 6 != 2) return std::nullopt;
  Header header;
  header.type = cursor.u8() & 0x7f;
  header.sequence = cursor.u16();
  header.timestamp = cursor.u32();
  header.source = cursor.u32();
  cursor.skip(std::size_t{4} * (first & 0x0f));
  if (!cursor.ok() || cursor.remaining() == 0 || !media_type(header.type)) return std::nullopt;
  const bool extended = (first & 0x10) != 0;
  if (extended && (browsers_extension(cursor) || !cursor.ok())) return std::nullopt;
  return header;
}

bool recognise(Bytes payload) { return payload.size() > kHeaderBytes && read_header(payload); }

// The run of one source within a conversation, in the four words that the worker remembers.
class Run {
 public:
  explicit Run(const DatagramFlow& flow) : flow_(flow), words_(flow.scratch) {}

  // False when the packet begins a new run, or comes late.
  bool advance(const Header& header) {
    const bool same = packets() > 0 && words_[0] == header.source && type() == header.type;
    if (same && in_order()) return true;
    const auto ahead = static_cast<std::int16_t>(header.sequence - sequence());
    constexpr int kMaxGap = 100;
    if (!same || ahead > kMaxGap || ahead < -kMaxGap) return begin(header);
    if (ahead <= 0) return false;
    keep(header.sequence, header.type, std::min(packets() + 1, kMaxPackets));
    return true;
  }

  // So many came in order that gaps in what follows are the sampling's.
  bool in_order() const { return packets() >= kPackets; }
  bool long_enough() const { return in_order() && age() >= kLongEnough; }
  bool clock_told() const { return in_order() && age() >= kClockTold; }

  // Timestamps per second, over the run so far; they wrap within 13 hours at 90 kHz.
  double clock(const Header& header) const {
    const std::uint32_t ticks = header.timestamp - words_[2];
    return static_cast<double>(ticks) / std::chrono::duration<double>(age()).count();
  }

  bool begin(const Header& header) {
    words_[0] = header.source;
    keep(header.sequence, header.type, 1);
    measure_again(header);
    return false;
  }

  // From here on; what was in order stays so.
  void measure_again(const Header& header) {
    words_[2] = header.timestamp;
    words_[3] = since_first();
  }

 private:
  static constexpr std::uint32_t kMaxPackets = 511;  // 16 bits of sequence, 7 of type, 9 of count

  std::uint16_t sequence() const { return static_cast<std::uint16_t>(words_[1]); }
  std::uint8_t type() const { return words_[1] >> 16 & 0x7f; }
  std::uint32_t packets() const { return words_[1] >> 23; }
  void keep(std::uint16_t sequence, std::uint8_t type, std::uint32_t packets) {
    words_[1] = packets << 23 | std::uint32_t{type} << 16 | sequence;
  }
  std::uint32_t since_first() const {
    const auto since = flow_.packet.time - flow_.first;
    return static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
  }
  Duration age() const { return std::chrono::milliseconds(since_first() - words_[3]); }

  const DatagramFlow& flow_;
  std::array<std::uint32_t, 4>& words_;
};

bool near(double rate, double clock) { return rate > clock * 0.95 && rate < clock * 1.05; }

// RFC 3551 section 6, RFC 2435, RFC 2250. "" when it is no medium's clock.
std::string_view medium(std::uint8_t type, double rate) {
  constexpr std::array<double, 7> kAudioClocks{8000, 11025, 16000, 22050, 32000, 44100, 48000};
  const bool video = near(rate, 90000);
  if (type == 14) return video ? "audio" : "";
  if (type == 26) return video ? "jpeg" : "";
  if (type == 33) return video ? "mpeg-ts" : "";
  if (video) return type >= 96 || type == 25 || type == 28 || type >= 31 ? "video" : "";
  return std::any_of(kAudioClocks.begin(), kAudioClocks.end(),
                     [&](double one) { return near(rate, one); })
             ? "audio"
             : "";
}

void say(const Packet& packet, std::string_view medium, FactSink& sink) {
  const Facts facts(packet, kRtp.name, sink);
  if (packet.dst.multicast()) return facts.say(sender_of(packet), kMulticast, medium);
  facts.say(sender_of(packet), kSends, medium);
  if (packet.dst.host()) facts.say(receiver_of(packet), kReceives, medium);
}

bool read(const DatagramFlow& flow, FactSink& sink) {
  const auto header = read_header(flow.packet.payload);
  if (!header) return false;
  Run run(flow);
  if (!run.advance(*header) || !run.clock_told()) return false;
  const auto found = medium(header->type, run.clock(*header));
  if (!run.long_enough()) return !found.empty();
  if (!found.empty()) say(flow.packet, found, sink);
  // The next is judged by what comes, and said once in a while. What no medium's clock drives for
  // so long is none.
  found.empty() ? void(run.begin(*header)) : run.measure_again(*header);
  return true;
}

}  // namespace

const Protocol kRtp{
    .name = "rtp", .fields = kFields, .recognise_datagram = recognise, .on_datagram_flow = read};

}  // namespace camwarden
