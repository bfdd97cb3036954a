#!/usr/bin/python3
"""Makers' own discovery, of those that sell to homes and small shops: what cameras say, what the same makers' other things
say, who asks, and what strays onto the same port. Layouts as the fact sheet on discovery protocols has them."""
import base64
import json
import zlib

from hosts import PRINTER, RECORDER, ROUTER, add_conversation, frame, unicast, wire, write

EVERYBODY = "255.255.255.255"
TOOL = ("14:18:77:00:00:09", "10.10.10.9")  # a PC with a maker's search tool


def laid_out(length, fields):
    """`fields`: {offset: bytes}; zeros between them."""
    message = bytearray(length)
    for offset, octets in fields.items():
        message[offset:offset + len(octets)] = octets
    assert len(message) == length
    return bytes(message)


def broadcast(sender, sport, dport, payload):
    return frame(sender, wire.BROADCAST, wire.udp_packet(sender[1], sport, EVERYBODY, dport, payload))


def xored(text, key):
    return bytes(octet ^ key[at % len(key)] for at, octet in enumerate(text))


# --- D-Link DDP, section 36

def ddp_announcement(host, product, model, firmware=b"1.06", opening=b"\xff\xff", command=b"\xa0\0"):
    mac, ip = wire.mac(host[0]), wire.ip(host[1])
    return laid_out(317, {0: opening, 2: b"\2\0", 4: command, 6: mac, 12: ip, 18: b"\2\0", 20: b"\x27\1", 22: product,
                          86: b"3", 118: firmware, 150: mac, 156: b"A1", 220: model, 284: ip, 288: wire.ip("255.255.255.0")})


def ddp_answer(host, model):
    return laid_out(322, {0: b"\xee\xfe", 4: b"\xa1\0", 6: wire.mac(host[0]), 18: b"\2\0", 86: model,
                          290: wire.ip(host[1]), 294: b"\x50\0"})


DDP_SEARCH = bytes.fromhex("fdfd0000a100ffffffffffff00000000000002000000")


def ddp(capture):
    camera, router, far = ("b0:c5:54:00:00:01", "10.10.10.31"), ("b0:c5:54:00:00:02", "10.10.10.32"), \
        ("b0:c5:54:00:00:03", "10.10.40.33")
    recorder = ("b0:c5:54:00:00:04", "10.10.10.34")
    capture.add(broadcast(TOOL, 50100, 62976, DDP_SEARCH))
    capture.add(broadcast(camera, 62976, 62976, ddp_announcement(camera, b"Wireless Internet Camera", b"DCS-935L")))
    capture.add(broadcast(router, 62976, 62976, ddp_announcement(router, b"Wireless Router", b"DIR-615", b"20.12")))
    capture.add(unicast(recorder, TOOL, 62976, 62992, ddp_answer(recorder, b"DNR-322L")))
    capture.add(unicast((ROUTER[0], far[1]), TOOL, 62976, 62992, ddp_answer(far, b"DCS-4602EV")))
    capture.add(broadcast(camera, 62976, 62976, bytes.fromhex("fdfd0300d100ffffffffffff00000000000001000000")))
    capture.add(broadcast(PRINTER, 62976, 62976, ddp_announcement(camera, b"x", b"y")[:60]))
    capture.add(broadcast(PRINTER, 62976, 62976, b"\xff" * 400))


# --- Reolink, section 28

def reolink_record(host, name, uid, kind=b"IPC"):
    return laid_out(388, {58: kind, 80: wire.mac(host[0]), 104: b"\xaa\xaa\0\0", 108: host[1].encode(),
                          128: b"\x28\x23\0\0", 132: name, 164: host[0].encode(), 228: uid})


def reolink(capture):
    camera, silent = ("ec:71:db:00:00:01", "10.10.10.41"), ("ec:71:db:00:00:02", "10.10.10.42")
    capture.add(broadcast(TOOL, 3000, 2000, b"\xaa\xaa\0\0"))
    capture.add(broadcast(camera, 2000, 3000, reolink_record(camera, b"Front door", b"952700TESTUID001")))
    capture.add(unicast(silent, TOOL, 2000, 3000, reolink_record(silent, b"", b"952700TESTUID002", b"")))
    capture.add(unicast(silent, TOOL, 2000, 3000, reolink_record(silent, b"", b"952700TESTUID002")[:200]))
    # Cisco's telephones speak SCCP on the same number.
    capture.add(unicast(PRINTER, RECORDER, 2000, 50200, bytes.fromhex("04000000000000000000000000")))


