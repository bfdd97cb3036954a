"""Rows of the corpora as captures: what a device of the lab would have to send to be so observed.

A row is a value ("http.server", "DCS-932L") or the bytes of a whole message. Each becomes the one thing
that a device at DEVICE says to a client at CLIENT, so that the protocol readers see it as on a wire and
not only the fingerprints. Rows that have no form here are asked of the fingerprints directly, if they
are a field that some reader emits, and are left out otherwise.
"""
import json
import re
import struct
import sys
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lab"))
import wire  # noqa: E402

# Of the block for documentation (RFC 7042 section 2.1.2): no registrant to add a word of its own.
CLIENT = ("00:00:5e:00:53:02", "10.10.10.2")
DEVICE = ("00:00:5e:00:53:07", "10.10.10.7")
GROUP = "239.255.255.250"
EVERYBODY = "255.255.255.255"


def _capture(packets):
    pcap = wire.Pcap()
    for sender, receiver_mac, packet in packets:
        pcap.add(wire.ethernet(receiver_mac, sender[0], wire.ETH_IPV4, packet))
    return pcap.pcap()


def datagram(payload, source_port, port, to=CLIENT[1], sender=DEVICE):
    group = wire.BROADCAST if to == EVERYBODY else wire.multicast_mac(to) if to.startswith("2") else CLIENT[0]
    return _capture([(sender, group, wire.udp_packet(sender[1], source_port, to, port, payload))])


def stream(answer, port, request=b"", client=CLIENT, server=DEVICE):
    talk = wire.Conversation(client[1], 40000, server[1], port)
    if request:
        talk.say(0, request)
    if answer:
        talk.say(1, answer)
    ends = (client, server)
    return _capture([(ends[side], ends[1 - side][0], packet) for side, packet in talk.close().packets])


# ---- HTTP and RTSP ---------------------------------------------------------------------------------

def _answer(version, status, headers=b"", body=b"", body_type=b"text/html"):
    head = version + b" " + status + b"\r\n" + (b"CSeq: 2\r\n" if version.startswith(b"RTSP") else b"") + headers
    if body:
        head += b"Content-Type: %s\r\n" % body_type
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def _http(headers=b"", body=b"", body_type=b"text/html", status=b"200 OK"):
    return stream(_answer(b"HTTP/1.1", status, headers, body, body_type), 80, b"GET / HTTP/1.1\r\nHost: 10.10.10.7\r\n\r\n")


def _rtsp(headers=b"", body=b"", status=b"200 OK"):
    request = b"DESCRIBE rtsp://10.10.10.7/ RTSP/1.0\r\nCSeq: 2\r\n\r\n"
    return stream(_answer(b"RTSP/1.0", status, headers, body, b"application/sdp"), 554, request)


def _header(answer, name, status=b"200 OK"):
    return lambda value: answer(headers=name + b": " + value + b"\r\n", status=status)


def _lines(text):
    """Line ends as on a wire, whatever the file that kept the message made of them."""
    return text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _whole_rtsp(message):
    head, blank, body = message.replace(b"\r\n", b"\n").partition(b"\n\n")
    octets = _lines(head + b"\n\n") + body
    return stream(octets, 554, b"OPTIONS rtsp://10.10.10.7/ RTSP/1.0\r\nCSeq: 2\r\n\r\n")


def _whole_http(message):
    if not message.startswith(b"HTTP/"):
        return _http(headers=_lines(message.strip() + b"\n"))
    head, _, body = message.replace(b"\r\n", b"\n").partition(b"\n\n")
    return stream(_lines(head + b"\n\n") + body, 80, b"GET / HTTP/1.1\r\nHost: 10.10.10.7\r\n\r\n")


def _body(body_type):
    return lambda value: _http(body=value, body_type=body_type)


# ---- Datagrams -------------------------------------------------------------------------------------

def _dhcp(*options):
    body = wire.dhcp(1, 7, DEVICE[0], options)
    packet = wire.udp_packet("0.0.0.0", 68, EVERYBODY, 67, body)
    return _capture([(DEVICE, wire.BROADCAST, packet)])


def _option55(value):
    return _dhcp((55, bytes(int(code) for code in value.split(b","))))


def _ssdp_server(value):
    return _ssdp(b"NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNTS: ssdp:alive\r\n"
                 b"NT: upnp:rootdevice\r\nUSN: uuid:00000000-0000-4000-8000-000000000007::upnp:rootdevice\r\n"
                 b"SERVER: " + value + b"\r\nLOCATION: http://10.10.10.7/d.xml\r\nCACHE-CONTROL: max-age=1800\r\n\r\n")


