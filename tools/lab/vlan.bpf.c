// Copies every frame that enters the lab's switch to the SPAN port, tagged with the VLAN of the port
// that it came in by. Attached at the ingress of each port, so each frame is copied once, in the
// order of the wire, and the frames between the devices stay untagged.
// SPAN_IFINDEX is given by the build, once the SPAN port exists.
#include <linux/bpf.h>
#include <linux/pkt_cls.h>

#define SECTION(name) __attribute__((section(name), used))

static long (*const vlan_push)(struct __sk_buff*, __be16, __u16) = (void*)BPF_FUNC_skb_vlan_push;
static long (*const vlan_pop)(struct __sk_buff*) = (void*)BPF_FUNC_skb_vlan_pop;
static long (*const clone_redirect)(struct __sk_buff*, __u32, __u64) = (void*)BPF_FUNC_clone_redirect;

static __attribute__((always_inline)) int copy(struct __sk_buff* frame, __u16 vlan) {
  if (vlan_push(frame, 0x0081 /* 0x8100 in network order */, vlan) != 0) return TC_ACT_UNSPEC;
  clone_redirect(frame, SPAN_IFINDEX, 0);
  vlan_pop(frame);
  return TC_ACT_UNSPEC;
}

SECTION("vlan10") int tag_core(struct __sk_buff* frame) { return copy(frame, 10); }
SECTION("vlan20") int tag_cctv(struct __sk_buff* frame) { return copy(frame, 20); }

char lent[] SECTION("license") = "GPL";  // the kernel lends clone_redirect to no other