BC_KEY = (0x1F2D3C4B, 0x5A6C7F8D, 0x38172E4B, 0x8271635A, 0x863F1A2B, 0xA5C6F7D8, 0x8371E1B4, 0x17F2D3A5)


def bcudp_message(xml, transaction):
    stream = b"".join(((word + transaction) & 0xFFFFFFFF).to_bytes(4, "little") for word in BC_KEY)
    hidden = xored(xml, stream)
    checksum = zlib.crc32(hidden, 0xFFFFFFFF) ^ 0xFFFFFFFF
    head = [len(hidden), 1, transaction, checksum]
    return bytes.fromhex("3acf872a") + b"".join(word.to_bytes(4, "little") for word in head) + hidden


def bcudp(capture):
    camera = ("ec:71:db:00:00:03", "10.10.10.43")
    capture.add(broadcast(TOOL, 3000, 2015, bcudp_message(b"<P2P><C2D_S><to><port>3000</port></to></C2D_S></P2P>", 0x57)))
    answer = b"<P2P>\n<D2C_C_R>\n<timer/><rsp>0</rsp><cid>82000</cid><did>80</did></D2C_C_R></P2P>"
    capture.add(unicast(camera, TOOL, 2018, 50201, bcudp_message(answer, 0x1234)))
    broken = bytearray(bcudp_message(answer, 0x1234))
    broken[12] ^= 1  # another transaction: nothing can be read
    capture.add(unicast(camera, TOOL, 2018, 50201, bytes(broken)))
    capture.add(unicast(PRINTER, TOOL, 2015, 50201, b"\x20\xcf\x87\x2a" + bytes(40)))


# --- Netwave ("MO_I"), section 26

def netwave_reply(host, identifier, name, firmware=(37, 2, 36, 1), key=b""):
    text = laid_out(64, {0: identifier, 13: name, 0x22: wire.ip(host[1]), 0x26: wire.ip("255.255.0.0"),
                         0x2A: wire.ip("10.10.10.1"), 0x32: b"\x08", 0x36: bytes(firmware), 0x3E: b"\0\x50"})
    head = laid_out(23, {0: b"MO_I", 4: b"\1", 6: b"\1" if key else b"\0", 7: key, 15: b"\x40"})
    return head + (xored(text, key) if key else text)


def netwave(capture):
    camera, hidden, clone = ("00:62:6e:00:00:01", "10.10.10.51"), ("00:62:6e:00:00:02", "10.10.10.52"), \
        ("48:02:2a:00:00:03", "10.10.10.53")
    capture.add(broadcast(TOOL, 10000, 10000, bytes.fromhex("4d4f5f490000000000000000000000040000000000000000000001")))
    capture.add(broadcast(camera, 10000, 10000, netwave_reply(camera, b"00626E000001", b"Stairs")))
    capture.add(broadcast(hidden, 10000, 10000, netwave_reply(hidden, b"00626E000002", b"Yard", key=b"\1\2\3\4\5\6\7\x08")))
    capture.add(broadcast(clone, 10000, 10000, netwave_reply(clone, b"0123456789", b"IPCAM", (0, 0, 0, 0))))
    capture.add(broadcast(camera, 10000, 10000, netwave_reply(camera, b"00626E000001", b"Stairs")[:40]))
    capture.add(broadcast(PRINTER, 10000, 10000, bytes.fromhex("014a5d8f1c")))  # Vivotek's search


# --- VStarcam, section 25

def vstarcam_reply(host, uid, name, firmware):
    return laid_out(304, {0: b"DH\1\x08", 4: host[1].encode(), 0x14: b"255.255.255.0", 0x24: b"10.10.10.1",
                          0x54: wire.mac(host[0]), 0x5A: b"\x1f\x90"[::-1], 0x5C: uid, 0x7C: name, 0xCC: firmware,
                          0xDC: b"1.0", 0xEC: b"admin", 0x10C: b"never-to-be-kept"})