def _ssdp(message):
    """From the address that its LOCATION names, for what speaks of another host is not the sender's own."""
    at = re.search(rb"(?im)^LOCATION: *https?://(\d+\.\d+\.\d+\.\d+)", message)
    sender = (DEVICE[0], at.group(1).decode()) if at else DEVICE
    return datagram(_lines(message), 1900, 1900, GROUP, sender)


def _scopes(value):
    if b"://" not in value:
        return None  # a tool's print-out
    return _wsdd(b'<?xml version="1.0"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" '
                 b'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
                 b'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><e:Header><a:Action>'
                 b"http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</a:Action></e:Header><e:Body>"
                 b"<d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>"
                 b"urn:uuid:00000000-0000-4000-8000-000000000007</a:Address></a:EndpointReference><d:Scopes>"
                 + value + b"</d:Scopes></d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>")


def _wsdd(message):
    return datagram(message, 3702, 50000)


def _name(text):
    out = b""
    for label in text.split(b"."):
        out += bytes([min(len(label), 63)]) + label[:63]
    return out + b"\0"


def _record(name, kind, rdata):
    return _name(name) + struct.pack("!HHIH", kind, 0x8001, 120, len(rdata)) + rdata


def _mdns(records):
    return datagram(struct.pack("!6H", 0, 0x8400, 0, len(records), 0, 0) + b"".join(records), 5353, 5353, "224.0.0.251")


def _mdns_names(value):
    """Host names as addresses, instances and services as pointers: what the list was made from."""
    records = []
    for name in value.split(b","):
        if name.endswith(b".arpa"):
            continue
        at = name.find(b"._")
        if at > 0:
            records.append(_record(name[at + 1:], 12, bytes([min(at, 63)]) + name[:min(at, 63)] + _name(name[at + 1:])))
        elif at != 0 and not name.startswith(b"_"):
            records.append(_record(name, 1, wire.ip(DEVICE[1])))
    return _mdns(records) if records else None


def _mdns_txt(service):
    def build(value):
        # A row is the text alone; these keys are those of D-Link's own service.
        kind = b"_dhnap._tcp" if b"model_number=" in value else service
        strings = b"".join(bytes([len(text[:255])]) + text[:255] for text in value.split(b","))
        return _mdns([_record(b"Device." + kind + b".local", 16, strings)])
    return build


def _dns_query(name):
    return datagram(struct.pack("!6H", 7, 0x100, 1, 0, 0, 0) + _name(name) + struct.pack("!HH", 1, 1), 40000, 53)


def _ber(tag, body):
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    return bytes([tag, 0x82]) + struct.pack("!H", len(body)) + body


def _snmp(oid, kind):
    def build(value):
        octets = _object_id(value) if kind == 6 else value
        pair = _ber(0x30, _ber(6, oid) + _ber(kind, octets))
        answer = _ber(0xA2, _ber(2, b"\7") + _ber(2, b"\0") + _ber(2, b"\0") + _ber(0x30, pair))
        return datagram(_ber(0x30, _ber(2, b"\1") + _ber(4, b"public") + answer), 161, 40000)
    return build


def _object_id(text):
    arcs = [int(arc) for arc in text.split(b" ")[0].strip(b".").split(b".")]
    out = bytes([arcs[0] * 40 + arcs[1]])
    for arc in arcs[2:]:
        octets = [arc & 0x7F]
        while arc := arc >> 7:
            octets.insert(0, arc & 0x7F | 0x80)
        out += bytes(octets)
    return out


MIB2_SYSTEM = bytes([0x2B, 6, 1, 2, 1, 1])


def _sip(start, header):
    def build(value):
        return datagram(start + b"\r\nVia: SIP/2.0/UDP 10.10.10.7:5060;branch=z9hG4bK7\r\nFrom: <sip:7@10.10.10.2>;tag=7\r\n"
                        b"To: <sip:7@10.10.10.2>\r\nCall-ID: 7@10.10.10.7\r\nCSeq: 1 REGISTER\r\nContact: <sip:7@10.10.10.7>\r\n"
                        + header + b": " + value + b"\r\nContent-Length: 0\r\n\r\n", 5060, 5060)
    return build


# ---- Streams that the server opens, and TLS ---------------------------------------------------------

def _banner(port, before=b""):
    return lambda value: stream(before + value + (b"" if value.endswith(b"\n") else b"\r\n"), port)


# What telnet servers open with (RFC 854, 855), and tools leave out of what they keep: do TERMINAL TYPE, will ECHO.
NEGOTIATION = b"\xff\xfd\x18\xff\xfb\x01"


def _code(code):
    """An FTP or SMTP greeting; some rows have lost its code."""
    return lambda value: value if value[:3].isdigit() else code + b" " + value


def _greeting(port, code):
    return lambda value: _banner(port)(_code(code)(value))


_ATTRIBUTES = {b"CN": 3, b"SERIALNUMBER": 5, b"C": 6, b"L": 7, b"ST": 8, b"O": 10, b"OU": 11}


