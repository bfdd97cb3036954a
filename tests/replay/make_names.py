#!/usr/bin/python3
"""Names and services: multicast DNS with DNS-SD, DNS, SSDP."""
import struct

from hosts import AXIS, CORE, DAHUA, DAHUA_SERIAL, PRINTER, RECORDER, ROUTER, frame, multicast, unicast, wire, write

MDNS_GROUP, MDNS_PORT = "224.0.0.251", 5353
SSDP_GROUP, SSDP_PORT = "239.255.255.250", 1900
A, PTR, TXT, AAAA, SRV, OPT, ANY = 1, 12, 16, 28, 33, 41, 255
FLUSH = 0x8001  # class IN, and: forget what you knew (RFC 6762 section 10.2)
DLINK = ("b0:c5:54:00:5b:0e", "10.10.10.37")
EDIMAX = ("74:da:38:00:7a:08", "10.10.10.51")
BLINK = ("f4:b8:5e:00:2b:1b", "10.10.10.29")
DESKTOP = ("00:25:90:00:00:05", "10.10.10.5")
RESOLVER = ("00:25:90:00:00:53", "10.10.10.53")


def name(*labels):
    return b"".join(bytes([len(label)]) + label for label in (text.encode() for text in labels)) + b"\0"


def dotted(text):
    return name(*text.split("."))


def question(owner, kind, klass=1):
    return owner + struct.pack("!HH", kind, klass)


def record(owner, kind, rdata, klass=1, ttl=120):
    return owner + struct.pack("!HHIH", kind, klass, ttl, len(rdata)) + rdata


def message(flags, questions=(), answers=(), authorities=(), additionals=(), ident=0):
    counts = [len(part) for part in (questions, answers, authorities, additionals)]
    return struct.pack("!HH4H", ident, flags, *counts) + b"".join([*questions, *answers, *authorities, *additionals])


def text(*strings):
    return b"".join(bytes([len(one)]) + one for one in (string.encode() for string in strings))


def service(instance, kind, host, port, address, strings):
    """The four records of one service, as responders send them: RFC 6763 section 12."""
    kind, host = kind.split(".") + ["local"], [host, "local"]
    owner = name(instance, *kind)
    return ([record(name(*kind), PTR, owner, ttl=4500)],
            [record(owner, SRV, struct.pack("!HHH", 0, 0, port) + name(*host), FLUSH),
             record(owner, TXT, text(*strings) if strings else b"\0", FLUSH, 4500),
             record(name(*host), A, wire.ip(address), FLUSH)])


def announce(capture, sender, answers, additionals=(), authorities=(), questions=(), flags=0x8400):
    payload = message(flags, questions, answers, authorities, additionals)
    capture.add(multicast(sender, MDNS_GROUP, MDNS_PORT, payload, ttl=255))


def axis_services(capture):
    label = "AXIS M3045-V - ACCC8E112233"
    answers, additionals = service(label, "_axis-video._tcp", "axis-accc8e112233", 80, AXIS[1],
                                   ["macaddress=ACCC8E112233"])
    announce(capture, AXIS, answers, additionals)
    # With compression: the type's PTR, whose target is a label and a pointer to the type.
    kind = dotted("_rtsp._tcp.local")
    target = bytes([len(label)]) + label.encode() + b"\xc0\x0c"
    announce(capture, AXIS, [record(kind, PTR, target)])
    types = dotted("_services._dns-sd._udp.local")
    announce(capture, AXIS, [record(types, PTR, dotted("_http._tcp.local"))])


