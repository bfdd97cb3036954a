#!/usr/bin/python3
"""make_hostile.py's strings and bombs, in the discovery of consumer makers."""
import json

import make_consumer as say
from hosts import PRINTER, RECORDER, ROUTER, frame, unicast, wire, write
from make_hostile import ALL

TOOL = say.TOOL


def host(prefix, number):
    return (f"{prefix}:ee:00:{number:02x}", f"10.10.{30 + number}.{int(prefix[-2:], 16)}")


def evil_bytes(evil, size):
    return evil.encode()[:size]


def datagrams(evil, number):
    """(sender, source port, destination port, payload) of every protocol that holds text of the device's own."""
    def text(size):
        return evil_bytes(evil, size)
    dlink, reolink, netwave, star = (host(prefix, number) for prefix in ("b0:c5:54", "ec:71:db", "00:62:6e", "78:a5:dd"))
    ubiquiti, tplink, basler = (host(prefix, number) for prefix in ("fc:ec:da", "9c:a2:f4", "00:30:53"))
    yield dlink, 62976, 62976, say.ddp_announcement(dlink, text(64), text(64), text(30))
    yield reolink, 2000, 3000, say.reolink_record(reolink, text(31), text(31), text(17))
    yield netwave, 10000, 10000, say.netwave_reply(netwave, text(13), text(21))
    yield star, 8600, 8600, say.vstarcam_reply(star, text(32), text(31), text(16))
    yield ubiquiti, 10001, 10001, say.ubiquiti_answer(ubiquiti, text(300), text(300), name=text(300))
    yield tplink, 20002, 50400, say.tdp_answer(tplink, evil[:200], evil[:200], evil[:200], evil[:200])
    yield tplink, 9999, 50500, say.kasa_message({"system": {"get_sysinfo": {
        "type": evil[:100], "model": evil[:100], "sw_ver": evil[:100], "deviceId": evil[:100], "mac": evil[:100]}}})
    yield basler, 3956, 51400, say.gvcp_answer(basler, text(32), text(32), text(16))
    yield star, 10008, 10009, f"NVDEVRESULT^300^{evil[:100]}^x^^^^^^^^^{evil[:100]}^0".encode()
    yield star, 3600, 51100, f"DISCOVER TYPE={evil[:60]} KEY='{evil[:60]}' ID={evil[:60]}".encode()
    yield star, 80, 51300, f"system.id={evil[:60]}(1)&200 OK".encode()
    yield star, 51500, 69, b"\0\1" + text(200) + b"\0octet\0"
    yield star, 49154, 6666, say.tuya_frame(0, bytes(4) + json.dumps(
        {"gwId": evil[:90], "productKey": evil[:90], "version": evil[:90]}).encode())
    yield star, 51140, 51140, b'<param><code value="' + text(7) + b'" />'


def strings(capture):
    for number, evil in enumerate(ALL):
        for sender, sport, dport, payload in datagrams(evil, number):
            capture.add(unicast(sender, RECORDER, sport, dport, payload[:1450]))


PORTS = (62976, 62992, 2000, 3000, 2015, 10000, 8600, 10001, 20002, 9999, 6666, 7000, 54321, 8053, 32108, 32100, 32761, 20560,
         3600, 2007, 3956, 69, 40000)


def lies():
    """Lengths that are not true, and shapes without end."""
    def word(value, size):
        return value.to_bytes(size, "big")
    yield 10001, b"\1\0" + word(1400, 2) + b"\x0c\0\0" * 466 + b"\0\0"
    yield 10001, b"\1\0" + word(1400, 2) + b"\x0c\xff\xff" + bytes(1397)
    yield 10001, b"\0\0\0\0"
    for body in (b"[" * 1380, b'{"result":' * 130, b'{"result":{"device_type":"' + b"\\u0000" * 200 + b'"}}', b"9" * 1300):
        yield 20002, b"\2\0\0\1" + word(len(body), 2) + bytes(10) + body
        yield 20002, b"\2\0\0\1\xff\xff" + bytes(10) + body
    deep, key = bytearray(), 171
    for octet in b'{"system":' * 140:
        key ^= octet
        deep.append(key)
    yield 9999, bytes(deep)
    for length in (0, 1, 0x7FFFFFFF, 0xFFFFFFFF):
        yield 6666, bytes.fromhex("000055aa") + bytes(8) + word(length, 4) + bytes(40) + bytes.fromhex("0000aa55")
        yield 7000, bytes.fromhex("00006699") + bytes(10) + word(length, 4) + bytes(40) + bytes.fromhex("00009966")
    yield 6666, bytes.fromhex("000055aa0000aa55")
    for kind in range(0x10, 0x45):
        yield 32108, b"\xf1" + bytes([kind]) + word(20, 2) + b"\xff" * 20
    yield 32108, b"\xf1\x31\xff\xff" + bytes(1300)
    for xml in (b"<P2P>" * 280, b"<P2P><" + b"D2" * 600, b"<P2P><D2" + b" a='" * 300, b"<!DOCTYPE a [<!ENTITY b '&b;'>]><P2P>&b;"):
        yield 2015, say.bcudp_message(xml, 0xFFFFFFFF)
    yield 2015, bytes.fromhex("3acf872a") + bytes(17)
    yield 10008, b"NVDEVRESULT" + b"^" * 1300
    yield 10008, b"NVDEVRESULT^300^" + b"9" * 1300
    yield 10000, b"MO_I\1\0\1" + b"\xff" * 1000
    yield 8600, b"DH\1\x08" + b"A" * 1300
    yield 62976, b"\xff\xff\0\0\xa0\0" + b"A" * 1300
    yield 2000, b"A" * 104 + b"\xaa\xaa\0\0" + b"A" * 1200
    yield 2007, b"NICE" + b"A" * 1200
    yield 3956, bytes.fromhex("00000003ffff0001") + b"A" * 1300
    yield 3600, b"DISCOVER TYPE=" + b"A" * 1300
    yield 40000, b'<param><code value="' + b"1" * 1300
    yield 40000, b"system.id" + b"=" * 1300


def bombs(capture):
    for port, payload in lies():
        capture.add(unicast(PRINTER, TOOL, port, 50000, payload[:1450]))
    for port in PORTS:
        for payload in (b"", b"\0", b"\xff" * 3, b"\0" * 400, b"\xff" * 400):
            capture.add(unicast(PRINTER, TOOL, port, 50000, payload))
            capture.add(frame(PRINTER, ROUTER[0], wire.udp_packet(PRINTER[1], 50000, TOOL[1], port, payload)))
    endless = wire.Conversation(TOOL[1], 51000, PRINTER[1], 7080)
    endless.say(1, say.laid_out(92, {0: b"\x38\0\0\0l", 44: b"mrmt_hello"}) + b"a" * 40000)
    for _, packet in endless.packets:
        capture.add(frame(PRINTER, ROUTER[0], packet))


def captures():
    made = []
    for make in (strings, bombs):
        capture = wire.Pcap()
        make(capture)
        made.append((f"hostile_consumer_{make.__name__}.pcap", capture.pcap()))
    return made


if __name__ == "__main__":
    write(captures())
