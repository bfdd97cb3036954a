// Makes one veth look like many hosts, each with its own MAC: answers ARP for every address that
// somebody lives at, lets in what is sent to the right MAC, and gives what leaves its sender's MAC.
// The rest is the kernel's own TCP and UDP. hosts.h, written by segment.py, defines mac_of(): 48
// bits of MAC, or 0 where nobody lives; bit 48 is set for a host that hears ARP and nothing else.
#include <linux/bpf.h>
#include <linux/pkt_cls.h>

#define SECTION(name) __attribute__((section(name), used))
#define INLINE static __attribute__((always_inline))

static long (*const load)(const struct __sk_buff*, __u32, void*,
                          __u32) = (void*)BPF_FUNC_skb_load_bytes;
static long (*const store)(struct __sk_buff*, __u32, const void*, __u32,
                           __u64) = (void*)BPF_FUNC_skb_store_bytes;
static long (*const change_type)(struct __sk_buff*, __u32) = (void*)BPF_FUNC_skb_change_type;
static long (*const redirect)(__u32, __u64) = (void*)BPF_FUNC_redirect;

#include "hosts.h"

#define DEAF (1ULL << 48)
#define ETHERNET 14
enum { IPV4 = 0x0800, ARP = 0x0806 };

INLINE __u16 ether_type(struct __sk_buff* frame) {
  __u16 type = 0;
  load(frame, 12, &type, 2);
  return __builtin_bswap16(type);
}

INLINE __u64 resident(struct __sk_buff* frame, __u32 at) {
  __u32 address = 0;
  load(frame, at, &address, 4);
  return mac_of(__builtin_bswap32(address));
}

INLINE void write_mac(__u8* out, __u64 mac) {
  for (int i = 0; i < 6; i++) out[i] = mac >> (40 - 8 * i);
}

INLINE int answer_arp(struct __sk_buff* frame) {
  __u8 arp[ETHERNET + 28] = {};
  if (load(frame, 0, arp, sizeof(arp)) != 0 || arp[21] != 1) return TC_ACT_SHOT;
  __u64 mac = resident(frame, ETHERNET + 24);
  if (mac == 0) return TC_ACT_SHOT;
  __u8 answer[ETHERNET + 28] = {};
  __builtin_memcpy(answer, arp + 22, 6);
  write_mac(answer + 6, mac);
  __builtin_memcpy(answer + 12, arp + 12, 10);
  answer[21] = 2;
  write_mac(answer + 22, mac);
  __builtin_memcpy(answer + 28, arp + 38, 4);
  __builtin_memcpy(answer + 32, arp + 22, 10);  // sha and spa become tha and tpa
  store(frame, 0, answer, sizeof(answer), 0);
  return redirect(frame->ifindex, 0);
}

SECTION("enter") int let_in(struct __sk_buff* frame) {
  __u16 type = ether_type(frame);
  if (type == ARP) return answer_arp(frame);
  __u8 target[6] = {}, wanted[6] = {};
  load(frame, 0, target, 6);
  if (type != IPV4) return TC_ACT_SHOT;
  if (target[0] & 1) return TC_ACT_UNSPEC;  // to all
  __u64 mac = resident(frame, ETHERNET + 16);
  if (mac == 0 || mac & DEAF) return TC_ACT_SHOT;
  write_mac(wanted, mac);
  for (int i = 0; i < 6; i++)
    if (target[i] != wanted[i]) return TC_ACT_SHOT;
  change_type(frame, 0 /* PACKET_HOST */);
  return TC_ACT_UNSPEC;
}

SECTION("leave") int let_out(struct __sk_buff* frame) {
  if (ether_type(frame) != IPV4) return TC_ACT_UNSPEC;
  __u64 mac = resident(frame, ETHERNET + 12);
  if (mac == 0) return TC_ACT_UNSPEC;
  __u8 source[6];
  write_mac(source, mac);
  store(frame, 6, source, 6, 0);
  return TC_ACT_UNSPEC;
}

char lent[] SECTION("license") = "GPL";
