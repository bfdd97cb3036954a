#!/usr/bin/python3
"""What devices say in TLS handshakes: hellos, and the certificates of TLS 1.2.

The certificates are put together here, byte by byte, with nobody's key and nobody's signature: a
listener cannot check one.
"""
import ipaddress
import struct

from hosts import AXIS, DAHUA, HIKVISION, PRINTER, RECORDER, ROUTER, add_conversation, talk, wire, write

TLS10, TLS12, TLS13 = 0x0301, 0x0303, 0x0304
CLOUD = (ROUTER[0], "198.51.100.20")


def der(tag, *parts):
    """X.690: tag, length, contents."""
    body = b"".join(parts)
    length = bytes([len(body)]) if len(body) < 128 else bytes([0x82]) + struct.pack("!H", len(body))
    return bytes([tag]) + length + body


def oid(text):
    first, second, *rest = (int(part) for part in text.split("."))
    out = [first * 40 + second]
    for part in rest:
        septets = [part & 127]
        while part := part >> 7:
            septets.insert(0, part & 127 | 128)
        out += septets
    return der(6, bytes(out))


KINDS = {"CN": "2.5.4.3", "C": "2.5.4.6", "L": "2.5.4.7", "ST": "2.5.4.8", "O": "2.5.4.10", "OU": "2.5.4.11"}


def name(text):
    """"C=CN,O=Maker,CN=host": in the certificate's order."""
    parts = [part.split("=", 1) for part in text.split(",")]
    return der(0x30, *[der(0x31, der(0x30, oid(KINDS[kind]), der(0x0C, value.encode()))) for kind, value in parts])


def certificate(subject, issuer=None, names=(), serial=0x1234, days=("200101000000Z", "400101000000Z")):
    rsa = der(0x30, oid("1.2.840.113549.1.1.11"), der(5))
    key = der(0x30, der(0x30, oid("1.2.840.113549.1.1.1"), der(5)),
              der(3, b"\0", der(0x30, der(2, b"\0" + b"\xc5" * 64), der(2, b"\1\0\1"))))
    alternatives = [der(0x87, ipaddress.ip_address(one).packed) if one[0].isdigit() else der(0x82, one.encode())
                    for one in names]
    extensions = der(0xA3, der(0x30, der(0x30, oid("2.5.29.17"), der(4, der(0x30, *alternatives))))) if names else b""
    signed = der(0x30, der(0xA0, der(2, b"\2")), der(2, serial.to_bytes(9, "big").lstrip(b"\0")), rsa,
                 name(issuer or subject), der(0x30, *[der(0x17, day.encode()) for day in days]), name(subject), key,
                 extensions)
    return der(0x30, signed, rsa, der(3, b"\0" + b"\x5a" * 64))


def u24(number):
    return number.to_bytes(3, "big")


def message(kind, body):
    return bytes([kind]) + u24(len(body)) + body


def records(messages, size=1 << 14, version=TLS12):
    return b"".join(b"\x16" + struct.pack("!HH", version, len(messages[at:at + size])) + messages[at:at + size]
                    for at in range(0, len(messages), size))


def extension(kind, body):
    return struct.pack("!HH", kind, len(body)) + body


def words(*numbers):
    return struct.pack(f"!{len(numbers)}H", *numbers)


def server_name(host):
    return extension(0, struct.pack("!HBH", len(host) + 3, 0, len(host)) + host.encode())


def alpn(*protocols):
    body = b"".join(bytes([len(one)]) + one.encode() for one in protocols)
    return extension(16, struct.pack("!H", len(body)) + body)


def client_hello(ciphers, extensions, version=TLS12):
    body = struct.pack("!H", version) + b"\x11" * 32 + b"\0" + struct.pack("!H", 2 * len(ciphers)) + words(*ciphers)
    joined = b"".join(extensions)
    return message(1, body + b"\1\0" + struct.pack("!H", len(joined)) + joined)


def device_hello(host=None):
    """An embedded OpenSSL: few extensions, no protocols."""
    names = [server_name(host)] if host else []
    algorithms = words(0x0403, 0x0804, 0x0401, 0x0201)
    return client_hello([0xC02B, 0xC02F, 0x009C, 0x002F, 0x00FF], [
        *names, extension(11, b"\1\0"), extension(10, struct.pack("!H", 4) + words(0x001D, 0x0017)),
        extension(35, b""), extension(13, struct.pack("!H", len(algorithms)) + algorithms)])