def vstarcam(capture):
    camera = ("78:a5:dd:00:00:01", "10.10.10.61")
    capture.add(broadcast(TOOL, 8600, 8600, b"DH\1\1"))
    capture.add(broadcast(camera, 8600, 8600, vstarcam_reply(camera, b"VSTD123456ABCDE", b"IPCAM", b"48.2.64.1")))
    capture.add(broadcast(camera, 8600, 8600, vstarcam_reply(camera, b"VSTD123456ABCDE", b"IPCAM", b"48.2.64.1")[:100]))


# --- Ubiquiti, section 27

def ubiquiti_answer(host, platform, firmware, version=1, command=0, name=b"device", extra=b""):
    def element(kind, value):
        return bytes([kind]) + len(value).to_bytes(2, "big") + value
    mac = wire.mac(host[0])
    body = element(1, mac) + element(2, mac + wire.ip(host[1])) + element(3, firmware) + element(0x0B, name) \
        + element(0x0C, platform) + extra
    return bytes([version, command]) + len(body).to_bytes(2, "big") + body


def ubiquiti(capture):
    camera, point = ("fc:ec:da:00:00:01", "10.10.10.71"), ("fc:ec:da:00:00:02", "10.10.10.72")
    recorder, doorbell = ("fc:ec:da:00:00:03", "10.10.10.73"), ("fc:ec:da:00:00:04", "10.10.10.74")
    far = ("fc:ec:da:00:00:05", "10.10.40.75")
    capture.add(broadcast(TOOL, 50300, 10001, b"\1\0\0\0"))
    capture.add(broadcast(TOOL, 50300, 10001, b"\2\x08\0\0"))
    capture.add(unicast(camera, TOOL, 10001, 50300, ubiquiti_answer(camera, b"UVC G3 Flex", b"UVC.S2L.v4.75.62.67.c1fae0c")))
    capture.add(broadcast(point, 10001, 10001, ubiquiti_answer(point, b"U6-Pro", b"MT7622.v6.5.28.14491", 2, 6,
                                                               extra=b"\x15\0\6UAP6MP")))
    capture.add(unicast(recorder, TOOL, 10001, 50300, ubiquiti_answer(recorder, b"UNVR", b"UNVR.al324.v3.2.12", 0, 6)))
    capture.add(unicast(doorbell, TOOL, 10001, 50300, ubiquiti_answer(doorbell, b"UVC G4 Doorbell", b"UVC.S5L.v4.69.55")))
    capture.add(unicast((ROUTER[0], far[1]), TOOL, 10001, 50300, ubiquiti_answer(far, b"UVC G5 Bullet", b"UVC.SAV530Q.v4.69.55")))
    answer = ubiquiti_answer(camera, b"UVC G3 Flex", b"UVC.S2L.v4.75.62")
    capture.add(unicast(PRINTER, TOOL, 10001, 50300, answer[:2] + b"\0\x20" + answer[4:36]))  # an element runs out of it
    capture.add(unicast(PRINTER, TOOL, 10001, 50300, b"\1I20100\r\n"))                        # a tank gauge


# --- TP-Link, section 29

def tdp_message(body, flags=0x11, number=0x01020304):
    body = json.dumps(body, separators=(",", ":")).encode() if body else b""
    head = b"\2\0\0\1" + len(body).to_bytes(2, "big") + bytes([flags, 0]) + number.to_bytes(4, "big")
    return head + zlib.crc32(head + bytes.fromhex("5a6b7c8d") + body).to_bytes(4, "big") + body


def tdp_answer(host, kind, model, firmware, serial):
    return tdp_message({"error_code": 0, "result": {
        "device_id": serial, "owner": "", "device_type": kind, "device_model": model, "ip": host[1],
        "mac": host[0].upper().replace(":", "-"), "hw_ver": "1.0", "firmware_version": firmware, "factory_default": False,
        "mgt_encrypt_schm": {"is_support_https": True, "encrypt_type": "AES", "http_port": 443}}})


