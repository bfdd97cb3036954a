"""What cameras, their clients and innocent neighbours say: the payloads, without the transport.

The layouts are those of the vendors' own tools and devices; serial numbers and addresses are made up.
Every function returns bytes.
"""
import json
import struct

WSD_GROUP, WSD_PORT = "239.255.255.250", 3702
SADP_GROUP, SADP_PORT = "239.255.255.250", 37020
DHIP_GROUP, DHIP_PORT = "239.255.255.251", 37810
SSDP_GROUP, SSDP_PORT = "239.255.255.250", 1900
MDNS_GROUP, MDNS_PORT = "224.0.0.251", 5353

_ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" '
    'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
    'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"{more}><e:Header>'
    '<a:MessageID>urn:uuid:{message}</a:MessageID>{relates}<a:To>{to}</a:To>'
    '<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/{action}</a:Action>{sequence}</e:Header>'
    '<e:Body>{body}</e:Body></e:Envelope>')
_ONVIF = (' xmlns:dn="http://www.onvif.org/ver10/network/wsdl"'
          ' xmlns:tds="http://www.onvif.org/ver10/device/wsdl"')
_TO_ALL = "urn:schemas-xmlsoap-org:ws:2005:04:discovery"
_TO_ASKER = "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"
_SEQUENCE = '<d:AppSequence InstanceId="1700000000" MessageNumber="1"/>'


def wsd_probe(message, types="dn:NetworkVideoTransmitter", more=_ONVIF):
    body = f"<d:Probe><d:Types>{types}</d:Types></d:Probe>"
    return _ENVELOPE.format(more=more, message=message, relates="", to=_TO_ALL, action="Probe",
                            sequence="", body=body).encode()


def wsd_client_probe(message):
    """What a desktop sends to find printers; it is a question and names no device."""
    return wsd_probe(message, "wsdp:Device",
                     ' xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof"')


def _wsd_target(uuid, types, scopes, xaddrs):
    return (f"<a:EndpointReference><a:Address>urn:uuid:{uuid}</a:Address></a:EndpointReference>"
            f"<d:Types>{types}</d:Types><d:Scopes>{' '.join(scopes)}</d:Scopes>"
            f"<d:XAddrs>{xaddrs}</d:XAddrs><d:MetadataVersion>10</d:MetadataVersion>")


def wsd_hello(message, uuid, scopes, xaddrs, types="dn:NetworkVideoTransmitter tds:Device", more=_ONVIF):
    body = f"<d:Hello>{_wsd_target(uuid, types, scopes, xaddrs)}</d:Hello>"
    return _ENVELOPE.format(more=more, message=message, relates="", to=_TO_ALL, action="Hello",
                            sequence=_SEQUENCE, body=body).encode()


def wsd_match(message, relates, uuid, scopes, xaddrs, types="dn:NetworkVideoTransmitter tds:Device",
              more=_ONVIF):
    target = _wsd_target(uuid, types, scopes, xaddrs)
    body = f"<d:ProbeMatches><d:ProbeMatch>{target}</d:ProbeMatch></d:ProbeMatches>"
    return _ENVELOPE.format(more=more, message=message, to=_TO_ASKER, action="ProbeMatches",
                            relates=f"<a:RelatesTo>urn:uuid:{relates}</a:RelatesTo>",
                            sequence=_SEQUENCE, body=body).encode()


def onvif_scopes(name, hardware, *more):
    common = ["type/video_encoder", "type/Network_Video_Transmitter", "Profile/Streaming", f"hardware/{hardware}",
              f"name/{name}", *more]
    return [f"onvif://www.onvif.org/{scope}" for scope in common]


def sadp_inquiry(uuid):
    return (f'<?xml version="1.0" encoding="utf-8"?><Probe><Uuid>{uuid}</Uuid>'
            "<Types>inquiry</Types></Probe>").encode()


def sadp_match(uuid, model, serial, mac, address, firmware="V5.7.1build 210601", oem="", gateway="0.0.0.0"):
    fields = [
        ("Uuid", uuid), ("Types", "inquiry"), ("DeviceType", "142378"), ("DeviceDescription", model),
        ("DeviceSN", serial), ("CommandPort", "8000"), ("HttpPort", "80"),
        ("MAC", mac.replace(":", "-")), ("IPv4Address", address), ("IPv4SubnetMask", "255.255.255.0"),
        ("IPv4Gateway", gateway), ("IPv6Address", "::"), ("IPv6Gateway", "::"), ("IPv6MaskLen", "64"),
        ("DHCP", "true"), ("AnalogChannelNum", "0"), ("DigitalChannelNum", "1"),
        ("SoftwareVersion", firmware), ("DSPVersion", "V7.3 build 210520"),
        ("BootTime", "2026-09-21 12:00:00"), ("Encrypt", "true"), ("ResetAbility", "false"),
        ("DiskNumber", "0"), ("Activated", "true"), ("PasswordResetAbility", "true")]
    if oem:
        fields += [("OEMCode", "1"), ("OEMInfo", oem)]
    lines = "".join(f"<{name}>{value}</{name}>\r\n" for name, value in fields)
    return f'<?xml version="1.0" encoding="UTF-8"?>\r\n<ProbeMatch>\r\n{lines}</ProbeMatch>\r\n'.encode()


