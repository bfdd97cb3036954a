#!/usr/bin/python3
"""What hosts tell the network itself: DHCPv6, neighbour discovery, LLDP, CDP, NTP, SNMP."""
import struct

from hosts import AXIS, CORE, HIKVISION, PRINTER, RECORDER, ROUTER, frame, unicast, wire, write

ALL_SERVERS, ALL_NODES, ALL_ROUTERS = "ff02::1:2", "ff02::1", "ff02::2"
AXIS_V6 = "fe80::aecc:8eff:fe11:2233"
BOSCH = ("00:07:5f:00:00:61", "10.10.10.61")
SWITCH = ("00:1b:54:00:00:10", "10.10.10.254")
PHONE = ("00:0b:82:00:00:70", "10.10.10.70")


def option(code, value):
    return struct.pack("!HH", code, len(value)) + value


def dhcpv6_client(kind, mac, options):
    duid = struct.pack("!HHI", 1, 1, 0x2A000000) + wire.mac(mac)
    return bytes([kind, 0, 0, 7]) + option(1, duid) + b"".join(options)


def dhcpv6():
    capture = wire.Pcap()
    asked = option(6, struct.pack("!4H", 23, 24, 39, 31))
    label = b"AXIS,Network Camera,M3045-V,9.80.1"
    vendor = option(16, struct.pack("!IH", 368, len(label)) + label)
    fqdn = option(39, b"\x01\x11axis-accc8e112233")
    solicit = dhcpv6_client(1, AXIS[0], [asked, vendor, fqdn])
    capture.add(frame(AXIS, wire.multicast_mac(ALL_SERVERS),
                      wire.udp_packet(AXIS_V6, 546, ALL_SERVERS, 547, solicit, 1)))
    # Relayed: the frame is the router's, the client is who the relay heard.
    far = "ac:cc:8e:00:00:44"
    request = dhcpv6_client(3, far, [vendor, option(17, struct.pack("!I", 368))])
    relay = b"\x0c\0" + wire.ip("2001:db8:30::1") + wire.ip("fe80::aecc:8eff:fe00:44")
    relay += option(79, b"\0\1" + wire.mac(far)) + option(9, request)
    capture.add(frame(ROUTER, RECORDER[0], wire.udp_packet("2001:db8:10::1", 547, "2001:db8:10::2", 547, relay)))
    # An enterprise's identifier; a vendor class that says it is longer than its option.
    printer = b"\x01\0\0\x09" + option(1, struct.pack("!HI", 2, 11) + b"serial") + option(16, struct.pack("!IH", 11, 900))
    capture.add(frame(PRINTER, wire.multicast_mac(ALL_SERVERS),
                      wire.udp_packet("fe80::3ed9:2bff:fe77:8899", 546, ALL_SERVERS, 547, printer, 1)))
    return capture.pcap()


def icmpv6(src, dst, kind, body, hops=255):
    packet = bytes([kind, 0, 0, 0]) + body
    total = wire._transport_sum(src, dst, 58, packet)
    return wire.ipv6(src, dst, 58, packet[:2] + struct.pack("!H", total) + packet[4:], hops)


def link_layer(kind, mac):
    return bytes([kind, 1]) + wire.mac(mac)


def ndp():
    capture = wire.Pcap()
    own, router = "2001:db8:10::41", "fe80::21b:54ff:feaa:bbcc"

    def say(sender, packet, dst):
        to = wire.multicast_mac(dst) if dst.startswith("ff") else RECORDER[0]
        capture.add(frame(sender, to, packet, (CORE,)))
    solicited = "ff02::1:ff11:2233"
    # Address detection: it has no address yet. Then it asks for its router, and tells its neighbours.
    say(AXIS, icmpv6("::", solicited, 135, bytes(4) + wire.ip(AXIS_V6)), solicited)
    say(AXIS, icmpv6(AXIS_V6, ALL_ROUTERS, 133, bytes(4) + link_layer(1, AXIS[0])), ALL_ROUTERS)
    say(AXIS, icmpv6(own, ALL_NODES, 136, b"\x20\0\0\0" + wire.ip(own) + link_layer(2, AXIS[0])), ALL_NODES)
    say(RECORDER, icmpv6("2001:db8:10::2", solicited, 135, bytes(4) + wire.ip(own) + link_layer(1, RECORDER[0])), solicited)
    advertisement = struct.pack("!BBHII", 64, 0, 1800, 0, 0)
    say(ROUTER, icmpv6(router, ALL_NODES, 134, advertisement + link_layer(1, ROUTER[0])), ALL_NODES)
    # Somebody answers for the camera without overriding: a proxy, which is not bound. One from afar; one with an
    # option of no length.
    say(PRINTER, icmpv6(own, ALL_NODES, 136, bytes(4) + wire.ip(own) + link_layer(2, PRINTER[0])), ALL_NODES)
    say(PRINTER, icmpv6("2001:db8:99::1", own, 136, b"\x20\0\0\0" + wire.ip(own) + link_layer(2, PRINTER[0]), 63), own)
    say(PRINTER, icmpv6("2001:db8:10::30", ALL_NODES, 135, bytes(4) + wire.ip(own) + b"\1\0"), ALL_NODES)
    return capture.pcap()


