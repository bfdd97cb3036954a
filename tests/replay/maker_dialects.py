"""What makers' own discovery protocols say, byte by byte: the payloads, without the transport.

With the documentation addresses that make_makers.py gives them they are the test vectors of the fact
sheet on discovery protocols, section 46. Every function returns bytes.
"""
import json
import struct

from hosts import wire

MHED_TOOLS, MHED_DEVICES = "234.55.55.55", "234.55.55.56"
SADP_LINK = 0x8033  # ether type


def _text(value, size):
    """NUL-padded; as long as its field at most."""
    octets = value if isinstance(value, bytes) else value.encode()
    return octets[:size].ljust(size, b"\0")


def _ones_sum(octets):
    """The checksum of SADP at layer 2: little-endian words, the result in network order."""
    total = sum(struct.unpack(f"<{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def sadp_frame(operation, source, target, mask, payload, sequence=1, code=0):
    def part(checksum):
        return (struct.pack("!BBBBIBBBBH", 0x21, 2, 1, 38 + len(payload) & 0xFF, sequence, 6, 4, operation, code,
                            checksum)
                + wire.mac(source[0]) + wire.ip(source[1]) + wire.mac(target[0]) + wire.ip(target[1])
                + wire.ip(mask) + payload)
    return part(_ones_sum(part(0)))


def sadp_link_inquiry(tool, link_local):
    nobody = ("ff:ff:ff:ff:ff:ff", "0.0.0.0")
    return sadp_frame(3, tool, nobody, "0.0.0.0", wire.ip(link_local) + bytes(12))


def sadp_link_description(serial, device_type, firmware, dsp="V7.3 build 180301", channels=1):
    return (_text(serial, 48) + struct.pack("!IIII", device_type, 8000, channels, 0) + _text(firmware, 48)
            + _text(dsp, 48) + _text("2024-01-01 00:00:00", 48))


def dvrip_search():
    return bytes.fromhex("a3010001") + bytes(12) + b"\2" + bytes(15)


def dvrip_answer(mac, address, gateway, host, model, name, serial):
    named = (mac + model).encode()[:255]
    lines = (f"Name:{name}\r\nDevice:{model}\r\nIPv6Addr:fe80::1/64;gateway:fe80::\r\n\r\n"
             f"SerialNo:{serial}\r\n\r\n").encode()
    head = struct.pack("<BBBBI8xIH10x8x", 0xB3, 0, len(named), 0, 0x58, 2, len(lines))
    head += _text(host, 16) + wire.ip(address) + wire.ip("255.255.255.0") + wire.ip(gateway) + bytes(26)
    head += struct.pack("<HHHHHHH", 80, 443, 37777, 10, 0, 37778, 0) + wire.ip("239.255.42.42")
    return (head + struct.pack("<H", 36666)).ljust(0x78, b"\0") + named + lines


def dahua_p2p(path, user):
    """To the cloud: a device's `user` is its serial number."""
    return (f'DHGET {path} HTTP/1.1\r\nCSeq: -1015686675\r\nAuthorization: WSSE profile="UsernameToken"\r\n'
            f'X-WSSE: UsernameToken Username="{user}", PasswordDigest="AAAAAAAAAAAAAAAAAAAAAAAAAAA=", Nonce="-1", '
            f'Created="2024-01-01T00:00:00Z"\r\n\r\n').encode()


def xiongmai(message, body=b""):
    return b"\xff" + bytes(13) + struct.pack("<HI", message, len(body)) + body


def xiongmai_answer(mac, address, gateway, serial, version="V4.03.R11", channels=1, name="LocalHost"):
    def number(text):
        return f"0x{int.from_bytes(wire.ip(text), 'little'):08X}"
    common = {"BuildDate": "2020-01-01 00:00:00", "ChannelNum": channels, "DeviceType": 1, "GateWay": number(gateway),
              "HostIP": number(address), "HostName": name, "HttpPort": 80, "MAC": mac, "MaxBps": 0, "MonMode": "TCP",
              "NetConnectState": 0, "OtherFunction": "D=2020-01-01 00:00:00 V=" + 16 * "0", "SN": serial,
              "SSLPort": 8443, "Submask": number("255.255.255.0"), "TCPMaxConn": 10, "TCPPort": 34567,
              "TransferPlan": "Quality", "UDPPort": 34568, "UseHSDownLoad": False, "Version": version}
    body = json.dumps({"NetWork.NetCommon": common, "Ret": 100, "SessionID": "0x00000000"})
    return xiongmai(1531, body.encode() + b"\n\0")


def mhed_search():
    return b"MHED" + struct.pack("<II", 0x00010008, 1) + bytes(128)


def mhed_announce(mac, address, gateway, name, serial, firmware, model, manufacturer, kind=2, version=0x00010009,
                  number=0, build=20240101, model_end=""):
    out = b"MHED" + struct.pack("<II", version, 2) + _text(name, 20) + wire.mac(mac) + struct.pack("<H", 6036)
    out += wire.ip(address) + wire.ip("255.255.255.0") + wire.ip(gateway)
    out += struct.pack("<IIHHI", number, build, 80, 554, kind)
    out = out.ljust(140, b"\0") + _text(serial, 16) + _text(firmware, 16)
    out = out.ljust(180, b"\0") + _text(model_end, 16) + _text(model, 16) + _text(manufacturer, 16)
    return (out + struct.pack("<I", 1)).ljust(240, b"\0")


def _topsee(code, body):
    return (f'<?xml version="1.0" encoding="GB2312" ?>\n<XML_TOPSEE>\n<MESSAGE_HEADER\n'
            f'Msg_type="SYSTEM_SEARCHIPC_MESSAGE"\nMsg_code="{code}"\nMsg_flag="0"\n/>\n<MESSAGE_BODY>\n'
            f'{body}</MESSAGE_BODY>\n</XML_TOPSEE>').encode("gb2312", "replace")


def topsee_search():
    return _topsee(1, "")


def topsee_answer(mac, address, gateway, model, serial, firmware, more=""):
    return _topsee(3, f'<DEVICE_TYPE DeviceType="IPC" DeviceModule="{model}"/>\n'
                      f'<IPC_SERIALNUMBER SerialNumber="{serial}"/>\n<VERSION FileSystemVersion="{firmware}"/>\n'
                      f'<LANConfig MacAddress="{mac}" DHCP="0" IPAddress="{address}" Netmask="255.255.255.0" '
                      f'Gateway="{gateway}"/>\n<StreamAccess VideoPort="554" PTZPort="8091" WEBPort="80"/>\n{more}')


def tiandy_search():
    text = b"IP\tIP\tNEWM4V00\tCMD\tSEEKNVSS\n\n\n"
    return bytes.fromhex("bebee5e500000000") + struct.pack("<H", len(text)) + text


def hanwha_search():
    return b"\1" + bytes(261)


def hanwha_answer(mac, address, gateway, model, url=None):
    out = bytes([0x0B]).ljust(0x13, b"\0") + _text(mac, 18) + _text(address, 16) + _text("255.255.255.0", 16)
    out = (out + _text(gateway, 16)).ljust(0x6D, b"\0") + _text(model, 10)
    return (out.ljust(0x85, b"\0") + _text(url or f"http://{address}/index.htm", 39)).ljust(262, b"\0")


def rcp_search(transaction=0x01020304):
    return struct.pack("!IIBBH", 0x9939A427, transaction, 0xFF, 0, 0x06DE)


def rcp_answer(mac, address, gateway, transaction=0x01020304):
    return (struct.pack("!II", 0x9939A427, transaction) + wire.mac(mac) + b"\3\xff" + wire.ip(address)
            + wire.ip("255.255.255.0") + wire.ip(gateway) + bytes.fromhex("00030071"))


def rcp_description(mac, address, friendly, name, serial):
    return (f'<?xml version="1.0" encoding="UTF-8"?><root xmlns="OEMExt00:device-1-0"><device>'
            f'<deviceType>OEMExt00:device:deviceID0</deviceType><App>1</App><friendlyName>{friendly}</friendlyName>'
            f'<unitName>{name}</unitName><serialNumber>{serial}</serialNumber>'
            f'<physAddress>{mac.replace(":", "-")}</physAddress><unitIPAddress>{address}</unitIPAddress>'
            f'<RCPPort>1756</RCPPort></device></root>').encode()


def _easyip(command, device, asker, last, wanted, fields):
    out = struct.pack("!HHH", 1, 0, command) + wire.mac(device) + wire.mac(asker[0]) + wire.ip(asker[1]) + bytes(2)
    out += bytes.fromhex("20111e11231f1e1913") + struct.pack("!I", last) + wanted + bytes(10) + fields + b"\xff\xff"
    out = out[:2] + struct.pack("!H", len(out) + 2 - 52) + out[4:]
    return out + struct.pack("!H", sum(out) + 1 & 0xFFFF)


def easyip_search(asker):
    tags = "fff0 0026 0020 0021 0022 0023 0025 0028 0040 0041 0042 0044 00a5 00a6 00a7 00a8 00ad 00b3 00b4 00b7 00b8"
    return _easyip(0x0D, "00:00:00:00:00:00", asker, 0x00000201, b"\0", bytes.fromhex(tags))


def easyip_answer(mac, address, gateway, asker, model, firmware="1.46", name="Cam1", serial=None):
    fields = [(0x20, wire.ip(address)), (0x21, wire.ip("255.255.255.0")), (0x22, wire.ip(gateway)),
              (0x25, struct.pack("!H", 80)), (0xA7, _text(name, 16)), (0xA8, _text(model, 16)),
              (0xA9, _text(firmware, 16))]
    if serial:
        fields.append((0xD1, serial.encode()))
    tlvs = b"\0\0\0\1\2" + b"".join(struct.pack("!HH", tag, len(value)) + value for tag, value in fields)
    return _easyip(0x0E, mac, asker, 0x00000202, b"\2", tlvs)


def sony_search():
    return b"\2ENQ:allinfo\xff\3"


def sony_answer(mac, address, gateway, model, serial, firmware="3.0.0"):
    items = {"MAC": mac.replace(":", "-"), "MODEL": model, "SERIAL": serial, "INFO": "allinfo", "DHCP": "OFF",
             "IPADR": address, "MASK": "255.255.255.0", "GATEWAY": gateway, "WEBPORT": "80", "SOFTVERSION": firmware}
    return b"\2" + b"".join(f"{key}:{value}".encode() + b"\xff" for key, value in items.items()) + b"\3"


def vivotek_search(session=1):
    return bytes([session]) + bytes.fromhex("4a5d8f1c")


def vivotek_answer(mac, address, name, model, session=1):
    def field(kind, value):
        return bytes([kind, len(value[:255])]) + value[:255]
    return (vivotek_search(session) + field(1, name.encode()) + field(2, wire.mac(mac)) + field(3, wire.ip(address))
            + b"\4\x1b" + field(6, struct.pack("<H", 80)) + field(8, b"en") + field(9, model.encode()))
