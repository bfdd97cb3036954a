// The socket filter in the kernel: drops what need not be looked at, before it is copied into the
// ring, and counts it. Attached to one packet socket each; see shunt.h for what goes in and why.
//
// A frame is passed unless its direction (addresses, ports, VLAN) is in `directions`. Even then
// connections' beginnings and ends pass, so that the same ports may be read again, and one frame in
// SHUNT_SAMPLE_NS, so that the daemon still sees who is there. An IP protocol that nobody reads
// enters by itself with its first frame. Whatever is not understood here passes: the daemon knows
// better.

// clang-format off: the helpers need the kernel's types before them
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
// clang-format on

#include "shunt_layout.h"

enum { kPass = 0x7fffffff, kDrop = 0 };
enum { kFin = 0x01, kSyn = 0x02, kRst = 0x04 };
enum { kIcmpv6 = 58 };

struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __uint(max_entries, 65536);  // set before loading
  __type(key, struct shunt_direction);
  __type(value, struct shunt_state);
} directions SEC(".maps");

// Pairs of hosts by IP protocols that nobody reads. Apart, because the kernel enters them itself: a
// flood of made-up ones pushes no video out.
struct {
  __uint(type, BPF_MAP_TYPE_LRU_HASH);
  __uint(max_entries, 4096);
  __type(key, struct shunt_direction);
  __type(value, struct shunt_state);
} unread_pairs SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct shunt_totals);
} totals SEC(".maps");

// By IP protocol number: 1 where a protocol or a tunnel is read.
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 256);
  __type(key, __u32);
  __type(value, __u8);
} wanted SEC(".maps");

// Where the IP payload is, and of what protocol.
struct ip_payload {
  __u32 at;
  __u32 length;
  __u8 protocol;
};

static __always_inline __u16 number16(struct __sk_buff* skb, __u32 at) {
  __u16 value = 0;
  bpf_skb_load_bytes(skb, at, &value, sizeof value);
  return bpf_ntohs(value);
}

static __always_inline int read_ipv4(struct __sk_buff* skb, __u32 at, struct shunt_direction* key,
                                     struct ip_payload* payload) {
  __u8 header[20];
  if (bpf_skb_load_bytes(skb, at, header, sizeof header) != 0) return 0;
  if (header[0] >> 4 != 4) return 0;
  // A fragment's ports are elsewhere.
  if ((header[6] & 0x3f) != 0 || header[7] != 0) return 0;
  __builtin_memcpy(key->src, header + 12, 4);
  __builtin_memcpy(key->dst, header + 16, 4);
  key->version = 4;
  __u32 size = (header[0] & 0x0f) * 4;
  __u32 total = (__u32)header[2] << 8 | header[3];
  if (total == 0) return 0;  // a sender's own capture, before its card cuts it up
  payload->at = at + size;
  payload->length = total > size ? total - size : 0;
  payload->protocol = header[9];
  return 1;
}

static __always_inline int read_ipv6(struct __sk_buff* skb, __u32 at, struct shunt_direction* key,
                                     struct ip_payload* payload) {
  __u8 header[40];
  if (bpf_skb_load_bytes(skb, at, header, sizeof header) != 0) return 0;
  if (header[0] >> 4 != 6) return 0;
  __builtin_memcpy(key->src, header + 8, 16);
  __builtin_memcpy(key->dst, header + 24, 16);
  key->version = 6;
  payload->at = at + 40;
  payload->length = (__u32)header[4] << 8 | header[5];
  payload->protocol = header[6];
  // Extension headers are left to the daemon.
  return payload->protocol == IPPROTO_TCP || payload->protocol == IPPROTO_UDP ||
         payload->protocol == kIcmpv6;
}

static __always_inline void count(struct __sk_buff* skb) {
  __u32 zero = 0;
  struct shunt_totals* sum = bpf_map_lookup_elem(&totals, &zero);
  if (!sum) return;
  sum->packets += 1;
  sum->octets += skb->len;
}