def tlv(kind, value):
    return struct.pack("!H", kind << 9 | len(value)) + value


def med(subtype, text):
    return tlv(127, b"\x00\x12\xbb" + bytes([subtype]) + text.encode())


def management(address):
    packed = wire.ip(address)
    return tlv(8, bytes([1 + len(packed), 1 if len(packed) == 4 else 2]) + packed + b"\x02\0\0\0\x02\0")


def lldp_frame(sender, chassis, *tlvs):
    body = tlv(1, b"\x04" + wire.mac(chassis)) + tlv(2, b"\x03" + wire.mac(sender[0])) + tlv(3, b"\0\x78")
    return wire.ethernet("01:80:c2:00:00:0e", sender[0], 0x88CC, body + b"".join(tlvs) + tlv(0, b""))


def lldp():
    capture = wire.Pcap()
    capture.add(lldp_frame(AXIS, AXIS[0], tlv(5, b"axis-accc8e112233"), tlv(6, b"AXIS M3045-V Network Camera 9.80.1"),
                           tlv(7, b"\0\x80\0\x80"), management(AXIS[1]), management(AXIS_V6), med(5, "7FB.1"),
                           med(6, "9.80.1"), med(7, "9.80.1"), med(8, "ACCC8E112233"),
                           med(9, "Axis Communications AB"), med(10, "M3045-V")))
    # A switch tells of itself by its chassis, from one port.
    capture.add(lldp_frame(("00:1b:54:00:00:1a", ""), SWITCH[0], tlv(5, b"access-1"), tlv(6, b"Example IOS Software"),
                           tlv(7, b"\0\x14\0\x14"), management(SWITCH[1])))
    capture.add(lldp_frame(PHONE, PHONE[0], tlv(5, b"GXP1625"), tlv(7, b"\0\x24\0\x24"), med(9, "Grandstream"), med(10, "GXP1625")))
    # A value that runs past the end; capabilities cut short.
    capture.add(lldp_frame(PRINTER, PRINTER[0], tlv(7, b"\0\x80"))[:-2] + b"\x0a\xff" + b"short")
    return capture.pcap()


def cdp_frame(sender, *tlvs):
    body = b"\x02\xb4\0\0" + b"".join(struct.pack("!HH", kind, 4 + len(value)) + value for kind, value in tlvs)
    llc = b"\xaa\xaa\x03\x00\x00\x0c\x20\x00" + body
    return wire.mac("01:00:0c:cc:cc:cc") + wire.mac(sender[0]) + struct.pack("!H", len(llc)) + llc


def cdp_addresses(*addresses):
    out = struct.pack("!I", len(addresses))
    for address in addresses:
        packed = wire.ip(address)
        protocol = b"\x01\x01\xcc" if len(packed) == 4 else b"\x02\x08\xaa\xaa\x03\0\0\0\x86\xdd"
        out += protocol + struct.pack("!H", len(packed)) + packed
    return out


def cdp():
    capture = wire.Pcap()
    capture.add(cdp_frame(AXIS, (1, b"axis-accc8e112233"), (2, cdp_addresses(AXIS[1], AXIS_V6)), (3, b"eth0"),
                          (4, struct.pack("!I", 0x10)), (5, b"9.80.1"), (6, b"AXIS M3045-V")))
    capture.add(cdp_frame(SWITCH, (1, b"access-1.example.net"), (2, cdp_addresses(SWITCH[1])), (4, struct.pack("!I", 0x29)),
                          (5, b"Cisco IOS Software, C2960 Software, Version 15.0(2)SE"), (6, b"cisco WS-C2960-24PC-L")))
    capture.add(cdp_frame(PRINTER, (1, b"printer"), (2, b"\xff\xff\xff\xff\x01\x01\xcc\x00")))  # addresses that are not there
    capture.add(cdp_frame(PRINTER, (4, b"\0"))[:-1] + b"\0\5\0\2")                               # a length less than itself
    return capture.pcap()


def ntp():
    capture = wire.Pcap()
    ask = b"\xe3\0\x06\xec" + bytes(8) + b"1N14" + bytes(32)
    outside, inside = ("00:1b:54:aa:bb:cc", "192.0.2.123"), ROUTER
    capture.add(unicast(HIKVISION, outside, 40123, 123, ask))
    capture.add(unicast(AXIS, inside, 123, 123, b"\x23" + ask[1:]))
    variables = b'version="ntpd 4.2.8p15@1.3728-o", processor="armv7l", system="Linux/4.9.37", leap=0, stratum=3'
    reply = struct.pack("!BBHHHHH", 0x16, 0x82, 1, 0x0618, 0, 0, len(variables)) + variables
    capture.add(unicast(RECORDER, PRINTER, 123, 40124, reply))
    capture.add(unicast(PRINTER, RECORDER, 123, 40124, reply[:40]))  # cut short
    capture.add(unicast(PRINTER, RECORDER, 40124, 123, b"\xe3" + bytes(8)))
    return capture.pcap()


