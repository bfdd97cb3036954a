// What the socket filter and the daemon share, byte for byte: read by C (shunt.bpf.c) and C++.
#ifndef CAMWARDEN_PACKET_SHUNT_LAYOUT_H
#define CAMWARDEN_PACKET_SHUNT_LAYOUT_H

#include <linux/types.h>

// One direction of a conversation; ports in network order, IPv4 in the first four octets.
struct shunt_direction {
  __u8 src[16], dst[16];
  __u16 src_port, dst_port;
  __u16 vlan;  // outermost; 0: none
  __u8 protocol;
  __u8 version;  // of IP: 4 or 6
};

// When its newest frame was passed, and the newest bare acknowledgement of the other direction.
struct shunt_state {
  __u64 passed_ns, answered_ns;  // CLOCK_MONOTONIC
};

struct shunt_totals {
  __u64 packets, octets;  // dropped
};

// One frame of a shunted direction passes in ten seconds: often enough that nobody's last_seen, which
// is noted once a minute, stands still.
#define SHUNT_SAMPLE_NS 10000000000ULL

#endif
