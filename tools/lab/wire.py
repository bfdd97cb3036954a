"""Frames and capture files, byte by byte, with nothing but the standard library.

Used by the lab's devices (which must send before they own an address), by the latency bench and by
the scripts that make the replay captures. Builds only; nothing here parses bytes from a network.
"""
import ipaddress
import struct

ETH_IPV4, ETH_ARP, ETH_VLAN, ETH_QINQ, ETH_IPV6 = 0x0800, 0x0806, 0x8100, 0x88A8, 0x86DD
BROADCAST = "ff:ff:ff:ff:ff:ff"
ETHERNET, RAW_IP, LINUX_SLL, LINUX_SLL2 = 1, 101, 113, 276  # pcap link types


def mac(text):
    return bytes.fromhex(text.replace(":", "").replace("-", ""))


def ip(text):
    return ipaddress.ip_address(text).packed


def checksum(octets):
    if len(octets) % 2:
        octets += b"\0"
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def multicast_mac(group):
    """RFC 1112 section 6.4 and RFC 2464 section 7."""
    packed = ip(group)
    if len(packed) == 4:
        return "01:00:5e:%02x:%02x:%02x" % (packed[1] & 0x7F, packed[2], packed[3])
    return "33:33:%02x:%02x:%02x:%02x" % tuple(packed[12:])


def ethernet(dst, src, ether_type, payload, vlans=()):
    """`vlans`: outermost first; two make QinQ (802.1ad outside, 802.1Q inside)."""
    tags = b""
    for depth, vlan in enumerate(vlans):
        outer = len(vlans) == 2 and depth == 0
        tags += struct.pack("!HH", ETH_QINQ if outer else ETH_VLAN, vlan)
    return mac(dst) + mac(src) + tags + struct.pack("!H", ether_type) + payload


def arp(operation, sha, spa, tha, tpa):
    return struct.pack("!HHBBH", 1, ETH_IPV4, 6, 4, operation) + mac(sha) + ip(spa) + mac(tha) + ip(tpa)


def ipv4_header(src, dst, protocol, length, ttl=64, ident=1, flags_offset=0):
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + length, ident, flags_offset, ttl, protocol, 0)
    head += ip(src) + ip(dst)
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:]


def ipv4(src, dst, protocol, payload, ttl=64, ident=1):
    return ipv4_header(src, dst, protocol, len(payload), ttl, ident) + payload


