"""A /24 of hosts that answer badly, or never: what a scan must outlive. Honest cameras are among them, one of
which says who it is only where nobody would look.

Whoever is named `outside` lives in no target: addresses that hostile answers point at.
"""
import gzip

import bystanders
import china
import world
from dweller import Dweller
from ears import Ear, say, ssdp, wsd
from onvif import Onvif
from voices import Drip, Octets, Reset, Rtsp, Silent, Tarpit, Tls, Web, answer, digest, page

import make_tls as tls  # of tests/replay, which ears.py put on the path

OUTSIDE = "10.99.0.1"
ANSWERS = 1000
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LIES = '<script>alert(1)</script>\x1b[2J\x1b]0;owned\x07=HYPERLINK("http://x")'


def host(number, name, **ports):
    one = Dweller(name, f"52:54:00:66:00:{number:02x}", f"10.77.0.{number}")
    one.tcp = {int(port.lstrip("p")): voice for port, voice in ports.items()}
    return one


def slow_hosts():
    line = b"X-Filler: " + b"a" * 100 + b"\r\n"
    return [
        host(20, "tarpit", p80=Tarpit(), p443=Tarpit(), p554=Tarpit(), p8000=Tarpit(), p8080=Tarpit()),
        host(21, "endless-headers", p80=Drip(OK, line * 20, 0.001), p554=Drip(b"RTSP/1.0 200 OK\r\n", line * 20, 0.001)),
        host(22, "one-byte-a-second", p80=Drip(b"H", b"T", 1), p443=Drip(b"\x16", b"\3", 1), p554=Drip(b"R", b"T", 1),
             p8000=Drip(b"\0", b"\0", 1)),
        host(23, "endless-body", p80=Drip(OK + b"\r\n<html><title>x", b"x" * 8192, 0.001)),
        host(24, "body-that-never-comes", p80=Drip(OK + b"Content-Length: 999999999999\r\n\r\n", b"", 1)),
        host(25, "endless-chunks", p80=Drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 500, 0.001)),
        host(26, "chunk-of-nonsense", p80=Octets(OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx\r\n")),
        host(27, "resets", p80=Reset(), p443=Reset(), p554=Reset(), p8000=Reset())]


def tls_hosts():
    plain = Web({"/": answer(body=page("x"))})

    def spoken(*certificates):
        return tls.records(tls.server_hello() + tls.chain(*certificates) + tls.DONE)
    good = tls.certificate("CN=oversized", names=[f"host{number}.example.com" for number in range(800)])
    return [
        host(110, "expired", p443=Octets(spoken(tls.certificate("CN=expired", days=("100101000000Z", "110101000000Z"))))),
        host(111, "self-signed", p443=Tls(plain, "/C=XX/O=Example/CN=self-signed", names=("*", "camera"))),
        host(112, "garbage-der", p443=Octets(spoken(bytes(range(256)) * 3), abrupt=False)),
        host(113, "oversized-chain", p443=Octets(spoken(*[good] * 40), abrupt=False)),
        host(114, "length-of-16-megabytes", p443=Octets(tls.records(b"\x0b\xff\xff\xff\xff\xff\xff"), abrupt=False)),
        host(115, "empty-certificate", p443=Octets(spoken(b""))),
        host(116, "alert", p443=Octets(b"\x15\3\3\0\2\2\x28")),
        host(117, "http-on-443", p443=Web({"/": answer(body=page("plain"))})),
        host(118, "stops-in-the-hello", p443=Octets(tls.records(tls.server_hello())[:40], abrupt=False))]


def liars():
    def to(where):
        return answer("302 Found", [f"Location: {where}"])
    bomb = gzip.compress(b"<title>" + b"x" * 30_000_000)
    loop = host(40, "redirects-to-itself")
    loop.tcp = {80: Web({}, to(f"http://{loop.address}/again"))}
    pointer = host(41, "points-outside", p80=Web({}, to(f"http://{OUTSIDE}/")))
    pointer.udp = [ssdp(f"http://{OUTSIDE}:80/description.xml", "Linux, UPnP/1.0, Private Upnp SDK", pointer.uuid),
                   wsd(pointer.uuid, say.onvif_scopes("x", "y"), f"http://{OUTSIDE}/onvif/device_service")]
    # Where a question takes a device down, or prints: whoever forges its answers wants us to ask there.
    control = host(47, "points-at-its-control-ports", p34567=Silent(), p37777=Silent(), p9100=Silent())
    control.udp = [ssdp(f"http://{control.address}:37777/desc.xml", "Linux, UPnP/1.0", control.uuid),
                   ssdp(f"http://{control.address}:9100/desc.xml", "Linux, UPnP/1.0", control.uuid),
                   wsd(control.uuid, say.onvif_scopes("x", "y"), f"http://{control.address}:34567/onvif/device_service")]
    return [loop, pointer, control,
            host(42, "gzip-bomb", p80=Octets(OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb) + bomb)),
            host(43, "lies-in-strings", p80=Web({"/": answer(headers=[f"Server: {LIES}"], body=page(LIES))}),
                 p554=Rtsp(LIES, [digest(LIES.replace('"', "'"))], [f"Server: {LIES}"])),
            host(44, "nothing-but-nul", p80=Octets(b"\0" * 100_000), p554=Octets(b"\0" * 100_000)),
            host(45, "http-09", p80=Octets(b"<html><title>old</title></html>")),
            host(46, "two-answers", p80=Octets((OK + b"Content-Length: 2\r\n\r\nab") * 1000))]


