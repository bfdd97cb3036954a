#!/usr/bin/python3
"""Makers' own discovery: questions, answers and announcements, and what others send to the same ports."""
import maker_dialects as speak
from hosts import AXIS, CORE, HIKVISION, PRINTER, RECORDER, ROUTER, ASKED, frame, multicast, say, unicast, wire, write

# The documentation addresses of the fact sheet's test vectors.
DEVICE, TOOL, GATEWAY = ("00:00:5e:00:53:99", "192.0.2.64"), ("00:00:5e:00:53:01", "192.0.2.10"), "192.0.2.1"
# A telephone: what it sends from such a port is its own business.
PHONE = ("a4:83:e7:55:66:77", "10.10.10.31")
NOISE = bytes(range(256)) + bytes(6)


def broadcast(sender, sport, dport, payload, vlans=(CORE,)):
    return frame(sender, wire.BROADCAST, wire.udp_packet(sender[1], sport, "255.255.255.255", dport, payload), vlans)


def sadp_hello():
    """Nobody asked."""
    capture = wire.Pcap()
    hello = say.sadp_match(ASKED, "DS-2CD2043G2-I", "DS-2CD2043G2-I20220315AAWRH11112222", *HIKVISION)
    capture.add(multicast(HIKVISION, say.SADP_GROUP, say.SADP_PORT, hello.replace(b"ProbeMatch>", b"Hello>")))
    capture.add(multicast(PRINTER, say.SADP_GROUP, say.SADP_PORT, b"<Hello><Name>world</Name></Hello>"))
    return capture


def sadp_link():
    capture = wire.Pcap()

    def add(sender, receiver_mac, payload):
        capture.add(wire.ethernet(receiver_mac, sender[0], speak.SADP_LINK, payload, (CORE,)))
    serial = "DS-TEST20200101AAWR000000001"
    add(TOOL, wire.BROADCAST, speak.sadp_link_inquiry(TOOL, "fe80::200:5eff:fe00:5301"))
    add(DEVICE, TOOL[0], speak.sadp_frame(4, DEVICE, TOOL, "255.255.255.0", speak.sadp_link_description(
        serial, 0x8FE2, "V5.5.6build 180326")))
    # A recorder that announces itself at boot.
    recorder = ("44:19:b6:01:02:03", "10.10.10.80")
    add(recorder, wire.BROADCAST, speak.sadp_frame(
        1, recorder, ("ff:ff:ff:ff:ff:ff", "0.0.0.0"), "255.255.255.0", speak.sadp_link_description(
            "DS-7608NI-E20820150305AARR500000001WCVU", 0x10, "V3.3.4build 151130", channels=8), code=2))
    # A question of another kind, a foreign operation, a frame cut short, and another protocol's.
    add(RECORDER, DEVICE[0], speak.sadp_frame(6, RECORDER, DEVICE, "255.255.255.0", bytes(28)))
    add(PRINTER, wire.BROADCAST, speak.sadp_frame(0x77, PRINTER, DEVICE, "255.255.255.0", bytes(28)))
    add(PRINTER, wire.BROADCAST, speak.sadp_link_inquiry(PRINTER, "fe80::1")[:30])
    add(PRINTER, wire.BROADCAST, NOISE)
    return capture


def dvrip():
    capture = wire.Pcap()
    capture.add(broadcast(TOOL, 5050, 5050, speak.dvrip_search()))
    capture.add(unicast(DEVICE, TOOL, 5050, 5050, speak.dvrip_answer(
        *DEVICE, GATEWAY, "IPC-TEST", "IPC-TEST", "Test", "TESTSERIAL01")))
    camera = ("3c:ef:8c:05:05:05", "10.10.10.81")
    answer = speak.dvrip_answer(*camera, ROUTER[1], "IPC", "IPC-HFW2100", "Gate", "PZC3EW112W00054")
    capture.add(unicast(camera, RECORDER, 5050, 5050, answer))
    capture.add(unicast(PRINTER, RECORDER, 5050, 5050, answer[:-1]))  # the lengths do not add up
    capture.add(unicast(PHONE, RECORDER, 5050, 5050, b"\xb3" + NOISE))
    return capture


def dahua_p2p():
    capture = wire.Pcap()
    cloud = (ROUTER[0], "203.0.113.8")
    capture.add(unicast(DEVICE, cloud, 34000, 8800, speak.dahua_p2p("/online/p2psrv/TESTSERIAL00001", "TESTSERIAL00001")))
    camera = ("9c:8e:cd:05:05:05", "10.10.10.94")
    capture.add(unicast(camera, cloud, 34000, 8800, speak.dahua_p2p("/online/p2psrv/AMC0001234567890", "AMC0001234567890")))
    # An application on a telephone looks for that camera, and is none.
    capture.add(unicast(PHONE, cloud, 34000, 8800, speak.dahua_p2p("/online/p2psrv/AMC0001234567890", "key")))
    capture.add(unicast(PHONE, cloud, 34000, 8800, b"DHGET "))
    return capture