def mdns():
    capture = wire.Pcap()
    wanted = [question(dotted("_axis-video._tcp.local"), PTR), question(dotted("_ipp._tcp.local"), PTR)]
    # A recorder's question with a known answer: that camera is not the recorder.
    known, _ = service("AXIS P3245-V - ACCC8E000001", "_axis-video._tcp", "axis-accc8e000001", 80, "10.10.10.99", [])
    announce(capture, RECORDER, known, questions=wanted, flags=0)
    axis_services(capture)
    # A service that is being probed for: the records are in the authority section (RFC 6762 section 8.2).
    mac = DLINK[0].upper()
    _, proposed = service("D-Link HNAP Service", "_dhnap._tcp", "DCS-935L-B0C554005B0E", 80, DLINK[1],
                          [f"mac={mac}", "wlan0_ssid=DCS-935L-5B0E", "model_number=DCS-935L", "hardware_ver=A1",
                           "version=0106", "mydlink=true", "dtype=100;101"])
    owner = name("D-Link HNAP Service", "_dhnap", "_tcp", "local")
    announce(capture, DLINK, [], authorities=proposed, questions=[question(owner, ANY)], flags=0)
    answers, additionals = service(f" [{EDIMAX[0]}]", "_http._tcp", "localcam", 80, EDIMAX[1],
                                   ["IC-3115W Network Camera"])
    announce(capture, EDIMAX, answers, additionals)
    answers, additionals = service(DAHUA_SERIAL, "_http._tcp", DAHUA_SERIAL, 80, DAHUA[1],
                                   [f"host={DAHUA_SERIAL}", f"mac={DAHUA[0]}", f"ip={DAHUA[1]}", "dns1=192.0.2.53"])
    announce(capture, DAHUA, answers, additionals)
    answers, additionals = service("IPC_DM368", "_psia._tcp", DAHUA_SERIAL, 80, DAHUA[1], ["path=/"])
    announce(capture, DAHUA, answers, additionals)
    # A reflector repeats the camera's answer on another link: it is no camera.
    answers, additionals = service("AXIS M3045-V - ACCC8E112233", "_axis-video._tcp", "axis-accc8e112233", 80,
                                   AXIS[1], ["macaddress=ACCC8E112233"])
    announce(capture, ROUTER, answers, additionals)
    # A printer, and a siren of a maker that makes cameras too.
    answers, additionals = service("Office printer", "_ipp._tcp", "printer", 631, PRINTER[1],
                                   ["ty=Laser 4000", "product=(Laser 4000)", "UUID=16a65700-007c-1000-bb49-3cd92b778899"])
    announce(capture, PRINTER, answers, additionals)
    siren = ("90:8d:78:00:0d:60", "10.10.10.38")
    _, additionals = service("D-Link HNAP Service", "_dhnap._tcp", "dch0D60", 80, siren[1],
                             ["model_number=DCH-S220", "version=0124", "dtype=101"])
    announce(capture, siren, additionals)
    announce(capture, PRINTER, [record(b"\xc0\x0c", PTR, b"\xc0\x0c")])    # a name that points to itself
    announce(capture, PRINTER, [record(dotted("a.local"), PTR, b"\x3fx")])  # a label that runs past the end
    return capture.pcap()


def asks(capture, sender, host, ident, extra=(), flags=0x0100):
    payload = message(flags, [question(dotted(host), A)], additionals=extra, ident=ident)
    capture.add(unicast(sender, RESOLVER, 40000 + ident, 53, payload))


def answers(capture, receiver, host, ident, address="192.0.2.200", server=RESOLVER):
    payload = message(0x8180, [question(dotted(host), A)], [record(b"\xc0\x0c", A, wire.ip(address))], ident=ident)
    capture.add(unicast(server, receiver, 53, 40000 + ident, payload))


def dns():
    capture = wire.Pcap()
    asks(capture, BLINK, "VS-cam.u011.immedia-semi.com", 1)
    answers(capture, BLINK, "VS-cam.u011.immedia-semi.com", 1)
    asks(capture, AXIS, "dispatcher.axis.com", 2)
    # A desktop opens a maker's site, with EDNS; then it reads the news: neither makes a camera, nor a fact of the latter.
    edns = [b"\0" + struct.pack("!HHIH", OPT, 1232, 0, 0)]
    asks(capture, DESKTOP, "www.hikvision.com", 3, edns)
    answers(capture, DESKTOP, "www.hikvision.com", 3)
    asks(capture, DESKTOP, "news.example.com", 4, edns)
    # The resolver asks the next one on the camera's behalf, and walks down from the root.
    upstream = ("00:1b:54:aa:bb:cc", "192.0.2.53")
    payload = message(0x0110, [question(dotted("vs-cam.u011.immedia-semi.com"), A)], additionals=edns, ident=5)
    capture.add(unicast(RESOLVER, upstream, 40005, 53, payload))
    payload = message(0x0000, [question(dotted("vs-cam.u011.immedia-semi.com"), A)], ident=6)
    capture.add(unicast(RESOLVER, upstream, 40006, 53, payload))
    asks(capture, PRINTER, "x.example", 7, [b"\xc0\x0c\xc0"])                                         # cut short
    capture.add(unicast(PRINTER, RESOLVER, 40008, 53, message(0x0100, [b"\xc0\x0c\0\1\0\1"])))  # points to itself
    return capture.pcap()