def _distinguished(text):
    """RFC 4514, most specific part first, as a Name (X.501), least specific first."""
    parts = text.replace(b"\\,", b"\0").split(b",")
    out = b""
    for part in reversed(parts):
        key, _, value = part.replace(b"\0", b",").partition(b"=")
        if key.strip() in _ATTRIBUTES:
            kind = bytes([0x55, 4, _ATTRIBUTES[key.strip()]])
            out += _ber(0x31, _ber(0x30, _ber(6, kind) + _ber(12, value)))
    return _ber(0x30, out)


def _certificate(subject, issuer):
    algorithm = _ber(0x30, _ber(6, bytes.fromhex("2a864886f70d01010b")) + b"\5\0")
    dates = _ber(0x30, _ber(23, b"200101000000Z") + _ber(23, b"300101000000Z"))
    key = _ber(0x30, _ber(0x30, _ber(6, bytes.fromhex("2a864886f70d010101")) + b"\5\0") + _ber(3, bytes(65)))
    body = _ber(0xA0, b"\2\1\2") + _ber(2, b"\7") + algorithm + _distinguished(issuer) + dates + _distinguished(subject) + key
    return _ber(0x30, _ber(0x30, body) + algorithm + _ber(3, bytes(65)))


def _handshake(kind, body):
    return bytes([kind]) + struct.pack("!I", len(body))[1:] + body


def _tls_record(handshakes):
    return b"\x16\3\3" + struct.pack("!H", len(handshakes)) + handshakes


def _hello(extensions=b""):
    body = b"\3\3" + bytes(range(32)) + b"\0" + struct.pack("!H4s", 4, bytes.fromhex("c02f009c")) + b"\1\0"
    return _tls_record(_handshake(1, body + struct.pack("!H", len(extensions)) + extensions))


def _tls(subject, issuer):
    certificate = _certificate(subject, issuer)
    chain = struct.pack("!I", len(certificate))[1:] + certificate
    server = b"\3\3" + bytes(range(32)) + b"\0" + bytes.fromhex("c02f") + b"\0\0\0"
    answer = _handshake(2, server) + _handshake(11, struct.pack("!I", len(chain))[1:] + chain) + _handshake(14, b"")
    return stream(_tls_record(answer), 443, _hello())


def _server_name(value):
    name = struct.pack("!HBH", len(value) + 3, 0, len(value)) + value
    hello = _hello(struct.pack("!HH", 0, len(name)) + name)
    return stream(b"", 443, hello, client=DEVICE, server=CLIENT)


# ---- Makers' own ----------------------------------------------------------------------------------

# UDP ports of the rows called discovery.*: the device's, the client's, and whom it answers.
DISCOVERY = {
    "360vision": (3600, 3600, EVERYBODY), "arecont": (5353, 5353, "224.0.0.251"), "axis": (5353, 5353, "224.0.0.251"),
    "bosch": (1757, 1758, CLIENT[1]), "dahua1": (5050, 5050, CLIENT[1]), "dahua2": (37810, 37810, CLIENT[1]),
    "dhip37810": (37810, 37810, CLIENT[1]), "foscam": (10000, 10000, EVERYBODY), "foscam_cipher": (10000, 10000, EVERYBODY),
    "hanwha": (7701, 7711, EVERYBODY), "hikvision": (37020, 37020, GROUP), "nicevision": (2007, 2007, CLIENT[1]),
    "panasonic": (10670, 10669, EVERYBODY), "sony": (2380, 2380, EVERYBODY), "vivotek": (10000, 10000, EVERYBODY),
    "vstarcam": (8600, 8600, EVERYBODY), "wsdiscovery": (3702, 50000, CLIENT[1]), "ubiquiti": (10001, 40000, CLIENT[1]),
    "ssdp": (1900, 1900, GROUP), "googlecast": (5353, 5353, "224.0.0.251"), "gigevision": (3956, 40000, CLIENT[1]),
    "lantronix": (30718, 30718, CLIENT[1]), "microchip": (30303, 30303, CLIENT[1]), "mssql": (1434, 40000, CLIENT[1]),
    "advantech": (5048, 5048, CLIENT[1]), "eaton": (4679, 4679, CLIENT[1]), "cyberpower": (53566, 53568, CLIENT[1]),
}


def _discovery(name):
    source, port, to = DISCOVERY[name]
    def build(value):
        if name == "dhip37810" and value.startswith(b"{"):  # the text without its header
            size = struct.pack("<I", len(value))
            value = b"\x20\0\0\0DHIP" + bytes(8) + size + bytes(4) + size + bytes(4) + value
        return datagram(value, source, port, to)
    return build