def tdp(capture):
    camera, plug = ("9c:a2:f4:00:00:01", "10.10.10.81"), ("9c:a2:f4:00:00:02", "10.10.10.82")
    doorbell, vigi = ("9c:a2:f4:00:00:03", "10.10.10.83"), ("9c:a2:f4:00:00:04", "10.10.40.84")
    capture.add(broadcast(TOOL, 50400, 20002, tdp_message(None, 0, 0)))
    capture.add(broadcast(TOOL, 50400, 20002, tdp_message({"params": {"rsa_key": "TEST"}})))
    for host, kind, model in ((camera, "SMART.IPCAMERA", "C200"), (plug, "SMART.TAPOPLUG", "P110(EU)"),
                              (doorbell, "SMART.TAPODOORBELL", "D130"), (vigi, "SMART.IPCAMERA", "VIGI C340")):
        link = (ROUTER[0], host[1]) if host is vigi else host
        capture.add(unicast(link, TOOL, 20002, 50400, tdp_answer(host, kind, model, "1.3.7 Build 230823 Rel.57779n",
                                                                 f"0000000000000000000000000000{host[0][-2:]}AB")))
    capture.add(unicast(PRINTER, TOOL, 20002, 50400, tdp_answer(camera, "SMART.IPCAMERA", "C200", "1", "2")[:90]))
    capture.add(unicast(PRINTER, TOOL, 20002, 50400, b"\2\0\0\1 not of this protocol"))


def kasa_message(message):
    hidden, key = bytearray(), 171
    for octet in json.dumps(message, separators=(",", ":")).encode():
        key ^= octet
        hidden.append(key)
    return bytes(hidden)


def kasa(capture):
    camera, plug = ("50:c7:bf:00:00:01", "10.10.10.85"), ("50:c7:bf:00:00:02", "10.10.10.86")
    capture.add(broadcast(TOOL, 50500, 9999, kasa_message({"system": {"get_sysinfo": None}})))
    capture.add(unicast(camera, TOOL, 9999, 50500, kasa_message({"system": {"get_sysinfo": {"err_code": 0, "system": {
        "sw_ver": "2.3.6 20XXXXXXXX", "hw_ver": "1.0", "model": "KC100(US)", "deviceId": "0000TEST0001", "type": "IOT.IPCAMERA",
        "mic_mac": camera[0].replace(":", ""), "alias": "Nursery"}}}})))
    capture.add(unicast(plug, TOOL, 9999, 50500, kasa_message({"system": {"get_sysinfo": {
        "sw_ver": "1.5.8 Build 180815 Rel.135935", "hw_ver": "2.1", "model": "HS110(EU)", "deviceId": "0000TEST0002",
        "mac": plug[0].upper(), "type": "IOT.SMARTPLUGSWITCH", "alias": "Camera plug"}}})))
    capture.add(unicast(PRINTER, TOOL, 9999, 50500, b"\xd0 other things begin like this"))


# --- Tuya, section 30

def tuya_frame(command, payload, number=0):
    body = payload + bytes(4) + bytes.fromhex("0000aa55")
    return bytes.fromhex("000055aa") + b"".join(v.to_bytes(4, "big") for v in (number, command, len(body))) + body


def tuya_gcm_frame(command, payload):
    body = payload + bytes.fromhex("00009966")
    return bytes.fromhex("00006699") + bytes(2) + b"".join(v.to_bytes(4, "big") for v in (0, command, len(payload))) + body


def tuya(capture):
    clear, hidden, newest = (("10:5a:17:00:00:%02x" % n, f"10.10.10.{90 + n}") for n in (1, 2, 3))
    said = {"ip": clear[1], "gwId": "00000000000000test01", "active": 2, "ability": 0, "mode": 0, "encrypt": True,
            "productKey": "keytest000000001", "version": "3.1"}
    capture.add(broadcast(clear, 49154, 6666, tuya_frame(0, bytes(4) + json.dumps(said).encode())))
    capture.add(broadcast(hidden, 49154, 6667, tuya_frame(0x13, bytes(4) + bytes(range(128, 240)))))
    capture.add(broadcast(newest, 49154, 7000, tuya_gcm_frame(0x23, bytes(range(100, 180)))))
    capture.add(broadcast(TOOL, 50600, 7000, tuya_gcm_frame(0x25, bytes(range(60)))))
    capture.add(broadcast(clear, 49154, 6666, tuya_frame(0, bytes(4) + b'{"ip":')[:30]))
    capture.add(broadcast(clear, 49154, 6666, tuya_frame(0, bytes(4) + b'{"gwId":}')))