static __always_inline int drop_but_sample(struct __sk_buff* skb, __u64* passed_ns) {
  __u64 now = bpf_ktime_get_ns();
  if (now - *passed_ns >= SHUNT_SAMPLE_NS) {
    *passed_ns = now;
    return kPass;
  }
  count(skb);
  return kDrop;
}

// What the other direction's state says, which is over and which this one only acknowledges.
static __always_inline struct shunt_state* other_direction(const struct shunt_direction* key) {
  struct shunt_direction other = {};
  __builtin_memcpy(other.src, key->dst, 16);
  __builtin_memcpy(other.dst, key->src, 16);
  other.src_port = key->dst_port;
  other.dst_port = key->src_port;
  other.vlan = key->vlan;
  other.protocol = key->protocol;
  other.version = key->version;
  return bpf_map_lookup_elem(&directions, &other);
}

static __always_inline int tcp(struct __sk_buff* skb, struct shunt_direction* key,
                               const struct ip_payload* payload) {
  __u8 header[14];
  if (bpf_skb_load_bytes(skb, payload->at, header, sizeof header) != 0) return kPass;
  __builtin_memcpy(&key->src_port, header, 2);
  __builtin_memcpy(&key->dst_port, header + 2, 2);
  if (header[13] & kSyn) {
    bpf_map_delete_elem(&directions, key);
    return kPass;
  }
  if (header[13] & (kFin | kRst)) return kPass;
  struct shunt_state* state = bpf_map_lookup_elem(&directions, key);
  if (state) return drop_but_sample(skb, &state->passed_ns);
  __u32 size = (header[12] >> 4) * 4;
  if (payload->length > size) return kPass;
  state = other_direction(key);
  return state ? drop_but_sample(skb, &state->answered_ns) : kPass;
}

static __always_inline int udp(struct __sk_buff* skb, struct shunt_direction* key,
                               const struct ip_payload* payload) {
  __u8 header[4];
  if (bpf_skb_load_bytes(skb, payload->at, header, sizeof header) != 0) return kPass;
  __builtin_memcpy(&key->src_port, header, 2);
  __builtin_memcpy(&key->dst_port, header + 2, 2);
  struct shunt_state* state = bpf_map_lookup_elem(&directions, key);
  return state ? drop_but_sample(skb, &state->passed_ns) : kPass;
}

static __always_inline int unread(struct __sk_buff* skb, struct shunt_direction* key) {
  struct shunt_state* state = bpf_map_lookup_elem(&unread_pairs, key);
  if (state) return drop_but_sample(skb, &state->passed_ns);
  struct shunt_state first = {.passed_ns = bpf_ktime_get_ns()};
  bpf_map_update_elem(&unread_pairs, key, &first, BPF_ANY);
  return kPass;
}

SEC("socket")
int shunt(struct __sk_buff* skb) {
  struct shunt_direction key = {};
  struct ip_payload payload = {};
  __u32 at = 12;
  if (skb->vlan_present) key.vlan = skb->vlan_tci & 0x0fff;
  __u16 type = number16(skb, at);
#pragma unroll
  for (int depth = 0; depth < 2; ++depth) {
    if (type != ETH_P_8021Q && type != ETH_P_8021AD) break;
    if (key.vlan == 0) key.vlan = number16(skb, at + 2) & 0x0fff;
    at += 4;
    type = number16(skb, at);
  }
  at += 2;
  int known = 0;
  if (type == ETH_P_IP) known = read_ipv4(skb, at, &key, &payload);
  if (type == ETH_P_IPV6) known = read_ipv6(skb, at, &key, &payload);
  if (!known) return kPass;
  key.protocol = payload.protocol;
  if (payload.protocol == IPPROTO_TCP) return tcp(skb, &key, &payload);
  if (payload.protocol == IPPROTO_UDP) return udp(skb, &key, &payload);
  __u32 number = payload.protocol;
  __u8* read = bpf_map_lookup_elem(&wanted, &number);
  return read && *read ? kPass : unread(skb, &key);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
