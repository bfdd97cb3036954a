#!/usr/bin/python3
"""What devices say in their makers' own TCP protocols, and to their makers' peer-to-peer service."""
import json
import struct

from hosts import DAHUA, DAHUA_SERIAL, HIKVISION, PRINTER, RECORDER, ROUTER, add_conversation, talk, unicast, wire, write

XIONGMAI = ("00:12:12:00:00:34", "10.10.10.91")
REOLINK = ("ec:71:db:00:00:90", "10.10.10.92")
TVT = ("00:18:ae:00:00:36", "10.10.10.93")
LOGIN_REQUEST = bytes.fromhex("a0010000" + "00" * 20 + "050201010000a1aa")


def dvrip(first, body):
    return bytes.fromhex(first) + struct.pack("<I", len(body)) + bytes(24) + body


def dhip(message):
    body = json.dumps(message).encode()
    return struct.pack("<I4sIIIIII", 32, b"DHIP", 0, 1, len(body), 0, len(body), 0) + body


def dahua_tcp():
    capture = wire.Pcap()
    realm = f"Realm:Login to {DAHUA_SERIAL}\r\nRandom:1234567890\r\n\r\n".encode()
    add_conversation(capture, RECORDER, DAHUA, talk(RECORDER, DAHUA, 37777, (LOGIN_REQUEST, dvrip("b0000058", realm))))
    login = {"method": "global.login", "params": {"clientType": "NVR", "userName": "operator", "password": ""}, "id": 1}
    refused = {"error": {"code": 268632079}, "id": 1, "result": False, "session": 1, "params": {
        "encryption": "Default", "mac": DAHUA[0].replace(":", "").upper(), "random": "1", "realm": "Login to 0f1e2d3c4b5a6978"}}
    told = [{"id": number, "result": True, "params": params} for number, params in enumerate((
        {"type": "IPC-HDW5421S"}, {"sn": DAHUA_SERIAL}, {"version": {"Version": "2.800.0000000.25.R"}}), 2)]
    asked = [{"method": f"magicBox.{what}", "id": number} for number, what in enumerate(
        ("getDeviceType", "getSerialNo", "getSoftwareVersion"), 2)]
    add_conversation(capture, RECORDER, DAHUA, talk(
        RECORDER, DAHUA, 37777, (dhip(login), dhip(refused)), *[(dhip(one), dhip(other)) for one, other in zip(asked, told)],
        client_port=40001, mss=100))
    add_conversation(capture, RECORDER, PRINTER, talk(RECORDER, PRINTER, 37777, (LOGIN_REQUEST, b"Bad request")))
    return capture.pcap()


def sofia(number, message, version=1):
    body = (json.dumps(message) + "\n\0").encode() if message else b""
    return struct.pack("<BBHIIHHI", 0xFF, version, 0, 1, 0, 0, number, len(body)) + body


def xiongmai_tcp():
    capture = wire.Pcap()
    login = {"EncryptType": "MD5", "LoginType": "DVRIP-Web", "PassWord": "tlJwpbo6", "UserName": "operator"}
    welcome = {"AliveInterval": 30, "ChannelNum": 1, "DeviceType ": "IPC", "Ret": 100, "SessionID": "0x00000001"}
    system = {"Name": "SystemInfo", "Ret": 100, "SystemInfo": {
        "BuildTime": "2019-07-25 19:04:44", "DeviceModel": "RA50X20", "HardWare": "XM530_RA50X20_8M",
        "SerialNo": "0123456789abcdef", "SoftWareVersion": "V5.00.R02.00018520.10010.1313.G10001"}}
    add_conversation(capture, RECORDER, XIONGMAI, talk(
        RECORDER, XIONGMAI, 34567, (sofia(1000, login, 0), sofia(1001, welcome)),
        (sofia(1020, {"Name": "SystemInfo"}, 0), sofia(1021, system)), mss=120))
    # A length that takes old firmware down (CVE-2019-11878) takes nothing down here.
    bomb = struct.pack("<BBHIIHHI", 0xFF, 0, 0, 0, 0, 0, 1000, 0x80000000) + b"x" * 40
    add_conversation(capture, ROUTER, XIONGMAI, talk(ROUTER, XIONGMAI, 34567, (bomb, b"")))
    return capture.pcap()


def baichuan():
    capture = wire.Pcap()

    def header(kind, status, more=b""):
        return struct.pack("<IIIIHH", 0x0ABCDEF0, 1, len(more), 0, status, kind) + more
    add_conversation(capture, RECORDER, REOLINK, talk(RECORDER, REOLINK, 9000, (
        header(0x6514, 0xDC01), header(0x6614, 0xDD01, bytes(range(60))))))
    return capture.pcap()


def video_greeting():
    capture = wire.Pcap()
    add_conversation(capture, RECORDER, HIKVISION, talk(RECORDER, HIKVISION, 8000, (
        b"\0\0\0\x85\xffSMBr", bytes.fromhex("000000100000000d0000000d00000000"))))
    greeting = wire.Conversation(RECORDER[1], 40000, TVT[1], 6036)
    add_conversation(capture, RECORDER, TVT, greeting.say(1, b"head\0\0\0\0\xf9" + bytes(23)).close())
    return capture.pcap()


def captures():
    return [("dahua_tcp.pcap", dahua_tcp()), ("xiongmai_tcp.pcap", xiongmai_tcp()), ("baichuan.pcap", baichuan()),
            ("video_greeting.pcap", video_greeting())]


if __name__ == "__main__":
    write(captures())
