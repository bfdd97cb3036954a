#!/usr/bin/python3
"""The same words in every encapsulation that a SPAN port or a remote mirror delivers, one capture each; and
encapsulations that lie, end early or never end.

The camera is on VLAN 10 where its own frame or an ERSPAN header says so. The ends of the tunnels are documentation
addresses: none of them may become a device.
"""
import struct

from hosts import CORE, DAHUA, DAHUA_SERIAL, RECORDER, frame, say, wire, write
from make_links import packets

SWITCH = ("00:1b:54:00:00:10", "192.0.2.10")
COLLECTOR = ("00:1b:54:00:00:11", "192.0.2.11")
SWITCH6, COLLECTOR6 = "2001:db8::10", "2001:db8::11"
UDP, GRE = 17, 47
MIRRORED = 77  # the VLAN that a header gives to a frame without a tag


def outer(protocol, payload, ident=1):
    packet = wire.ipv4(SWITCH[1], COLLECTOR[1], protocol, payload, ttl=255, ident=ident)
    return wire.ethernet(COLLECTOR[0], SWITCH[0], wire.ETH_IPV4, packet, (900,))


def outer_udp(port, payload):
    return outer(UDP, wire.udp(SWITCH[1], 50000, COLLECTOR[1], port, payload))


def link(kind, payload):
    return wire.ethernet(COLLECTOR[0], SWITCH[0], kind, payload)


def inner(side, packet, vlans=()):
    """The Ethernet frame as it was on the camera's link."""
    sender, receiver = (DAHUA, RECORDER) if side else (RECORDER, DAHUA)
    return frame(sender, receiver[0], packet, vlans)


def ether_type(packet):
    return wire.ETH_IPV6 if packet[0] >> 4 == 6 else wire.ETH_IPV4


def gre(protocol, payload, key=None, sequence=None, checksum=False):
    flags = (0x8000 if checksum else 0) | (0x2000 if key is not None else 0) | (0x1000 if sequence is not None else 0)
    fields = (bytes(4) if checksum else b"") + b"".join(struct.pack("!I", f) for f in (key, sequence) if f is not None)
    head = struct.pack("!HH", flags, protocol) + fields
    if checksum:
        head = head[:4] + struct.pack("!H", wire.checksum(head + payload)) + head[6:]
    return head + payload


def erspan2(octets, vlan=MIRRORED, session=5, truncated=0):
    return gre(0x88BE, struct.pack("!HHI", 1 << 12 | vlan, truncated << 10 | session, 3) + octets, sequence=1)


def erspan3(octets, platform=False):
    last = 1 if platform else 0
    head = struct.pack("!HHIHH", 2 << 12 | MIRRORED, 5, 1000, 0, last)
    return gre(0x22EB, head + (bytes(8) if platform else b"") + octets, sequence=1)


def vxlan(octets, vni=5001):
    return struct.pack("!II", 0x08000000, vni << 8) + octets


