#!/usr/bin/python3
"""Makers' own discovery in an attacker's words: evil strings in every text, and shapes made to exhaust."""
import maker_dialects as speak
from hosts import CORE, RECORDER, ROUTER, frame, wire, write
from make_hostile import ALL
from make_makers import broadcast

GATEWAY = ROUTER[1]


def _camera(kind, number):
    return f"3c:d9:2b:{kind:02x}:01:{number:02x}", f"10.10.{kind}.{10 + number}"


def hostile_makers(capture):
    """Every text of every protocol, as long as it fits its field or the datagram."""
    for number, evil in enumerate(ALL):
        short, octets = evil[:200], evil.encode()
        one = _camera(40, number)
        capture.add(wire.ethernet(wire.BROADCAST, one[0], speak.SADP_LINK, speak.sadp_frame(
            4, one, RECORDER, "255.255.255.0", speak.sadp_link_description(octets, 1, octets, octets)), (CORE,)))
        one = _camera(41, number)
        capture.add(broadcast(one, 5050, 5050, speak.dvrip_answer(*one, GATEWAY, octets, short, short, short)))
        one = _camera(42, number)
        capture.add(broadcast(one, 34569, 34569, speak.xiongmai_answer(*one, GATEWAY, short, short, name=short)))
        one = _camera(43, number)
        capture.add(broadcast(one, 23456, 23456, speak.mhed_announce(
            *one, GATEWAY, octets, octets, octets, octets, octets)))
        one = _camera(44, number)
        capture.add(broadcast(one, 3001, 3001, speak.topsee_answer(
            *one, GATEWAY, short, short, short, f'<OSD OsdStr="{short}"/>')))
        one = _camera(45, number)
        capture.add(broadcast(one, 7701, 7711, speak.hanwha_answer(*one, GATEWAY, octets, octets)))
        one = _camera(46, number)
        capture.add(broadcast(one, 1757, 1758, speak.rcp_description(*one, short, short, short)))
        one = _camera(47, number)
        capture.add(broadcast(one, 10670, 10669, speak.easyip_answer(
            *one, GATEWAY, RECORDER, octets, octets, octets, short)))
        one = _camera(48, number)
        capture.add(broadcast(one, 2380, 50123, speak.sony_answer(*one, GATEWAY, short, short, short)))
        one = _camera(49, number)
        capture.add(broadcast(one, 10000, 50124, speak.vivotek_answer(*one, short, short)))


# Of each: a length that lies, fields without end, and nesting without end.
def _bombs(one):
    head = speak.easyip_answer(*one, GATEWAY, RECORDER, "x")[:48]
    vivotek = speak.vivotek_search()
    topsee = speak.topsee_answer(*one, GATEWAY, "x", "y", "z")
    yield 34569, speak.xiongmai(1531, b"[" * 1300)
    yield 34569, speak.xiongmai(1531, b'{"NetWork.NetCommon":' * 60)
    yield 34569, speak.xiongmai(1531, b"{}")[:16] + b"\xff\xff\xff\xff" + b'{"NetWork.NetCommon":{"SN":"1"}}'
    yield 34569, speak.xiongmai(1531, b'{"NetWork.NetCommon":{"HostIP":"0x' + b"f" * 1200 + b'"}}')
    yield 10669, head + b"\0\1\0\0" * 350
    yield 10669, head + b"\0\xa8\xff\xff" + b"A" * 1000
    yield 10000, vivotek + b"\5\0" * 700
    yield 10000, vivotek + b"\4" * 1400
    yield 10000, vivotek + b"\2\xff" + b"A" * 200
    yield 3001, topsee[:300] + b"<LANConfig " * 100
    yield 3001, topsee.replace(b'"x"', b'"' + b" DeviceModule=" * 80)
    yield 1758, b'<root xmlns="OEMExt00:device-1-0">' + b"<serialNumber>" * 100
    yield 1758, b'<root xmlns="OEMExt00:device-1-0">' + b"<a" * 700
    yield 2380, b"\2" + b":\xff" * 700 + b"\3"
    yield 2380, b"\2" + b"MAC:" * 350 + b"\3"
    yield 5050, speak.dvrip_answer(*one, GATEWAY, "x", "y", "\r\n:" * 400, "z")
    yield 23456, b"MHED" + b"\xff" * 1400
    yield 7711, b"\x0b" + b"\xff" * 261


def hostile_makers_bombs(capture):
    """Each from a host of its own. A few are an answer all the same; the rest must name nobody."""
    for number in range(sum(1 for _ in _bombs(_camera(50, 0)))):
        one = _camera(50, number)
        port, payload = list(_bombs(one))[number]
        capture.add(broadcast(one, port, port, payload))
    one = _camera(51, 0)
    for length in (0, 1, 37, 38, 85, 200):
        octets = speak.sadp_link_description("x", 1, "y")[:length]
        capture.add(wire.ethernet(wire.BROADCAST, one[0], speak.SADP_LINK, (speak.sadp_frame(
            4, ("ff:ff:ff:ff:ff:ff", "255.255.255.255"), one, "0.0.0.0", bytes(2)))[:38] + octets, (CORE,)))
    # Everybody's ports, in one capture: the same noise to each.
    for port in (1757, 1758, 2380, 3000, 3001, 5050, 7701, 7711, 10000, 10669, 10670, 23456, 34569):
        for noise in (b"", b"\0", bytes(262), b"\xff" * 262, bytes(range(256)) * 5):
            capture.add(frame(one, RECORDER[0], wire.udp_packet(one[1], port, RECORDER[1], port, noise)))


def captures():
    made = []
    for make in (hostile_makers, hostile_makers_bombs):
        capture = wire.Pcap()
        make(capture)
        made.append((f"{make.__name__}.pcap", capture.pcap()))
    return made


if __name__ == "__main__":
    write(captures())