# --- Xiaomi miIO, section 31

def miio_message(device_id, stamp=0x1234, rest=b"\xff" * 16, payload=b""):
    return b"\x21\x31" + (32 + len(payload)).to_bytes(2, "big") + bytes(4) + device_id.to_bytes(4, "big") \
        + stamp.to_bytes(4, "big") + rest + payload


def miio(capture):
    lamp, cloud = ("64:90:c1:00:00:01", "10.10.10.101"), ("64:90:c1:00:00:02", "10.10.10.102")
    capture.add(broadcast(TOOL, 50700, 54321, bytes.fromhex("21310020") + b"\xff" * 28))
    capture.add(unicast(lamp, TOOL, 54321, 50700, miio_message(0x0A0B0C0D)))
    capture.add(unicast(TOOL, lamp, 50700, 54321, miio_message(0x0A0B0C0D, payload=bytes(48))))  # an app's order
    capture.add(frame(cloud, ROUTER[0], wire.udp_packet(cloud[1], 50701, "192.0.2.80", 8053, miio_message(0x0A0B0C0E))))
    capture.add(unicast(lamp, TOOL, 54321, 50700, miio_message(0x0A0B0C0D, payload=bytes(48))[:40]))


# --- PPPP, section 32

def pppp_uid(prefix, serial, check):
    return laid_out(20, {0: prefix, 8: serial.to_bytes(4, "big"), 12: check})


def pppp_message(kind, body=b""):
    return b"\xf1" + bytes([kind]) + len(body).to_bytes(2, "big") + body


def pppp(capture):
    yi, star, other, hidden = (("78:a5:dd:00:01:%02x" % n, f"10.10.10.{110 + n}") for n in (1, 2, 3, 4))
    cloud = "192.0.2.81"

    def to_cloud(host, payload):
        capture.add(frame(host, ROUTER[0], wire.udp_packet(host[1], 50800, cloud, 32100, payload)))
    for kind in (0x30, 0x32):
        capture.add(broadcast(TOOL, 50801, 32108, pppp_message(kind)))
    capture.add(broadcast(yi, 32108, 32108, pppp_message(0x31, pppp_uid(b"TNPUSAE", 123456, b"ABCDE"))))
    capture.add(unicast(star, TOOL, 32108, 50801, pppp_message(0x41, pppp_uid(b"VSTD", 1234, b"ABCDE"))))
    # A client punches with the same words: it is no camera.
    capture.add(unicast(TOOL, star, 50801, 32108, pppp_message(0x41, pppp_uid(b"VSTD", 1234, b"ABCDE"))))
    to_cloud(other, pppp_message(0x10, pppp_uid(b"GCMN", 7654321, b"FGHIJ") + b"\0\1\2\1" + bytes(16)))
    to_cloud(hidden, pppp_message(0x12, bytes(range(200, 244))))
    to_cloud(TOOL, pppp_message(0x20, pppp_uid(b"VSTD", 1234, b"ABCDE") + bytes(16)))
    capture.add(broadcast(yi, 32108, 32108, pppp_message(0x31, bytes(range(20)))))                 # no such UID
    capture.add(broadcast(PRINTER, 32108, 32108, pppp_message(0x31, pppp_uid(b"TNPUSAE", 1, b"A"))[:10]))


# --- TUTK, section 33

TUTK_KEY = b"Charlie is the designer of P2P!!"
TUTK_ORDER = (11, 9, 8, 15, 13, 10, 12, 14, 2, 1, 5, 0, 6, 4, 7, 3)