class Flood(Ear):
    """A thousand answers to one question, each of another device."""

    def answers(self, question, asker):
        return [(payload, asker, self.port) for payload in self.answer] if question.startswith(self.opens) else []


def flooders():
    onvif, sadp, dhip = host(50, "floods-onvif"), host(51, "floods-sadp"), host(52, "floods-dhip")

    def mac(number):
        return f"44:19:b7:00:{number >> 8:02x}:{number & 255:02x}"
    onvif.udp = [Flood(say.WSD_PORT, b"<", [
        say.wsd_match(f"00000000-0000-4000-8000-{number:012x}", "00000000-0000-4000-8000-000000000001",
                      f"00000000-0000-4000-9000-{number:012x}", say.onvif_scopes(f"FLOOD{number}", "DS-2CD2032-I"),
                      f"http://10.77.0.50/onvif/{number}") for number in range(ANSWERS)], (say.WSD_GROUP,))]
    sadp.udp = [Flood(say.SADP_PORT, b"<", [
        say.sadp_match("", "DS-2CD2032-I", f"DS-2CD2032-I20200101AAWR{number:09d}", mac(number), "10.77.0.51")
        for number in range(ANSWERS)], (say.SADP_GROUP,))]
    dhip.udp = [Flood(say.DHIP_PORT, b"\x20\0\0\0DHIP", [
        say.dhip_match(mac(2000 + number), "10.77.0.52", "IPC-FLOOD", f"FLOOD{number:010d}")
        for number in range(ANSWERS)], (say.DHIP_GROUP,))]
    return [onvif, sadp, dhip]


def elsewhere():
    """Its ONVIF service has a port and a path of its own; only WS-Discovery tells where, and no maker."""
    one = Dweller("onvif-elsewhere", "52:54:00:66:00:3c", "10.77.0.60", "Hikvision", "camera", "DS-2CD2142FWD-I")
    xaddr, scopes = f"http://{one.address}:10101/onvif/services", say.onvif_scopes("Hall", "IPC")
    who = ("HIKVISION", one.model, "V5.5.0 build 170725", f"{one.model}20170801AAWR123456789", "88")
    one.tcp = {10101: Web({"/onvif/services": Onvif(who, xaddr, scopes)})}
    one.udp = [wsd(one.uuid, scopes, xaddr)]
    return one


def everyone():
    deaf = [Dweller(f"deaf-{number}", f"00:15:17:00:00:{number:02x}", f"10.77.0.{number}", deaf=True)
            for number in range(100, 110)]
    honest = [one for one in china.cameras() + world.cameras() if one.name in ("hikvision", "axis")]
    return [bystanders.router(), *honest, elsewhere(), *slow_hosts(), *tls_hosts(), *liars(), *flooders(), *deaf]