def geneve(octets, options=b""):
    return struct.pack("!BBHI", len(options) // 4, 0, 0x6558, 5002 << 8) + options + octets


def gtp(packet, extension=False):
    fields = b"\0\x01\0\x85" + b"\x01\0\x09\0" if extension else b""  # a PDU session container
    head = struct.pack("!BBHI", 0x34 if extension else 0x30, 255, len(fields) + len(packet), 0x1234)
    return head + fields + packet


def labels(*numbers):
    return b"".join(struct.pack("!I", label << 12 | (0x100 if at == len(numbers) - 1 else 0) | 64)
                    for at, label in enumerate(numbers))


def pppoe(packet):
    ppp = (b"\0\x57" if packet[0] >> 4 == 6 else b"\0\x21") + packet
    return struct.pack("!BBHH", 0x11, 0, 7, len(ppp)) + ppp


def shimmed(ether, shim):
    """A shim between the MACs and the type."""
    def wrap(side, packet):
        whole = inner(side, packet, (CORE,))
        return whole[:12] + struct.pack("!H", ether) + shim + whole[12:]
    return wrap


def pppoe_frame(side, packet):
    whole = inner(side, packet)
    return whole[:12] + struct.pack("!H", 0x8864) + pppoe(packet)


def tzsp(octets):
    return bytes([1, 0, 0, 1, 0, 10, 1, 0xC4, 1]) + octets  # padding, signal, end


def ipv6_outer(protocol, payload):
    return wire.ethernet(COLLECTOR[0], SWITCH[0], wire.ETH_IPV6, wire.ipv6(SWITCH6, COLLECTOR6, protocol, payload))


def macsec(side, packet):
    """Integrity alone: a tag with an identifier, the frame's own octets, a check value."""
    whole = inner(side, packet, (CORE,))
    return whole[:12] + bytes.fromhex("88e52000") + struct.pack("!I", 9) + bytes(8) + whole[12:] + bytes(16)


WRAPS = {
    "vn_tag": shimmed(0x8926, bytes.fromhex("80000001")),
    "e_tag": shimmed(0x893F, bytes.fromhex("000000010000")),
    "cisco_metadata": shimmed(0x8909, bytes.fromhex("010100010064")),
    "macsec_clear": macsec,
    "pppoe": pppoe_frame,
    "mpls": lambda side, packet: link(0x8847, labels(16, 17, 18) + packet),
    "mpls_ethernet": lambda side, packet: link(0x8847, labels(30) + inner(side, packet, (CORE,))),
    "mpls_control_word": lambda side, packet: link(0x8847, labels(30, 31) + bytes(4) + inner(side, packet)),
    "pbb": lambda side, packet: link(0x88E7, struct.pack("!I", 4242) + inner(side, packet, (CORE,))),
    "trill": lambda side, packet: link(0x22F3, struct.pack("!HHH", 0x003F, 1, 2) + inner(side, packet, (CORE,))),
    "fabricpath": lambda side, packet: link(0x8903, b"\0\x7f" + inner(side, packet, (CORE,))),
    "ip_in_ip": lambda side, packet: outer(4, packet),
    "four_in_six": lambda side, packet: ipv6_outer(4, packet),
    "ether_ip": lambda side, packet: outer(97, b"\x30\0" + inner(side, packet)),
    "gre": lambda side, packet: outer(GRE, gre(ether_type(packet), packet, checksum=True)),
    "gre_ethernet": lambda side, packet: outer(GRE, gre(0x6558, inner(side, packet, (CORE,)), sequence=3)),
    "gre_mpls": lambda side, packet: outer(GRE, gre(0x8847, labels(99) + packet, key=1, sequence=2)),
    "nvgre": lambda side, packet: outer(GRE, gre(0x6558, inner(side, packet), key=6001 << 8 | 9)),
    "erspan1": lambda side, packet: outer(GRE, gre(0x88BE, inner(side, packet, (CORE,)))),
    "erspan2": lambda side, packet: outer(GRE, erspan2(inner(side, packet))),
    "erspan2_tagged": lambda side, packet: outer(GRE, erspan2(inner(side, packet, (CORE,)))),
    "erspan3": lambda side, packet: outer(GRE, erspan3(inner(side, packet))),
    "erspan3_platform": lambda side, packet: outer(GRE, erspan3(inner(side, packet), platform=True)),
    "vxlan": lambda side, packet: outer_udp(4789, vxlan(inner(side, packet))),
    "vxlan_linux": lambda side, packet: outer_udp(8472, vxlan(inner(side, packet, (CORE,)))),
    "geneve": lambda side, packet: outer_udp(6081, geneve(inner(side, packet))),
    "geneve_options": lambda side, packet: outer_udp(6081, geneve(inner(side, packet), bytes.fromhex("0102800100000001"))),
    "gtp": lambda side, packet: outer_udp(2152, gtp(packet)),
    "gtp_extension": lambda side, packet: outer_udp(2152, gtp(packet, extension=True)),
    "tzsp": lambda side, packet: outer_udp(37008, tzsp(inner(side, packet))),
    "vxlan_in_erspan": lambda side, packet: outer(GRE, erspan2(outer_udp(4789, vxlan(inner(side, packet))))),
}


def six_in_four():
    """An IPv6 camera of the same maker, through a tunnel over IPv4."""
    capture = wire.Pcap()
    talk = wire.Conversation("fd00:10::2", 40000, "fd00:10::72", 554)
    talk.ask(say.rtsp_ask("OPTIONS", "[fd00:10::72]", 1), ANSWER).close()
    for _, packet in talk.packets:
        capture.add(outer(41, packet))
    return capture.pcap()


ANSWER = (b"RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nServer: Rtsp Server/3.0\r\n"
          b'WWW-Authenticate: Digest realm="Login to 3K04B5CPAG00042", nonce="1"\r\n\r\n')


def wrapped(wrap):
    capture = wire.Pcap()
    for side, packet in packets():
        capture.add(wrap(side, packet))
    return capture.pcap()


def in_fragments():
    """VXLAN and GRE whose outer packets were cut into fragments, and fragments inside of a tunnel."""
    capture = wire.Pcap()
    answer = say.dhip_match(*DAHUA, "IPC-HDW5421S", DAHUA_SERIAL)
    datagram = wire.udp(DAHUA[1], say.DHIP_PORT, RECORDER[1], 50001, answer)
    packet = wire.ipv4(DAHUA[1], RECORDER[1], UDP, datagram)
    carried = wire.udp(SWITCH[1], 50000, COLLECTOR[1], 4789, vxlan(inner(1, packet)))
    for part in wire.ipv4_fragments(SWITCH[1], COLLECTOR[1], UDP, carried, 200, 5):
        capture.add(link(wire.ETH_IPV4, part))
    for part in reversed(wire.ipv4_fragments(SWITCH[1], COLLECTOR[1], GRE, erspan2(inner(1, packet)), 160, 6)):
        capture.add(link(wire.ETH_IPV4, part))
    for at, part in enumerate(wire.ipv4_fragments(DAHUA[1], RECORDER[1], UDP, datagram, 120, 7)):
        for piece in wire.ipv4_fragments(SWITCH[1], COLLECTOR[1], GRE, erspan2(inner(1, part)), 80, 20 + at):
            capture.add(link(wire.ETH_IPV4, piece))
    return capture.pcap()


def not_understood():
    """What can only be named, and a type that nobody knows."""
    capture = wire.Pcap()
    secret = bytes(range(64))
    for kind, payload in ((0x88E5, b"\x2c\0" + struct.pack("!I", 9) + secret), (0x894F, secret), (0x1234, secret),
                          (0x1234, secret), (0x8847, labels(40) + b"\x10" + secret), (0x9998, secret),
                          (0x8864, struct.pack("!BBHH", 0x11, 0, 7, 66) + b"\0\xfd" + secret)):
        capture.add(link(kind, payload))
    for protocol in (50, 51, 115):
        capture.add(outer(protocol, secret))
    capture.add(outer(GRE, struct.pack("!HH", 0x4000, wire.ETH_IPV4) + secret))
    capture.add(outer(GRE, gre(0x88BE, b"\x70" + secret, sequence=1)))
    capture.add(outer_udp(1701, b"\x00\x02" + secret))
    capture.add(outer_udp(5247, b"\x00\x10\x02" + secret))
    capture.add(outer_udp(2152, gtp(b"\x80" + secret)))
    return capture.pcap()


def only_datagrams():
    """Datagrams to the ports of tunnels that are none: what they say counts."""
    capture = wire.Pcap()
    answer = say.dhip_match(*DAHUA, "IPC-HDW5421S", DAHUA_SERIAL)
    for port in (2152, 4789, 4790, 6081, 6635, 8472, 37008):
        packet = wire.udp_packet(DAHUA[1], say.DHIP_PORT, RECORDER[1], port, answer)
        capture.add(inner(1, packet, (CORE,)))
    return capture.pcap()


def hostile():
    """Tunnels a hundred deep, stacks without end, lengths that lie, and every wrapping cut at every octet."""
    capture = wire.Pcap()
    _, packet = next(packets())
    for deeper in (lambda p: wire.ipv4(SWITCH[1], COLLECTOR[1], 4, p),
                   lambda p: wire.ipv4(SWITCH[1], COLLECTOR[1], GRE, gre(wire.ETH_IPV4, p)),
                   lambda p: wire.udp_packet(SWITCH[1], 1, COLLECTOR[1], 4789, vxlan(link(wire.ETH_IPV4, p)))):
        nested = packet
        for _ in range(100):
            nested = deeper(nested)
        capture.add(link(wire.ETH_IPV4, nested))
    capture.add(link(0x8847, labels(*range(16, 316))))
    capture.add(link(0x8847, struct.pack("!I", 16 << 12) * 300))
    capture.add(link(0x8926, b"\0\0\0\0\x89\x26" * 200))
    capture.add(link(0x8864, struct.pack("!BBHH", 0x11, 0, 7, 65535) + b"\0\x21" + packet))
    capture.add(link(0x8864, struct.pack("!BBHH", 0x21, 0, 7, 2) + b"\0\x21"))
    capture.add(outer_udp(6081, struct.pack("!BBHI", 63, 0, 0x6558, 0) + bytes(20)))
    capture.add(outer_udp(2152, struct.pack("!BBHI", 0x34, 255, 65535, 1) + b"\0\0\0\x85" + b"\0" * 40))
    capture.add(outer_udp(2152, struct.pack("!BBHI", 0x34, 255, 204, 1) + b"\0\0\0\x85" + b"\x01\0\0\x85" * 50))
    capture.add(outer_udp(37008, b"\x01\0\0\x01" + b"\0" * 500))
    for wrap in WRAPS.values():
        whole = wrap(1, packet)
        for length in range(14, len(whole) - len(packet) + 30, 3):
            capture.add(whole[:length], after=0.0001)
    return capture.pcap()


def captures():
    return [(f"wrap_{name}.pcap", wrapped(wrap)) for name, wrap in WRAPS.items()] + [
        ("wrap_six_in_four.pcap", six_in_four()), ("wrap_fragments.pcap", in_fragments()),
        ("wrap_not_understood.pcap", not_understood()), ("wrap_only_datagrams.pcap", only_datagrams()),
        ("hostile_tunnels.pcap", hostile())]


if __name__ == "__main__":
    write(captures())
