#!/usr/bin/python3
"""The same words in other wrappings: link types, pcapng, VLANs in VLANs, files and frames cut short."""
from hosts import DAHUA, DAHUA_SERIAL, HIKVISION, HIKVISION_SERIAL, RECORDER, add_conversation, frame, multicast, \
    say, talk, unicast, wire, write
from make_streams import DAHUA_RTSP, _ask


def packets():
    """IP packets of a camera and who sent them: a DHIP answer, then an RTSP conversation."""
    answer = say.dhip_match(*DAHUA, "IPC-HDW5421S", DAHUA_SERIAL)
    yield 1, wire.udp_packet(DAHUA[1], say.DHIP_PORT, RECORDER[1], 50001, answer)
    yield from talk(RECORDER, DAHUA, 554, *_ask(DAHUA[1], DAHUA_RTSP)).packets


def wrapped(link_type, wrap):
    capture = wire.Pcap(link_type)
    for side, packet in packets():
        capture.add(wrap(packet, DAHUA[0] if side else RECORDER[0]))
    return capture


def ethernet(packet, src, vlans=()):
    return wire.ethernet(RECORDER[0] if src == DAHUA[0] else DAHUA[0], src, wire.ETH_IPV4, packet, vlans)


def sll_tagged(packet, src):
    """The tag inside, as the kernel leaves an inner one."""
    return wire.sll(b"\x00\x0a\x08\x00" + packet, src, wire.ETH_VLAN)


def deep(tags):
    capture = wire.Pcap()
    hello = say.sadp_match("1", "DS-2CD2142FWD-I", HIKVISION_SERIAL, *HIKVISION)
    capture.add(multicast(HIKVISION, say.SADP_GROUP, say.SADP_PORT, hello, vlans=tags))
    return capture.pcap()


def truncated():
    capture = wire.Pcap()
    add_conversation(capture, RECORDER, DAHUA, talk(RECORDER, DAHUA, 554, *_ask(DAHUA[1], DAHUA_RTSP)))
    whole = capture.pcap()
    return whole[:len(whole) - 150]  # inside a record, behind the answers


def snapped():
    """A snap length of 128: headers and the beginning of each payload."""
    capture = wire.Pcap(snap_length=128)
    capture.add(unicast(DAHUA, RECORDER, say.DHIP_PORT, 50001, say.dhip_match(*DAHUA, "IPC-HDW5421S", DAHUA_SERIAL)))
    add_conversation(capture, RECORDER, DAHUA, talk(RECORDER, DAHUA, 554, *_ask(DAHUA[1], DAHUA_RTSP)))
    return capture.pcap()


def broken():
    """Frames that end, or lie about their lengths, at every layer. The lie about the total length alone
    leaves a whole datagram, which is read as a capture's snap length would leave it."""
    capture = wire.Pcap()
    good = frame(DAHUA, RECORDER[0], next(packets())[1])
    for length in (0, 1, 13, 14, 17, 18, 20, 37, 38, 45, 46, 60):
        capture.add(good[:length])
    liar = bytearray(good)
    liar[18] = 0x4F                                   # an IPv4 header of 60 bytes
    capture.add(bytes(liar))
    liar = bytearray(good)
    liar[20:22] = b"\xff\xff"                         # a total length past the frame
    capture.add(bytes(liar))
    liar = bytearray(good)
    liar[42:44] = b"\x00\x04"                         # a UDP length below its own header
    capture.add(bytes(liar))
    capture.add(wire.ethernet(RECORDER[0], DAHUA[0], wire.ETH_VLAN, b"\x00\x0a\x81\x00" * 300))  # tags without end
    headers = b"\x00\x00" + bytes(6)
    capture.add(frame(DAHUA, RECORDER[0], wire.ipv6("fe80::1", "fe80::2", 0, headers * 150)))  # extension headers
    return capture.pcap()


def captures():
    plain = wrapped(wire.ETHERNET, ethernet)
    return [("untagged.pcap", plain.pcap()), ("blocks.pcapng", plain.pcapng()),
            ("sll.pcap", wrapped(wire.LINUX_SLL, lambda p, src: wire.sll(p, src, wire.ETH_IPV4)).pcap()),
            ("sll_vlan.pcap", wrapped(wire.LINUX_SLL, sll_tagged).pcap()),
            ("sll2.pcap", wrapped(wire.LINUX_SLL2, lambda p, src: wire.sll2(p, src, wire.ETH_IPV4)).pcap()),
            ("raw_ip.pcap", wrapped(wire.RAW_IP, lambda p, src: p).pcap()),
            ("vlan.pcap", deep((10,))), ("qinq.pcap", deep((100, 10))),
            ("truncated.pcap", truncated()), ("snapped.pcap", snapped()), ("broken.pcap", broken())]


if __name__ == "__main__":
    write(captures())
