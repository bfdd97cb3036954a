#pragma once
// Dialogue: a TCP connection that is played one packet at a time, so that thousands can be
// interleaved; and what the hosts of a site say to each other.

#include <string>
#include <string_view>
#include <vector>

#include "frame.h"

namespace camwarden::bench {

struct Line {
  int side;          // 0: the client speaks, 1: the server
  std::string text;  // at most a segment
};

// What is said, shared by all dialogues of a kind.
struct Script {
  std::uint16_t port;
  std::vector<Line> lines;
  int repeats = 1;  // of the last line: a stream
};

class Dialogue {
 public:
  Dialogue(const Script& script, Host client, Host server, Random& random);
  bool over() const { return step_ >= last_; }
  void next(Frame& frame);  // the next packet

 private:
  void segment(Frame& frame, int side, std::uint8_t flags, std::string_view text);

  const Script* script_;
  Host hosts_[2];
  std::uint16_t ports_[2];
  std::uint32_t seq_[2];
  std::size_t step_ = 0, last_;
};

// A site's hosts, and what its devices are.
struct Site {
  std::vector<Host> hosts, cameras;
};
Site make_site(Random& random, std::uint32_t hosts, std::uint32_t cameras);

// Web, TLS, SSH and database traffic of ordinary hosts.
std::vector<Script> office_scripts();
// Requests to cameras, and their answers.
std::vector<Script> camera_scripts();
// Long transfers in full segments: TLS records, RTP interleaved in RTSP (RFC 2326 section 10.12).
std::vector<Script> stream_scripts(Random& random);

// A datagram of a kind that sites are full of (DNS, mDNS, SSDP, NTP, QUIC), or ARP.
void small_talk(Frame& frame, const Site& site, Random& random);
// A datagram of a camera: SADP, DHIP, WS-Discovery, DHCP.
void camera_talk(Frame& frame, const Site& site, Random& random);
// RTP over UDP, 1400 bytes a datagram: a stream of each camera, in order, at 25 frames a second of
// the capture's own time (RFC 3551: a clock of 90 kHz).
class Media {
 public:
  Media(Random& random, std::size_t cameras);
  void next(Frame& frame, const Site& site, Random& random, std::uint64_t now_us);

 private:
  std::vector<std::uint16_t> sequences_;
  std::string picture_;
};

std::string noise(Random& random, std::size_t length);

}  // namespace camwarden::bench