def dhip(message, tail=b"\n"):
    body = json.dumps(message, separators=(", ", " : ")).encode() + tail
    return struct.pack("<I4sIIIIII", 32, b"DHIP", 0, 0, len(body), 0, len(body), 0) + body


def dhip_search():
    return dhip({"method": "DHDiscover.search", "params": {"mac": "", "uni": 1}})


def dhip_match(mac, address, model, serial, vendor="Dahua", firmware="2.800.0000000.25.R", kind="IPC",
               gateway="0.0.0.0"):
    device = {
        "AlarmInputChannels": 0, "AlarmOutputChannels": 0, "DeviceClass": kind, "DeviceType": model,
        "Find": "BC", "HttpPort": 80,
        "IPv4Address": {"DefaultGateway": gateway, "DhcpEnable": True, "IPAddress": address,
                        "SubnetMask": "255.255.255.0"},
        "Init": 150, "MachineName": serial, "Manufacturer": vendor, "Port": 37777,
        "RemoteVideoInputChannels": 0, "SerialNo": serial, "UnLoginFuncMask": 1, "Vendor": vendor,
        "Version": firmware, "VideoInputChannels": 1, "VideoOutputChannels": 16}
    return dhip({"mac": mac, "method": "client.notifyDevInfo", "params": {"deviceInfo": device}})


def http_get(path, host, agent="Mozilla/5.0 (X11; Linux x86_64)"):
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\nAccept: */*\r\n\r\n".encode()


def http_answer(status, headers, body=""):
    lines = [f"HTTP/1.1 {status}", "Date: Mon, 21 Sep 2026 12:00:00 GMT", *headers,
             "Content-Type: text/html", f"Content-Length: {len(body)}", "Connection: close"]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def html(title, rest=""):
    return f"<!DOCTYPE html><html><head><title>{title}</title>{rest}</head><body></body></html>"


def http_digest(realm):
    return (f'WWW-Authenticate: Digest qop="auth", realm="{realm}", '
            'nonce="4e5468694e7a42694e7a4d364f4449354d7a6b784f54593d", stale="FALSE"')


def rtsp_ask(method, address, sequence, agent="LibVLC/3.0.18"):
    return (f"{method} rtsp://{address}:554/ RTSP/1.0\r\nCSeq: {sequence}\r\n"
            f"User-Agent: {agent}\r\n\r\n").encode()


def rtsp_answer(status, sequence, headers):
    return "\r\n".join([f"RTSP/1.0 {status}", f"CSeq: {sequence}", *headers, "", ""]).encode()


def ssdp_search(target="upnp:rootdevice"):
    return (f"M-SEARCH * HTTP/1.1\r\nHOST: {SSDP_GROUP}:{SSDP_PORT}\r\nMAN: \"ssdp:discover\"\r\n"
            f"MX: 2\r\nST: {target}\r\n\r\n").encode()


def ssdp_notify(location, server, kind, usn):
    return (f"NOTIFY * HTTP/1.1\r\nHOST: {SSDP_GROUP}:{SSDP_PORT}\r\nCACHE-CONTROL: max-age=1800\r\n"
            f"LOCATION: {location}\r\nSERVER: {server}\r\nNT: {kind}\r\nNTS: ssdp:alive\r\n"
            f"USN: {usn}\r\n\r\n").encode()


def dns_name(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


def mdns_question(name, kind=12):
    return struct.pack("!6H", 0, 0, 1, 0, 0, 0) + dns_name(name) + struct.pack("!HH", kind, 1)


def mdns_announcement(service, instance, host, address, port, txt):
    """PTR, SRV, TXT and A in one answer, as at boot (RFC 6762 section 8.3)."""
    def record(name, kind, rdata, flush=0x8000):
        return name + struct.pack("!HHIH", kind, 1 | flush, 120, len(rdata)) + rdata
    kind = dns_name(service)
    full = bytes([len(instance)]) + instance.encode() + kind
    target = dns_name(host)
    texts = b"".join(bytes([len(line)]) + line.encode() for line in txt) or b"\0"
    packed = bytes(int(part) for part in address.split("."))
    answers = (record(kind, 12, full, 0) + record(full, 33, struct.pack("!HHH", 0, 0, port) + target)
               + record(full, 16, texts) + record(target, 1, packed))
    return struct.pack("!6H", 0, 0x8400, 0, 4, 0, 0) + answers
