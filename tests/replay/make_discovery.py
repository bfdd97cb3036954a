#!/usr/bin/python3
"""What devices say without a connection: ARP, DHCP, WS-Discovery, SADP, DHIP."""
from hosts import AXIS, ASKED, CCTV, CORE, DAHUA, DAHUA_SERIAL, HIKVISION, HIKVISION_SERIAL, PRINTER, RECORDER, \
    ROUTER, frame, multicast, say, unicast, wire, write

NOBODY = "00:00:00:00:00:00"


def arp():
    capture = wire.Pcap()

    def add(src, operation, sha, spa, tha, tpa, dst=wire.BROADCAST):
        capture.add(wire.ethernet(dst, src, wire.ETH_ARP, wire.arp(operation, sha, spa, tha, tpa), (CORE,)))
    mac, address = HIKVISION
    add(mac, 1, mac, "0.0.0.0", NOBODY, address)                       # a probe, RFC 5227: no address yet
    add(mac, 1, mac, address, NOBODY, address)                         # the announcement
    add(RECORDER[0], 1, RECORDER[0], RECORDER[1], NOBODY, AXIS[1])     # a question names the asker only
    add(AXIS[0], 2, AXIS[0], AXIS[1], RECORDER[0], RECORDER[1], RECORDER[0])
    # A router that answers for others (proxy ARP): one MAC, many addresses.
    for last in range(100, 110):
        add(ROUTER[0], 2, ROUTER[0], f"10.10.10.{last}", RECORDER[0], RECORDER[1], RECORDER[0])
    return capture.pcap()


def dhcp():
    capture = wire.Pcap()

    def ask(mac, kind, xid, options, src=None):
        packet = wire.udp_packet("0.0.0.0", 68, "255.255.255.255", 67, wire.dhcp(kind, xid, mac, options))
        capture.add(frame((src or mac, ""), wire.BROADCAST, packet))

    def grant(mac, kind, xid, address):
        options = [(54, wire.ip(ROUTER[1])), (51, b"\0\1\x51\x80"), (1, wire.ip("255.255.255.0"))]
        payload = wire.dhcp(kind, xid, mac, options, yiaddr=address, reply=True)
        capture.add(frame(ROUTER, mac, wire.udp_packet(ROUTER[1], 67, address, 68, payload)))
    dahua = [(12, DAHUA_SERIAL.encode()), (55, bytes([1, 3, 4, 5, 6, 12, 15, 28, 42]))]
    axis = [(12, b"axis-accc8e112233"), (60, b"AXIS,Network Camera,P3245-V,9.80.1"), (55, bytes([1, 3, 6, 12, 15]))]
    for xid, (mac, address), options in ((1, DAHUA, dahua), (2, AXIS, axis)):
        ask(mac, 1, xid, options)
        grant(mac, 2, xid, address)
        ask(mac, 3, xid, [(50, wire.ip(address))] + options)
        grant(mac, 5, xid, address)
    # Relayed: the frame is the router's, chaddr the camera's (RFC 2131 section 4.1).
    relayed = bytearray(wire.dhcp(1, 3, "44:19:b6:00:00:33", [(60, b"udhcp 1.20.2")]))
    relayed[24:28] = wire.ip(ROUTER[1])
    capture.add(frame(ROUTER, RECORDER[0], wire.udp_packet(ROUTER[1], 67, "10.10.10.2", 67, bytes(relayed))))
    # Option lengths that run past the end, and no end option.
    cut = wire.dhcp(1, 4, "44:19:b6:00:00:44")[:243] + bytes([12, 200]) + b"short"
    capture.add(frame(("44:19:b6:00:00:44", ""), wire.BROADCAST,
                      wire.udp_packet("0.0.0.0", 68, "255.255.255.255", 67, cut)))
    return capture.pcap()


def _scopes(name, hardware, mac):
    # Padded as recent firmware pads it, so that the answer does not fit an Ethernet frame.
    return say.onvif_scopes(name, hardware, f"MAC/{mac}", "location/city/hangzhou", "Profile/G", "Profile/T",
                            "Profile/M", "type/audio_encoder", "type/video_analytics", "Profile/Q/Operational")


