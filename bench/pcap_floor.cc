// bench_floor: the least that a reader of a capture can do: libpcap's loop, the addresses and ports
// of each packet, and a sum over them so that nothing is optimised away. Camwarden's cost is told
// as a multiple of this.

#include <pcap/pcap.h>

#include <cstdint>
#include <cstdio>

namespace {

struct Totals {
  std::uint64_t packets = 0, octets = 0, tcp = 0, udp = 0, sum = 0;
};

std::uint32_t number(const u_char* at, int octets) {
  std::uint32_t value = 0;
  for (int i = 0; i < octets; ++i) value = value << 8 | at[i];
  return value;
}

void read_ip(Totals& totals, const u_char* ip, std::uint32_t length) {
  if (length < 20) return;
  const std::uint32_t header = (ip[0] & 15u) * 4;
  totals.sum += number(ip + 12, 4) ^ number(ip + 16, 4);
  if (length < header + 4) return;
  totals.sum += number(ip + header, 2) ^ number(ip + header + 2, 2);
  totals.tcp += ip[9] == 6 ? 1 : 0;
  totals.udp += ip[9] == 17 ? 1 : 0;
}

void read_frame(u_char* user, const pcap_pkthdr* header, const u_char* frame) {
  Totals& totals = *static_cast<Totals*>(static_cast<void*>(user));
  totals.packets += 1;
  totals.octets += header->len;
  std::uint32_t at = 12;
  while (header->caplen >= at + 6 && number(frame + at, 2) == 0x8100) at += 4;
  if (header->caplen < at + 2 || number(frame + at, 2) != 0x0800) return;
  read_ip(totals, frame + at + 2, header->caplen - at - 2);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: bench_floor FILE.pcap\n");
    return 2;
  }
  char error[PCAP_ERRBUF_SIZE] = "";
  pcap_t* capture = pcap_open_offline(argv[1], error);
  if (capture == nullptr) {
    std::fprintf(stderr, "bench_floor: %s\n", error);
    return 1;
  }
  Totals totals;
  const int code =
      pcap_loop(capture, -1, read_frame, static_cast<u_char*>(static_cast<void*>(&totals)));
  pcap_close(capture);
  std::printf(
      "%llu packets, %llu bytes, %llu tcp, %llu udp, sum %llx\n",
      static_cast<unsigned long long>(totals.packets),
      static_cast<unsigned long long>(totals.octets), static_cast<unsigned long long>(totals.tcp),
      static_cast<unsigned long long>(totals.udp), static_cast<unsigned long long>(totals.sum));
  return code == 0 ? 0 : 1;
}