def lines(*parts):
    return "".join(f"{part}\r\n" for part in (*parts, "")).encode()


def notify(server, usn, target, location, *more):
    return lines("NOTIFY * HTTP/1.1", "HOST: 239.255.255.250:1900", "CACHE-CONTROL: max-age=1800", *more,
                 f"LOCATION: {location}", f"SERVER: {server}", f"NT: {target}", "NTS: ssdp:alive", f"USN: {usn}")


def ssdp():
    capture = wire.Pcap()

    def say(sender, payload):
        capture.add(multicast(sender, SSDP_GROUP, SSDP_PORT, payload, ttl=4))
    say(RECORDER, lines("M-SEARCH * HTTP/1.1", "HOST: 239.255.255.250:1900", 'MAN: "ssdp:discover"', "MX: 3",
                        "ST: urn:schemas-upnp-org:service:EmbeddedNetDeviceControl:1"))
    root = f"uuid:device_3_0-{DAHUA_SERIAL}"
    description = f"http://{DAHUA[1]}:49152/upnp_device_desc.xml"
    for target in ("upnp:rootdevice", f"urn:schemas-upnp-org:device:3.0-{DAHUA_SERIAL}"):
        say(DAHUA, notify("Linux, UPnP/1.0, Private Upnp SDK", f"{root}::{target}", target, description,
                          "X-User-Agent: redsonic"))
    axis = f"http://{AXIS[1]}:49152/rootdesc1.xml"
    kind = "urn:axis-com:service:BasicService:1"
    answer = lines("HTTP/1.1 200 OK", "CACHE-CONTROL: max-age=1800", "EXT:", f"LOCATION: {axis}",
                   "SERVER: Linux/4.14.173-axis8, UPnP/1.0, Portable SDK for UPnP devices/1.8.7", f"ST: {kind}",
                   f"USN: uuid:Upnp-BasicDevice-1_0-ACCC8E112233::{kind}")
    capture.add(unicast(AXIS, RECORDER, SSDP_PORT, 50000, answer))
    say(DLINK, notify("Linux,    UPnP/1.0 DCS-935L/1.0", "uuid:b0c554005b0e-h::upnp:rootdevice",
                      "hnap:NetworkCamera", f"https://{DLINK[1]}/HNAP1/"))
    say(EDIMAX, notify("Embedded UPnP/1.0", "uuid:upnp-BasicDevice-1_0-74DA38007A08::BasicDevice1", "BasicDevice1",
                       f"http://{EDIMAX[1]}:80/IPCamDesc.xml"))
    # A router's own, with a UUID; and the camera's, which it repeats from another link.
    say(ROUTER, notify("Linux/3.10 UPnP/1.1 MiniUPnPd/2.1", "uuid:2f402f80-da50-11e1-9b23-001b54aabbcc::upnp:rootdevice",
                       "urn:schemas-upnp-org:device:InternetGatewayDevice:1", f"http://{ROUTER[1]}:5000/rootDesc.xml"))
    say(ROUTER, notify("Linux/4.14.173-axis8, UPnP/1.0, Portable SDK for UPnP devices/1.8.7",
                       f"uuid:Upnp-BasicDevice-1_0-ACCC8E112233::{kind}", kind, axis))
    # IPv6: the sender's own address in brackets.
    own, group = "fe80::6423:1cff:fe11:2233", "ff02::c"
    v6 = notify("Linux/4.14.173-axis8, UPnP/1.0, Portable SDK for UPnP devices/1.8.7",
                f"uuid:Upnp-BasicDevice-1_0-ACCC8E112233::{kind}", kind, f"http://[{own}]:49152/rootdesc1.xml")
    capture.add(frame(AXIS, wire.multicast_mac(group), wire.udp_packet(own, 1900, group, 1900, v6, 4), (CORE,)))
    say(PRINTER, b"NOTIFY * HTTP/1.1")
    return capture.pcap()


def captures():
    return [("mdns.pcap", mdns()), ("dns.pcap", dns()), ("ssdp.pcap", ssdp())]


if __name__ == "__main__":
    write(captures())