def turned_right(block, first):
    out = b""
    for at in range(0, 16, 4):
        word, bits = int.from_bytes(block[at:at + 4], "little"), (at + first) % 32
        out += ((word >> bits | word << (32 - bits)) & 0xFFFFFFFF).to_bytes(4, "little")
    return out


def tutk_scrambled(message):
    """Whole blocks of 16; a rest is only XORed here, since no reader looks at it."""
    out = b""
    for at in range(0, len(message) - 15, 16):
        ordered, block = xored(turned_right(message[at:at + 16], 1), TUTK_KEY), bytearray(16)
        for place, source in enumerate(TUTK_ORDER):
            block[source] = ordered[place]
        out += turned_right(bytes(block), 3)
    return out + xored(message[len(out):], TUTK_KEY)


def tutk_message(length, kind, uid):
    return tutk_scrambled(laid_out(length, {0: b"\4\2\x19\2", 4: (length - 16).to_bytes(2, "little"), 8: kind, 16: uid}))


def tutk(capture):
    camera = ("2c:aa:8e:00:00:01", "10.10.10.121")
    uid = b"TESTTESTTESTTEST111A"
    capture.add(broadcast(TOOL, 50900, 32761, tutk_message(68, b"\1\6\x21", uid)))
    capture.add(unicast(camera, TOOL, 32761, 50900, tutk_message(200, b"\2\6\x12", uid)))
    capture.add(unicast(PRINTER, TOOL, 32761, 50900, bytes(range(64))))


# --- V380, section 34

def v380(capture):
    camera = ("88:c2:55:00:00:01", "10.10.10.131")
    capture.add(broadcast(TOOL, 10009, 10008, b"NVDEVSEARCH^100" + bytes(111)))
    result = f"NVDEVRESULT^300^{camera[0]}^{camera[1]}^255.255.0.0^10.10.10.1^0^0^0^0^0^0^12345678^0^0^0".encode()
    capture.add(unicast(camera, TOOL, 10008, 10009, result))
    capture.add(unicast(camera, TOOL, 10008, 10009, result[:60]))


# --- Vimtag, section 35

def mipc(capture):
    camera = ("00:e0:4c:00:00:01", "10.10.10.141")
    hello = laid_out(108, {0: b"\x38\0\0\0l", 44: b"mrmt_hello", 80: b"\x0e\0\0\0", 92: b"1jfiegbtest01\n"})
    conversation = wire.Conversation(TOOL[1], 51000, camera[1], 7080, mss=40)
    add_conversation(capture, TOOL, camera, conversation.say(1, hello).close())


# --- Small or rare protocols, section 37

def edimax(capture):
    camera, plug = ("74:da:38:00:00:01", "10.10.10.151"), ("74:da:38:00:00:02", "10.10.10.152")
    capture.add(broadcast(TOOL, 20560, 20560, b"\xff" * 6 + b"EDIMAX" + bytes(7) + b"\xa1\xff\x5e"))
    for host in (camera, plug):
        capture.add(broadcast(host, 51140, 51140, b'<param><code value="1300" /><port value="51140" /></param>'))
    capture.add(broadcast(plug, 51141, 51141, b'<param><code value="13'))


def vision360(capture):
    camera = ("00:50:c2:00:00:01", "10.10.10.153")
    capture.add(broadcast(TOOL, 51100, 3600, b"DISCOVER\n"))
    capture.add(unicast(camera, TOOL, 3600, 51100, f"DISCOVER TYPE=IPDOME KEY='{camera[0]}' ID=1234567890\r\n".encode()))


def nice(capture):
    encoder = ("00:50:c2:00:00:02", "10.10.10.154")
    capture.add(broadcast(TOOL, 51200, 2007, b"NICE\0\1\1\x08\0\0\0\0\xc8\0"))
    reply = laid_out(590, {0: b"NICE", 10: wire.mac(encoder[0]), 0x10: wire.ip(encoder[1]), 0x4A: b"Gate 4"})
    capture.add(unicast(encoder, TOOL, 2007, 51200, reply))
    capture.add(unicast(encoder, TOOL, 2007, 51200, reply[:100]))


def dynacolor_message(text):
    return base64.b64encode(bytes(octet ^ 0xFF for octet in text))


