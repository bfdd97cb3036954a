#!/usr/bin/python3
"""Devices that say what harms whoever prints, stores or forwards it: every string is an attacker's."""
from hosts import DAHUA, HIKVISION, RECORDER, add_conversation, frame, multicast, say, talk, unicast, wire, write

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x1b[31m"
CEF = "x|y=z\\|CEF:0|evil|evil|1|1|evil|10|msg=gone"
FORMULA = "=cmd|' /C calc'!A0"
LINES = "one\r\ntwo\n<13>1 - - forged - - - alert\n"
MARKUP = "</DeviceDescription><script>alert(1)</script>&#x41;&amp;&bogus;"
STRUCTURED = "a\"]b\\ [evil@1 x=\"y\"]"
LONG = "L" * 6000
BIDI = "\u202egnp.exe\u2066\u200b\ufeff"
ALL = (ESCAPES, CEF, FORMULA, LINES, MARKUP, STRUCTURED, BIDI, LONG)


def sadp(capture):
    for number, evil in enumerate(ALL):
        camera = (f"44:19:b6:ee:00:{number:02x}", f"10.10.10.{110 + number}")
        capture.add(multicast(camera, say.SADP_GROUP, say.SADP_PORT,
                              say.sadp_match(evil[:1200], evil[:1200], f"{evil[:200]}20210601AAWRF{number:08d}", *camera,
                                             firmware=evil[:200], oem=evil[:200])[:1400]))


def dhip(capture):
    for number, evil in enumerate(ALL):
        camera = (f"3c:ef:8c:ee:00:{number:02x}", f"10.10.10.{130 + number}")
        capture.add(unicast(camera, RECORDER, say.DHIP_PORT, 50001,
                            say.dhip_match(*camera, evil[:120], f"{evil[:60]}{number}", vendor=evil[:60],
                                           firmware=evil[:60], kind=evil[:60])))


def dhcp(capture):
    for number, evil in enumerate(ALL):
        mac = f"3c:ef:8c:dd:00:{number:02x}"
        name = evil.encode()[:255]
        payload = wire.dhcp(1, number, mac, [(12, name), (60, name), (55, bytes(range(200)))])
        capture.add(frame((mac, ""), wire.BROADCAST, wire.udp_packet("0.0.0.0", 68, "255.255.255.255", 67, payload)))


def streams(capture):
    for number, evil in enumerate(ALL):
        camera = (f"44:19:b6:cc:00:{number:02x}", f"10.10.10.{150 + number}")
        header = evil.replace("\r", "").replace("\n", "") if evil is not LINES else LINES
        page = say.http_answer("401 Unauthorized", [f"Server: App-webs/{header}", say.http_digest(header)],
                               say.html(evil))
        http = talk(RECORDER, camera, 80, (say.http_get("/", header[:100]), page), client_port=42000 + number)
        add_conversation(capture, RECORDER, camera, http)
        realm = f'WWW-Authenticate: Digest realm="IP Camera({header})", nonce="1"'
        rtsp = talk(RECORDER, camera, 554, (say.rtsp_ask("DESCRIBE", camera[1], 1),
                    say.rtsp_answer("401 Unauthorized", 1, [f"Server: {header}", realm])), client_port=43000 + number)
        add_conversation(capture, RECORDER, camera, rtsp)


def discovery(capture):
    for number, evil in enumerate(ALL):
        camera = (f"44:19:b6:bb:00:{number:02x}", f"10.10.10.{170 + number}")
        scopes = say.onvif_scopes(evil[:300], evil[:300].replace(" ", "%20"), f"MAC/{evil[:50]}")
        hello = say.wsd_hello("1", evil[:100], scopes, f"http://{evil[:100]}/")
        capture.add(multicast(camera, say.WSD_GROUP, say.WSD_PORT, hello[:1400]))


def bombs(capture):
    """Documents made to exhaust whoever reads them."""
    for payload in (b"<a>" * 460, b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>",
                    b"<ProbeMatch>" * 100, b"\0" * 1400, b"\xff" * 1400, b"<Probe" + b" a='" * 300):
        capture.add(multicast(HIKVISION, say.SADP_GROUP, say.SADP_PORT, payload))
        capture.add(multicast(HIKVISION, say.WSD_GROUP, say.WSD_PORT, payload))
    for body in (b"[" * 1300, b'{"a":' * 250, b'{"mac":"' + b"\\u0000" * 200, b'{"params":{"deviceInfo":[]}}', b"9" * 1300):
        header = say.dhip({})[:16] + len(body).to_bytes(4, "little") + bytes(4) + len(body).to_bytes(4, "little") + bytes(4)
        capture.add(unicast(DAHUA, RECORDER, say.DHIP_PORT, 50001, header + body))
    endless = say.http_answer("200 OK", [f"X-{n}: y" for n in range(3000)])
    add_conversation(capture, RECORDER, DAHUA, talk(RECORDER, DAHUA, 80, (say.http_get("/", "x"), endless)))


def captures():
    made = []
    for make in (sadp, dhip, dhcp, streams, discovery, bombs):
        capture = wire.Pcap()
        make(capture)
        made.append((f"hostile_{make.__name__}.pcap", capture.pcap()))
    return made


if __name__ == "__main__":
    write(captures())
