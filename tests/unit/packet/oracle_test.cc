// What others make of the same frames: libtins builds them and says what it put in; tshark reads a
// file of them. Neither shares a line with the decoder.

#include <gtest/gtest.h>
#include <tins/tins.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "packet/decode.h"
#include "unit/packet/samples.h"

namespace camwarden::test {
namespace {

struct Seen {
  std::string src, dst;
  unsigned src_port = 0, dst_port = 0;
  std::size_t size = 0;
  unsigned vlan = 0;
  bool operator==(const Seen&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Seen& seen) {
  return out << seen.src << ':' << seen.src_port << " > " << seen.dst << ':' << seen.dst_port << ' '
             << seen.size << " octets, vlan " << seen.vlan;
}

Seen seen_of(const Packet& packet) {
  return {packet.src.to_string(), packet.dst.to_string(), packet.src_port,
          packet.dst_port,        packet.payload.size(),  packet.vlan};
}

Seen decode(Tins::PDU& built) {
  const Octets octets = built.serialize();
  Decoder decoder{Decoder::Options{}};
  Packet packet;
  Anomalies anomalies;
  EXPECT_TRUE(decoder.decode(frame(octets), packet, anomalies)) << anomalies.all();
  EXPECT_TRUE(anomalies.none()) << anomalies.all();
  return seen_of(packet);
}

TEST(Tins, UdpOverIpv4) {
  auto built = Tins::EthernetII("44:19:b6:00:00:02", "44:19:b6:00:00:01") /
               Tins::IP("192.168.1.2", "192.168.1.3") / Tins::UDP(37020, 5000) /
               Tins::RawPDU("probe");
  EXPECT_EQ(decode(built), (Seen{"192.168.1.3", "192.168.1.2", 5000, 37020, 5, 0}));
}

TEST(Tins, TcpWithOptionsInQinQ) {
  Tins::TCP tcp(554, 40000);
  tcp.mss(1460);
  tcp.timestamp(1, 2);
  tcp.winscale(7);
  auto built = Tins::EthernetII("44:19:b6:00:00:02", "44:19:b6:00:00:01") / Tins::Dot1Q(100) /
               Tins::Dot1Q(30) / Tins::IP("10.1.1.2", "10.1.1.3") / tcp / Tins::RawPDU("OPTIONS");
  EXPECT_EQ(decode(built), (Seen{"10.1.1.3", "10.1.1.2", 40000, 554, 7, 100}));
}

TEST(Tins, UdpOverIpv6WithHopByHop) {
  Tins::IPv6 ip("ff02::fb", "fe80::1");
  ip.add_header(Tins::IPv6::ext_header(Tins::IPv6::HOP_BY_HOP, 6, Octets{5, 2, 0, 0, 1, 0}.data()));
  auto built = Tins::EthernetII("33:33:00:00:00:fb", "44:19:b6:00:00:01") / ip /
               Tins::UDP(5353, 5353) / Tins::RawPDU("mdns");
  EXPECT_EQ(decode(built), (Seen{"fe80::1", "ff02::fb", 5353, 5353, 4, 0}));
}

TEST(Tins, ArpHasNoTransport) {
  auto built = Tins::ARP::make_arp_request("10.0.0.2", "10.0.0.1", "44:19:b6:00:00:01");
  EXPECT_EQ(decode(built), (Seen{"", "", 0, 0, 0, 0}));
}

Octets slice(const Octets& octets, std::size_t from, std::size_t size) {
  return {octets.begin() + static_cast<long>(from),
          octets.begin() + static_cast<long>(from + size)};
}

std::vector<Octets> frames_for_tshark() {
  const Octets whole = udp(3702, 40001, Octets(1992, 'w'));
  V4 first, last;
  first.more = true;
  last.offset = 1480;
  std::vector<Octets> frames = {
      ethernet(0x0800, ipv4(17, slice(whole, 0, 1480), first)),
      ethernet(0x0800, ipv4(17, slice(whole, 1480, 520), last)),
      ethernet(0x86dd, ipv6(44, v6_fragment(17, 1448, false, 5, slice(whole, 1448, 552)))),
      ethernet(0x86dd, ipv6(44, v6_fragment(17, 0, true, 5, slice(whole, 0, 1448)))),
      ethernet(0x0800, ipv4(17, udp(40002, 40003, text("padded"))) + Octets(12, 0)),
      ethernet(0x0800, ipv4(6, tcp(40004, 40005, 1, kAck, text("abc"), Octets(12, 1)))),
  };
  for (const Sample& sample : samples()) {
    if (sample.link_type == kEthernetLink && sample.octets[12] != 0)
      frames.push_back(sample.octets);
  }
  return frames;
}

void write_capture(const std::string& path, const std::vector<Octets>& frames) {
  std::ofstream file(path, std::ios::binary);  // big endian, which pcap allows
  Octets header = be32(0xa1b2c3d4) + be16(2) + be16(4) + be32(0) + be32(0) + be32(65535) + be32(1);
  file << text_of(header);
  std::uint32_t time = 1'700'000'000;
  for (const Octets& octets : frames) {
    const auto size = static_cast<std::uint32_t>(octets.size());
    file << text_of(be32(time++) + be32(0) + be32(size) + be32(size) + octets);
  }
}

// frame number -> what tshark makes of its innermost layers; frames without ports are left out.
std::map<std::size_t, Seen> ask_tshark(const std::string& path) {
  const std::string command =
      "tshark -r '" + path +
      "' -n -o ip.defragment:TRUE -o ipv6.defragment:TRUE -o tcp.desegment_tcp_streams:FALSE "
      "-T fields -E separator=, -E occurrence=l -e frame.number -e ip.src -e ipv6.src -e ip.dst "
      "-e ipv6.dst -e udp.srcport -e tcp.srcport -e udp.dstport -e tcp.dstport -e udp.length "
      "-e tcp.len -e ieee8021ad.id -e vlan.id -e erspan.vlan 2>/dev/null";
  std::map<std::size_t, Seen> answers;
  FILE* pipe = popen(command.c_str(), "r");
  char line[512];
  while (pipe != nullptr && std::fgets(line, sizeof line, pipe) != nullptr) {
    std::vector<std::string> field;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) {
      cell.erase(std::remove(cell.begin(), cell.end(), '\n'), cell.end());
      field.push_back(cell);
    }
    field.resize(14);
    const auto number = [&field](std::size_t at) {
      return field[at].empty() ? 0ul : std::stoul(field[at], nullptr, 0);
    };
    if (field[5].empty() && field[6].empty()) continue;
    const bool is_udp = !field[5].empty();
    answers[number(0)] = {field[1] + field[2],
                          field[3] + field[4],
                          static_cast<unsigned>(number(5) + number(6)),
                          static_cast<unsigned>(number(7) + number(8)),
                          is_udp ? number(9) - 8 : number(10),
                          static_cast<unsigned>(number(!field[11].empty()   ? 11
                                                       : !field[12].empty() ? 12
                                                                            : 13))};
  }
  if (pipe != nullptr) pclose(pipe);
  return answers;
}

TEST(Tshark, AgreesOnPortsLengthsAndVlans) {
  if (std::system("tshark --version >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "tshark is not installed";
  const std::string path = testing::TempDir() + "camwarden-tshark-" + std::to_string(getpid());
  const std::vector<Octets> frames = frames_for_tshark();
  write_capture(path, frames);
  const std::map<std::size_t, Seen> theirs = ask_tshark(path);
  std::filesystem::remove(path);

  Decoder decoder{Decoder::Options{}};
  std::map<std::size_t, Seen> ours;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    Packet packet;
    Anomalies anomalies;
    Frame one = frame(frames[i]);
    one.time += std::chrono::seconds(i);
    if (decoder.decode(one, packet, anomalies) && packet.src_port != 0) {
      ours[i + 1] = seen_of(packet);
    }
  }
  EXPECT_GE(ours.size(), 7u);
  EXPECT_EQ(ours, theirs);
}

}  // namespace
}  // namespace camwarden::test