def dynacolor(capture):
    camera = ("00:d0:89:00:00:01", "10.10.10.155")
    capture.add(broadcast(TOOL, 6667, 6666, dynacolor_message(b"DynaColor,00,????\0")))
    capture.add(unicast(camera, TOOL, 6666, 6667, dynacolor_message(b"DynaColor,01," + camera[1].encode() + b"\0")))
    capture.add(unicast(PRINTER, TOOL, 6666, 6667, b"bm8gc3VjaCB3b3JkIGluIGhlcmU="))


def jvc(capture):
    camera = ("00:80:88:00:00:01", "10.10.10.156")
    capture.add(broadcast(TOOL, 51300, 80, b"system.id\r\n"))
    capture.add(unicast(camera, TOOL, 80, 51300, f"system.id=VN-V686U({camera[1]}/24)&200 OK\r\n".encode()))
    capture.add(unicast(camera, TOOL, 80, 51300, b"system.id=VN-V6"))


def gvcp_answer(host, manufacturer, model, serial):
    body = laid_out(248, {0: b"\0\1\0\2", 10: wire.mac(host[0]), 36: wire.ip(host[1]), 72: manufacturer, 104: model,
                          136: b"3.1.0", 216: serial})
    return b"\0\0\0\3\0\xf8\0\1" + body


def gvcp(capture):
    basler, hikrobot = ("00:30:53:00:00:01", "10.10.10.157"), ("34:bd:20:00:00:01", "10.10.10.158")
    capture.add(broadcast(TOOL, 51400, 3956, bytes.fromhex("4211000200000001")))
    capture.add(unicast(basler, TOOL, 3956, 51400, gvcp_answer(basler, b"Basler", b"acA1300-30gm", b"21000001")))
    capture.add(unicast(hikrobot, TOOL, 3956, 51400, gvcp_answer(hikrobot, b"Hikrobot", b"MV-CA013-21GM", b"00D00000001")))
    capture.add(unicast(basler, TOOL, 3956, 51400, gvcp_answer(basler, b"Basler", b"acA1300-30gm", b"21000001")[:80]))


def tftp(capture):
    camera, telephone = ("3c:49:37:00:00:01", "10.10.10.159"), ("00:0b:82:00:00:02", "10.10.10.160")
    for host, name in ((camera, b"/update.sh"), (telephone, b"cfg000b82000002")):
        packet = wire.udp_packet(host[1], 51500, "192.168.1.13", 69, b"\0\1" + name + b"\0octet\0tsize\0000\0")
        capture.add(frame(host, ROUTER[0], packet))
    capture.add(frame(camera, ROUTER[0], wire.udp_packet(camera[1], 51500, "192.168.1.13", 69, b"\0")))


def lsdk_answer(host, serial, kind):
    return json.dumps({"cmd": "discover", "sn": serial, "discover": {
        "hw_ver": "h1.0.0", "sw_ver": "v1.0.0", "model": "ipc", "dev_type": kind, "chnn_num": 1, "mac": host[0],
        "mac_wireless": "00:00:00:00:00:00", "name": "Gate", "port": 80}}).encode()


def lsdk(capture):
    camera, recorder = ("00:0c:43:00:00:01", "10.10.10.161"), ("00:0c:43:00:00:02", "10.10.10.162")
    capture.add(broadcast(camera, 57975, 57975, lsdk_answer(camera, "YDTEST01", "ipc")))
    capture.add(broadcast(recorder, 57975, 57975, lsdk_answer(recorder, "YDTEST02", "nvr")))
    capture.add(broadcast(camera, 57975, 57975, lsdk_answer(camera, "YDTEST01", "ipc")[:60]))


MAKE = (ddp, reolink, bcudp, netwave, vstarcam, ubiquiti, tdp, kasa, tuya, miio, pppp, tutk, v380, mipc, edimax, vision360,
        nice, dynacolor, jvc, gvcp, tftp, lsdk)


def captures():
    for make in MAKE:
        capture = wire.Pcap()
        make(capture)
        yield f"{make.__name__}.pcap", capture.pcap()


if __name__ == "__main__":
    write(captures())