def ber(tag, value):
    size = len(value)
    length = bytes([size]) if size < 128 else b"\x82" + struct.pack("!H", size)
    return bytes([tag]) + length + value


def integer(number):
    return ber(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def oid(text):
    arcs = [int(arc) for arc in text.split(".")]
    out = b""
    for arc in [arcs[0] * 40 + arcs[1], *arcs[2:]]:
        septets = [arc & 127]
        while arc := arc >> 7:
            septets.append(arc & 127 | 128)
        out += bytes(reversed(septets))
    return ber(6, out)


def variables(*pairs):
    return ber(0x30, b"".join(ber(0x30, oid(name) + value) for name, value in pairs))


def snmp_message(pdu, version=1):
    return ber(0x30, integer(version) + ber(4, b"s3cret") + pdu)


def snmp_pdu(tag, *pairs):
    return ber(tag, integer(4711) + integer(0) + integer(0) + variables(*pairs))


SYSTEM = "1.3.6.1.2.1.1."


def snmp_v3(engine):
    empty = ber(4, b"")
    parameters = ber(0x30, ber(4, engine) + integer(3) + integer(99) + ber(4, b"reader") + empty + empty)
    head = ber(0x30, integer(1) + integer(65507) + ber(4, b"\x03") + integer(3))
    return ber(0x30, integer(3) + head + ber(4, parameters) + ber(4, b"\x5a" * 40))


def snmp():
    capture = wire.Pcap()
    null = ber(5, b"")
    capture.add(unicast(RECORDER, AXIS, 50161, 161, snmp_message(snmp_pdu(0xA0, (SYSTEM + "1.0", null)))))
    capture.add(unicast(AXIS, RECORDER, 161, 50161, snmp_message(snmp_pdu(
        0xA2, (SYSTEM + "1.0", ber(4, b" ; AXIS M3045-V; Network Camera; 9.80.1; Jun 17 2020 13:02; 7FB.1; 1;")),
        (SYSTEM + "2.0", oid("1.3.6.1.4.1.368.1.1")), (SYSTEM + "5.0", ber(4, b"axis-accc8e112233"))))))
    # Traps: the first kind names its enterprise, the second carries it; one that a recorder passes on for another.
    head = oid("1.3.6.1.4.1.3967.1")
    tail = integer(6) + integer(1) + ber(0x43, b"\x01\x02") + variables((SYSTEM + "5.0", ber(4, b"dinion-61")))
    trap = snmp_message(ber(0xA4, head + ber(0x40, wire.ip(BOSCH[1])) + tail), 0)
    capture.add(unicast(BOSCH, RECORDER, 50162, 162, trap))
    capture.add(unicast(RECORDER, PRINTER, 50163, 162, trap))
    capture.add(unicast(HIKVISION, RECORDER, 50164, 162, snmp_message(snmp_pdu(
        0xA7, (SYSTEM + "3.0", ber(0x43, b"\x01")), ("1.3.6.1.6.3.1.1.4.1.0", oid("1.3.6.1.4.1.39165.1.1")),
        ("1.3.6.1.6.3.1.1.4.3.0", oid("1.3.6.1.4.1.39165"))))))
    # Version 3 hides all but the engine: an enterprise number and a MAC.
    engine = struct.pack("!I", 0x80000000 | 368) + b"\x03" + wire.mac(AXIS[0])
    capture.add(unicast(AXIS, RECORDER, 161, 50165, snmp_v3(engine)))
    capture.add(unicast(RECORDER, AXIS, 50165, 161, snmp_v3(engine)))  # the manager repeats it
    # A switch's table of neighbours holds a camera's description: it is none.
    capture.add(unicast(SWITCH, RECORDER, 161, 50166, snmp_message(snmp_pdu(
        0xA2, ("1.0.8802.1.1.2.1.4.1.1.10.0.5.1", ber(4, b"AXIS M3045-V Network Camera 9.80.1")),
        (SYSTEM + "1.0", ber(4, b"Cisco IOS Software, C2960 Software")), (SYSTEM + "2.0", oid("1.3.6.1.4.1.9.1.716"))))))
    capture.add(unicast(PRINTER, RECORDER, 161, 50167, b"\x30\x84\xff\xff\xff\xff\x02\x01\x01"))  # longer than all there is
    capture.add(unicast(PRINTER, RECORDER, 161, 50168, b"\x30\x80\x02\x01\x01\0\0"))              # of no definite length
    return capture.pcap()


def captures():
    return [("dhcpv6.pcap", dhcpv6()), ("ndp.pcap", ndp()), ("lldp.pcap", lldp()), ("cdp.pcap", cdp()),
            ("ntp.pcap", ntp()), ("snmp.pcap", snmp())]


if __name__ == "__main__":
    write(captures())