def browser_hello(host):
    """The hello of JA4's public description, GREASE and all: t13d1516h2_8daaf6152771_e5627efa2ab1."""
    ciphers = [0x3A3A, 0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x009C,
               0x009D, 0x002F, 0x0035]
    algorithms = words(0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601)
    others = [extension(kind, b"") for kind in (0x001B, 0x0033, 0x4469, 0x0017, 0x002D, 0x0005, 0x0023, 0x0012,
                                                0xFF01, 0x000A, 0x000B, 0x0015)]
    return client_hello(ciphers, [
        extension(0x2A2A, b""), *others[:1], server_name(host), alpn("h2", "http/1.1"), *others[1:],
        extension(13, struct.pack("!H", len(algorithms)) + algorithms),
        extension(43, b"\6" + words(0x5A5A, TLS13, TLS12)), extension(0xAAAA, b"\0")])


def server_hello(version=TLS12):
    chosen = extension(43, words(version)) if version == TLS13 else b""
    body = struct.pack("!H", TLS12) + b"\x22" * 32 + b"\0" + words(0xC02F) + b"\0"
    return message(2, body + (struct.pack("!H", len(chosen)) + chosen if chosen else b""))


def chain(*certificates):
    body = b"".join(u24(len(one)) + one for one in certificates)
    return message(11, u24(len(body)) + body)


DONE = message(14, b"")
HIKVISION_NAME = "C=CN,ST=ZheJiang,L=HangZhou,O=HIKVISION,OU=DVRNVR,CN=www.hikvision.com"
DAHUA_NAME = "CN=192.168.1.108,C=CN,ST=ZHEJIANG,L=HANGZHOU,O=DAHUA,OU=DAHUATECH"
DAHUA_CA = "C=CN,O=DahuaTech,CN=Product Root CA"
PUBLIC_CA = "C=US,O=Example Trust Services,CN=Example TLS CA 1"


def tls():
    capture = wire.Pcap()

    def add(client, server, port, hello, answer, more=b"", **how):
        add_conversation(capture, client, server, talk(client, server, port, (hello, answer), (more, b""), **how)
                         if more else talk(client, server, port, (hello, answer), **how))
    pc = records(browser_hello("camera.example"), version=TLS10)
    # In one record; in records of 100 bytes and segments of 500; behind a warning (RFC 6066 section 3).
    add(RECORDER, AXIS, 443, pc, records(server_hello() + chain(certificate(
        "O=Axis Communications AB,CN=axis-accc8e112233", names=["axis-accc8e112233.local", AXIS[1]])) + DONE))
    add(RECORDER, HIKVISION, 443, records(device_hello(), version=TLS10),
        records(server_hello() + chain(certificate(HIKVISION_NAME)) + DONE, 100), mss=500)
    add(RECORDER, DAHUA, 8443, pc, b"\x15\3\3\0\2\1\x70" + records(server_hello()) + records(chain(
        certificate(DAHUA_NAME, DAHUA_CA), certificate(DAHUA_CA))) + records(DONE))
    # TLS 1.3: nothing of the certificate is in clear.
    add(RECORDER, PRINTER, 443, pc, records(server_hello(TLS13)) + b"\x14\3\3\0\1\1\x17\3\3\1\0" + b"\xee" * 256,
        client_port=40001)
    # A camera and a desktop call on the camera's cloud: neither is told from the other by that, and a certificate of
    # a public CA says nothing of the camera. The camera shows one of its own.
    web = records(server_hello() + chain(certificate("C=CN,O=Example Cloud,CN=*.ezvizlife.com", PUBLIC_CA,
                                                     ["*.ezvizlife.com"])) + message(13, bytes(6)) + DONE)
    own = records(chain(certificate("C=CN,O=Example Factory,CN=C12345678", "C=CN,O=Example Factory,CN=Device CA"))
                  + message(16, b"\0" * 66))
    add(HIKVISION, CLOUD, 8555, records(device_hello("litedev.ezvizlife.com")), web, own)
    add(RECORDER, CLOUD, 443, records(browser_hello("www.ezvizlife.com")), web, records(chain() + message(16, b"")),
        client_port=40002)
    return capture.pcap()


def captures():
    return [("tls.pcap", tls())]


if __name__ == "__main__":
    write(captures())