def xiongmai():
    capture = wire.Pcap()
    capture.add(broadcast(TOOL, 34569, 34569, speak.xiongmai(1530)))
    capture.add(broadcast(DEVICE, 34569, 34569, speak.xiongmai_answer(*DEVICE, GATEWAY, "0123456789abcdef")))
    recorder = ("00:12:16:05:05:05", "10.10.10.82")
    capture.add(broadcast(recorder, 34569, 34569, speak.xiongmai_answer(
        *recorder, ROUTER[1], "fedcba9876543210", "V4.02.R11.C7430126.12001.130000.00000", 16, "Gera\u00e7\u00e3o")))
    capture.add(broadcast(PRINTER, 34569, 34569, speak.xiongmai(1531, b'{"Ret":100}')))
    capture.add(broadcast(PRINTER, 34569, 34569, speak.xiongmai(1531, b'{"NetWork.NetCommon":')))
    capture.add(unicast(PHONE, RECORDER, 34569, 443, b"\xff" + NOISE))
    return capture


def mhed():
    capture = wire.Pcap()

    def announce(sender, payload, source_port=9407):
        return multicast(sender, speak.MHED_DEVICES, 23456, payload, source_port=source_port)
    capture.add(multicast(TOOL, speak.MHED_TOOLS, 23456, speak.mhed_search(), ttl=5))
    capture.add(announce(DEVICE, speak.mhed_announce(*DEVICE, GATEWAY, "IPC-TST", "TESTSN01", "5.1.2.34", "IPC-TST", "DVC")))
    # A recorder whose firmware is a number, and whose model is longer than its field.
    recorder = ("00:18:ae:05:05:05", "10.10.10.83")
    capture.add(announce(recorder, speak.mhed_announce(
        *recorder, ROUTER[1], "Entrance", "N1A2B3C4D5", "", "TD-3332H4-A2-PRO", "TVT", 3, 0x00010007, 0x01040A00,
        model_end="-16P"), 23456))
    label = ("a0:e0:25:05:05:05", "10.10.10.84")
    capture.add(announce(label, speak.mhed_announce(
        *label, ROUTER[1], "Door", "I0A1B2C3D4E5", "1.5-1428327", "DI-390IP5S", "Provision-ISR")))
    capture.add(announce(PRINTER, speak.mhed_announce(*PRINTER, ROUTER[1], "x", "y", "", "", "")[:200]))  # cut short
    capture.add(announce(PRINTER, b"MHED" + NOISE))
    return capture


def topsee():
    capture = wire.Pcap()
    capture.add(broadcast(TOOL, 3001, 3001, speak.topsee_search()))
    capture.add(broadcast(DEVICE, 3001, 3001, speak.topsee_answer(*DEVICE, GATEWAY, "TEST", "TESTSN01", "1.0.0")))
    camera = ("00:0a:fa:05:05:05", "10.10.10.85")
    more = '<OSD OsdStr="\u5927\u95e8"/>\n<Account Username="admin" Password="must-not-be-kept"/>\n'
    capture.add(broadcast(camera, 3001, 3001, speak.topsee_answer(
        *camera, ROUTER[1], "TH38A", "TH38A0012345", "V2.5.1.12", more)))
    capture.add(broadcast(PRINTER, 3001, 3001, speak.topsee_answer("", "", "", "", "", "")))
    capture.add(broadcast(PRINTER, 3001, 3001, b"<?xml version='1.0'?><note>3001</note>"))
    return capture


def tiandy():
    """Only the question is known."""
    capture = wire.Pcap()
    capture.add(broadcast(TOOL, 3000, 3000, speak.tiandy_search()))
    capture.add(broadcast(PRINTER, 3000, 3000, NOISE))
    return capture


def hanwha():
    capture = wire.Pcap()
    capture.add(broadcast(TOOL, 7711, 7701, speak.hanwha_search()))
    capture.add(broadcast(DEVICE, 7701, 7711, speak.hanwha_answer(*DEVICE, GATEWAY, "XNV-TEST")))
    camera = ("00:09:18:05:05:05", "10.10.10.86")
    capture.add(unicast(camera, RECORDER, 7701, 7711, speak.hanwha_answer(*camera, ROUTER[1], "QNO-8080R")))
    recorder = ("00:09:18:06:06:06", "10.10.10.87")
    capture.add(unicast(recorder, RECORDER, 7701, 7711, speak.hanwha_answer(*recorder, ROUTER[1], "XRN-1620SB1")))
    capture.add(unicast(PHONE, RECORDER, 7711, 443, b"\x0b" + NOISE[1:]))
    return capture