def ipv4_fragments(src, dst, protocol, payload, size=1480, ident=1):
    out = []
    for at in range(0, len(payload), size):
        part = payload[at:at + size]
        more = 0x2000 if at + size < len(payload) else 0
        out.append(ipv4_header(src, dst, protocol, len(part), 64, ident, more | at // 8) + part)
    return out


def ipv6(src, dst, protocol, payload, hops=64):
    return struct.pack("!IHBB", 6 << 28, len(payload), protocol, hops) + ip(src) + ip(dst) + payload


def ipv6_fragments(src, dst, protocol, payload, size=1400, ident=1):
    out = []
    for at in range(0, len(payload), size):
        part = payload[at:at + size]
        more = 1 if at + size < len(payload) else 0
        head = struct.pack("!BBHI", protocol, 0, at | more, ident)  # RFC 8200 section 4.5
        out.append(ipv6(src, dst, 44, head + part))
    return out


def _transport_sum(src, dst, protocol, segment):
    pseudo = ip(src) + ip(dst) + struct.pack("!II", len(segment), protocol)
    return checksum(pseudo + segment)


def udp(src, sport, dst, dport, payload):
    """The UDP datagram alone; put it into ipv4() or ipv6() with protocol 17."""
    head = struct.pack("!HHHH", sport, dport, 8 + len(payload), 0)
    total = _transport_sum(src, dst, 17, head + payload) or 0xFFFF
    return head[:6] + struct.pack("!H", total) + payload


def ip_packet(src, dst, protocol, payload, ttl=64, ident=1):
    if ":" in src:
        return ipv6(src, dst, protocol, payload, ttl)
    return ipv4(src, dst, protocol, payload, ttl, ident)


def udp_packet(src, sport, dst, dport, payload, ttl=64, ident=1):
    return ip_packet(src, dst, 17, udp(src, sport, dst, dport, payload), ttl, ident)


FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16


def tcp_packet(src, sport, dst, dport, seq, ack, flags, payload=b"", ttl=64, ident=1):
    head = struct.pack("!HHIIBBHHH", sport, dport, seq & 0xFFFFFFFF, ack & 0xFFFFFFFF, 5 << 4, flags,
                       64240, 0, 0)
    total = _transport_sum(src, dst, 6, head + payload)
    segment = head[:16] + struct.pack("!H", total) + head[18:] + payload
    return ip_packet(src, dst, 6, segment, ttl, ident)


class Conversation:
    """A TCP connection as the list of its IP packets, each with the side that sent it."""

    def __init__(self, client, client_port, server, server_port, isn=1000, mss=1460, server_ttl=64):
        self.ends = ((client, client_port), (server, server_port))
        self.next = [isn, isn * 7]
        self.mss, self.ttl, self.ident = mss, (64, server_ttl), 1
        self.packets = []  # (0 from the client or 1 from the server, IP packet)
        self._send(0, SYN)
        self._send(1, SYN | ACK)
        self._send(0, ACK)

    def _send(self, side, flags, payload=b""):
        (src, sport), (dst, dport) = self.ends[side], self.ends[1 - side]
        ack = self.next[1 - side] if flags & ACK else 0
        self.packets.append((side, tcp_packet(src, sport, dst, dport, self.next[side], ack, flags,
                                              payload, self.ttl[side], self.ident)))
        self.ident += 1
        self.next[side] += len(payload) + (1 if flags & (SYN | FIN) else 0)

    def say(self, side, octets):
        for at in range(0, len(octets), self.mss):
            self._send(side, PSH | ACK, octets[at:at + self.mss])
        self._send(1 - side, ACK)
        return self

    def ask(self, request, answer):
        return self.say(0, request).say(1, answer)

    def close(self):
        self._send(1, FIN | ACK)
        self._send(0, FIN | ACK)
        self._send(1, ACK)
        return self


def dhcp(kind, xid, chaddr, options=(), ciaddr="0.0.0.0", yiaddr="0.0.0.0", reply=False):
    """RFC 2131; `options` are (code, bytes) after option 53."""
    body = struct.pack("!BBBBIHH", 2 if reply else 1, 1, 6, 0, xid, 0, 0x8000)
    body += ip(ciaddr) + ip(yiaddr) + bytes(8) + mac(chaddr) + bytes(10) + bytes(192)
    body += bytes.fromhex("63825363") + bytes([53, 1, kind])
    for code, value in options:
        body += bytes([code, len(value)]) + value
    body += b"\xff"
    return body + bytes(max(0, 300 - len(body)))  # BOOTP's least length, RFC 1542 section 2.1


def sll(packet, src, protocol, packet_type=0):
    return struct.pack("!HHH", packet_type, 1, 6) + mac(src) + bytes(2) + struct.pack("!H", protocol) + packet


def sll2(packet, src, protocol, packet_type=0, interface=2):
    head = struct.pack("!HHIHBB", protocol, 0, interface, 1, packet_type, 6)
    return head + mac(src) + bytes(2) + packet


class Pcap:
    """A capture in the making. Time starts at a fixed moment, so that files come out the same."""

    START = 1_790_000_000_000_000  # microseconds: 2026-09-21T13:33:20Z

    def __init__(self, link_type=ETHERNET, snap_length=262144):
        self.link_type, self.snap_length = link_type, snap_length
        self.records, self.now = [], self.START

    def add(self, frame, after=0.01):
        self.records.append((self.now, frame[:self.snap_length], len(frame)))
        self.now += int(after * 1_000_000)
        return self

    def pcap(self):
        out = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, self.snap_length, self.link_type)]
        for when, frame, length in self.records:
            out.append(struct.pack("<IIII", when // 1_000_000, when % 1_000_000, len(frame), length) + frame)
        return b"".join(out)

    def pcapng(self):
        """Section header, one interface, enhanced packet blocks (microseconds, the default)."""
        def block(kind, body):
            body += bytes(-len(body) % 4)
            return struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)
        out = [block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)),
               block(1, struct.pack("<HHI", self.link_type, 0, self.snap_length))]
        for when, frame, length in self.records:
            head = struct.pack("<IIIII", 0, when >> 32, when & 0xFFFFFFFF, len(frame), length)
            out.append(block(6, head + frame))
        return b"".join(out)