def _xiongmai(identity):
    def build(value):
        head = struct.pack("<BBHIIBBHI", 0xFF, 1, 0, 1, 0, 0, 0, identity, len(value) + 1)
        return stream(head + value + b"\n", 34567)
    return build


FORMS = {
    "http.server": _header(_http, b"Server"),
    "http.www_authenticate": _header(_http, b"WWW-Authenticate", b"401 Unauthorized"),
    "http.set_cookie": _header(_http, b"Set-Cookie"),
    "http.x_powered_by": _header(_http, b"X-Powered-By"),
    "http.title": lambda value: _http(body=b"<html><head><title>" + value + b"</title></head></html>"),
    "http.headers": _whole_http, "http.response": _whole_http,
    "http.body.hnap": _body(b"text/xml"),
    "rtsp.server": _header(_rtsp, b"Server"),
    "rtsp.www_authenticate": _header(_rtsp, b"WWW-Authenticate", b"401 Unauthorized"),
    "rtsp.realm": lambda value: _rtsp(b'WWW-Authenticate: Digest realm="' + value + b'", nonce="7"\r\n', status=b"401 Unauthorized"),
    "rtsp.sdp": lambda value: _rtsp(body=value),
    "dhcp.vendor_class": lambda value: _dhcp((60, value)),
    "dhcp.hostname": lambda value: _dhcp((12, value)),
    "dhcp.option55": _option55,
    "ssdp.server": _ssdp_server, "ssdp.notify": _ssdp,
    "upnp.description": lambda value: _http(
        body=value if b"<root" in value else b"<root xmlns=\"urn:schemas-upnp-org:device-1-0\"><device>" + value + b"</device></root>",
        body_type=b"text/xml"),
    "wsdd.scopes": _scopes, "wsdd.probematch": _wsdd, "wsdd.message": _wsdd,
    "mdns.names": _mdns_names, "mdns.txt": _mdns_txt(b"_http._tcp"),
    "mdns.device_info_txt": _mdns_txt(b"_device-info._tcp"),
    "dns.query_sent": _dns_query,
    "snmp.sysdescr": _snmp(MIB2_SYSTEM + b"\1\0", 4), "snmp.sysobjid": _snmp(MIB2_SYSTEM + b"\2\0", 6),
    "sip.user_agent": _sip(b"REGISTER sip:10.10.10.2 SIP/2.0", b"User-Agent"),
    "sip.server": _sip(b"SIP/2.0 200 OK", b"Server"),
    "ftp.banner": _greeting(21, b"220"), "smtp.banner": _greeting(25, b"220"), "telnet.banner": _banner(23, NEGOTIATION),
    "ssh.banner": lambda value: _banner(22)(value if value.startswith(b"SSH-") else b"SSH-2.0-" + value),
    "pop3.banner": _banner(110, b"+OK "), "imap.banner": _banner(143, b"* OK "),
    "tls.subject": lambda value: _tls(value, value), "tls.issuer": lambda value: _tls(b"CN=device", value),
    "tls.sni_sent": _server_name,
    "xiongmai.systeminfo": _xiongmai(1021), "xiongmai.login_reply": _xiongmai(1001),
}


def _isapi(value):
    """A document; or what a program kept of one as JSON, "@version" being an attribute."""
    text = value.lstrip()
    if text[:1] == b"{":
        value = b'<?xml version="1.0" encoding="UTF-8"?>\n' + _document(json.loads(text))
    return _body(b"application/xml")(value) if value.lstrip()[:1] == b"<" else None


def _document(kept):
    kept = kept.get("response", kept)
    (root, inside), = kept.items()
    marks = "".join(f" {name[1:]}={quoteattr(text)}" for name, text in inside.items() if name[0] == "@")
    plain = "".join(f"<{name}>{escape(text or '')}</{name}>" for name, text in inside.items()
                    if name[0] != "@" and isinstance(text, (str, type(None))))
    return f"<{root}{marks}>{plain}</{root}>".encode()


def form_of(field):
    """What makes a capture of a value of this field; None where there is no such thing."""
    kind, _, rest = field.partition(".")
    if field.startswith("rtsp.response"):
        return _whole_rtsp
    if kind == "onvif" and rest[:3] == "Get":
        return _body(b"application/soap+xml; charset=utf-8")
    if kind == "isapi":
        return _isapi
    if kind == "vapix":
        return lambda value: _body(b"application/xml")(value) if value.lstrip()[:1] == b"<" else None
    if kind == "discovery" and rest in DISCOVERY:
        return _discovery(rest)
    return FORMS.get(field)


def capture_of(field, value):
    """The capture as bytes, or None when the row has no form on a wire."""
    form = form_of(field)
    try:
        return form(value) if form else None
    except (ValueError, IndexError, struct.error):  # not of the form that the field's name says
        return None