def rcp():
    capture = wire.Pcap()
    capture.add(broadcast(TOOL, 1758, 1757, speak.rcp_search()))
    capture.add(broadcast(DEVICE, 1757, 1758, speak.rcp_answer(*DEVICE, GATEWAY)))
    camera = ("00:07:5f:05:05:05", "10.10.10.88")
    capture.add(broadcast(camera, 1757, 1758, speak.rcp_description(
        *camera, "FLEXIDOME IP 4000i", "Stairs &amp; lift", "044412345678:12345678")))
    capture.add(broadcast(PRINTER, 1757, 1758, speak.rcp_search() + bytes(8)))
    capture.add(broadcast(PRINTER, 1757, 1758, speak.rcp_description("", "", "", "", "")))
    return capture


def easyip():
    capture = wire.Pcap()
    capture.add(broadcast(TOOL, 10669, 10670, speak.easyip_search(TOOL)))
    capture.add(broadcast(DEVICE, 10670, 10669, speak.easyip_answer(*DEVICE, GATEWAY, TOOL, "WV-TEST")))
    camera = ("d4:2d:c5:05:05:05", "10.10.10.89")
    answer = speak.easyip_answer(*camera, ROUTER[1], RECORDER, "WV-S1136", "2.31", "Yard", "ABC0123456789")
    capture.add(broadcast(camera, 10670, 10669, answer))
    recorder = ("bc:c3:42:05:05:05", "10.10.10.90")
    capture.add(broadcast(recorder, 10670, 10669, speak.easyip_answer(
        *recorder, ROUTER[1], RECORDER, "WJ-NX400K", "5.00", "Rack", "DEF0123456789")))
    cut = ("d4:2d:c5:06:06:06", "10.10.10.91")
    answer = speak.easyip_answer(*cut, ROUTER[1], RECORDER, "WV-S2136", "2.31")
    capture.add(broadcast(cut, 10670, 10669, answer[:-20]))
    capture.add(broadcast(PHONE, 10669, 443, NOISE))
    return capture


def sony():
    capture = wire.Pcap()
    capture.add(broadcast(TOOL, 50123, 2380, speak.sony_search()))
    capture.add(broadcast(DEVICE, 2380, 50123, speak.sony_answer(*DEVICE, GATEWAY, "SNC-TEST", "1234567")))
    camera = ("00:01:4a:05:05:05", "10.10.10.92")
    capture.add(broadcast(camera, 2380, 50123, speak.sony_answer(*camera, ROUTER[1], "SNC-EM630", "4500123", "2.7.2")))
    capture.add(broadcast(PRINTER, 2380, 50123, b"\2READY:yes\xff\3"))
    return capture


def vivotek():
    capture = wire.Pcap()
    capture.add(broadcast(TOOL, 50124, 10000, speak.vivotek_search()))
    capture.add(unicast(DEVICE, TOOL, 10000, 50124, speak.vivotek_answer(*DEVICE, "Mega-Pixel Cam", "IP7131")))
    camera = ("00:02:d1:05:05:05", "10.10.10.93")
    answer = speak.vivotek_answer(*camera, "Corridor", "FD8169A", session=9)
    capture.add(unicast(camera, RECORDER, 10000, 50124, answer))
    # A router's frame: the MAC written inside is the camera's own.
    far = ("00:02:d1:06:06:06", "10.10.30.10")
    capture.add(unicast((ROUTER[0], far[1]), RECORDER, 10000, 50124, speak.vivotek_answer(*far, "Far", "IB9367-HT")))
    # Written by someone else: it moves the camera nowhere, and the sender only answers.
    capture.add(unicast(AXIS, RECORDER, 10000, 50124, speak.vivotek_answer(*camera, "Corridor", "FD8169A")))
    capture.add(unicast(PRINTER, RECORDER, 10000, 50124, answer[:20]))
    capture.add(unicast(PHONE, RECORDER, 10000, 443, NOISE))
    return capture


def captures():
    makers = (sadp_hello, sadp_link, dvrip, dahua_p2p, xiongmai, mhed, topsee, tiandy, hanwha, rcp, easyip, sony, vivotek)
    return [(f"{make.__name__}.pcap", make().pcap()) for make in makers]


if __name__ == "__main__":
    write(captures())