def wsdiscovery():
    capture = wire.Pcap()
    mac, address = HIKVISION
    uuid = "00000000-0000-4000-8000-4419b60a0b0c"
    xaddrs = f"http://{address}/onvif/device_service"
    scopes = _scopes("HIKVISION%20DS-2CD2142FWD-I", "DS-2CD2142FWD-I", mac)
    capture.add(multicast(RECORDER, say.WSD_GROUP, say.WSD_PORT, say.wsd_probe(ASKED)))
    match = say.wsd_match("00000000-0000-4000-8000-0000000000aa", ASKED, uuid, scopes, xaddrs)
    assert len(match) > 1472
    datagram = wire.udp(address, say.WSD_PORT, RECORDER[1], say.WSD_PORT, match)
    for part in wire.ipv4_fragments(address, RECORDER[1], 17, datagram, ident=77):
        capture.add(frame(HIKVISION, RECORDER[0], part))
    # Another camera, on IPv6, its fragments out of order.
    link_local, group = "fe80::3eef:8cff:fe0d:e0f", "ff02::c"
    hello = say.wsd_hello("00000000-0000-4000-8000-0000000000bb", "00000000-0000-4000-8000-3cef8c0d0e0f",
                          _scopes("Dahua", "IPC-HDW5421S", DAHUA[0]), f"http://{DAHUA[1]}/onvif/device_service")
    datagram = wire.udp(link_local, 40001, group, say.WSD_PORT, hello)
    for part in reversed(wire.ipv6_fragments(link_local, group, 17, datagram, size=600, ident=9)):
        capture.add(frame(DAHUA, wire.multicast_mac(group), part))
    # A fragment whose brothers never come.
    lonely = wire.ipv4_fragments(AXIS[1], RECORDER[1], 17, wire.udp(AXIS[1], 3702, RECORDER[1], 3702, match), ident=5)
    capture.add(frame(AXIS, RECORDER[0], lonely[0]))
    # Neighbours that are no cameras: a desktop's question, a printer's answer, somebody's Bye.
    capture.add(multicast(RECORDER, say.WSD_GROUP, say.WSD_PORT,
                          say.wsd_client_probe("00000000-0000-4000-8000-0000000000cc")))
    names = ' xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof"' \
            ' xmlns:wprt="http://schemas.microsoft.com/windows/2006/08/wdp/print"'
    printer = say.wsd_match("00000000-0000-4000-8000-0000000000dd", "00000000-0000-4000-8000-0000000000cc",
                            "16a65700-007c-1000-bb49-3cd92b778899", [], f"http://{PRINTER[1]}:3911/",
                            "wsdp:Device wprt:PrintDeviceType", names)
    capture.add(unicast(PRINTER, RECORDER, say.WSD_PORT, say.WSD_PORT, printer))
    return capture.pcap()


def sadp():
    capture = wire.Pcap()
    group, port = say.SADP_GROUP, say.SADP_PORT
    capture.add(multicast(RECORDER, group, port, say.sadp_inquiry(ASKED)))
    answer = say.sadp_match(ASKED, "DS-2CD2142FWD-I", HIKVISION_SERIAL, *HIKVISION)
    capture.add(multicast(HIKVISION, group, port, answer))
    annke = ("44:19:b6:5e:5e:01", "10.10.10.71")
    capture.add(multicast(annke, group, port, say.sadp_match(
        ASKED, "C800", "C80020220301AAWRG87654321", *annke, oem="ANNKE")))
    # The same maker where it is allowed.
    allowed = ("44:19:b6:00:20:20", "10.20.20.20")
    capture.add(multicast(allowed, group, port, say.sadp_match(
        ASKED, "DS-2CD2043G2-I", "DS-2CD2043G2-I20220315AAWRH11112222", *allowed), (CCTV,)))
    # Not well-formed, as seen of old firmware: an unescaped ampersand, GB2312 text, trailing NULs.
    old = ("44:19:b6:00:00:0d", "10.10.10.73")
    text = say.sadp_match(ASKED, "DS-7604NI & more", "DS-7604NI-E1420150102AARR500000001WCVU", *old, oem="OEM")
    capture.add(multicast(old, group, port, text.replace(b"OEM<", b"\xba\xa3\xbf\xb5<") + b"\0\0\0"))
    # A router's frame: the MAC written inside is the camera's own.
    far = ("44:19:b6:00:00:0e", "10.10.30.9")
    capture.add(unicast((ROUTER[0], far[1]), RECORDER, port, 50000, say.sadp_match(
        ASKED, "DS-2CD2386G2-I", "DS-2CD2386G2-I20230303AAWRL33334444", *far)))
    capture.add(multicast(PRINTER, group, port, b"<ProbeMatch><MAC>not-a-mac</MAC><IPv4Address>999.1.1.1</IPv4Address>"))
    return capture.pcap()


def dhip():
    capture = wire.Pcap()
    capture.add(multicast(RECORDER, say.DHIP_GROUP, say.DHIP_PORT, say.dhip_search()))
    answer = say.dhip_match(*DAHUA, "IPC-HDW5421S", DAHUA_SERIAL)
    capture.add(unicast(DAHUA, RECORDER, say.DHIP_PORT, 50001, answer))
    # A body length of 0x..7b puts a '{' into the header, before the JSON begins.
    brace = ("3c:ef:8c:00:00:7b", "10.10.10.74")
    for padding in range(256):
        padded = say.dhip_match(*brace, "IPC-HFW2431S" + "x" * padding, "4L0123APAG00007")
        if padded[16] == 0x7B:
            break
    capture.add(unicast(brace, RECORDER, say.DHIP_PORT, 50001, padded))
    # Sold under another name; a NUL behind the counted body.
    lorex = ("00:1f:54:00:00:01", "10.10.10.75")
    capture.add(unicast(lorex, RECORDER, say.DHIP_PORT, 50001,
                        say.dhip_match(*lorex, "W461ASC", "ND032011000009", vendor="LOREX") + b"\0"))
    capture.add(unicast(PRINTER, RECORDER, say.DHIP_PORT, 50001, answer[:40]))           # cut short
    capture.add(unicast(PRINTER, RECORDER, say.DHIP_PORT, 50001, answer[:32] + b"[" * 400))  # not that JSON
    return capture.pcap()


def captures():
    return [("arp.pcap", arp()), ("dhcp.pcap", dhcp()), ("wsdiscovery.pcap", wsdiscovery()),
            ("sadp.pcap", sadp()), ("dhip.pcap", dhip())]


if __name__ == "__main__":
    write(captures())
