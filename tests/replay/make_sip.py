#!/usr/bin/python3
"""What SIP hosts say over UDP: a door station, a phone, and cameras and recorders of GB/T 28181."""
from hosts import DAHUA, HIKVISION, PRINTER, RECORDER, ROUTER, unicast, wire, write

PLATFORM = ("14:18:77:00:00:60", "10.10.10.60")
DOOR = ("00:0b:82:00:00:10", "10.10.10.61")
PHONE = ("00:0b:82:00:00:11", "10.10.10.62")
NVR = ("44:19:b6:00:11:18", "10.10.10.63")
DOMAIN = "3402000000"
CAMERA_ID, NVR_ID, PLATFORM_ID = DOMAIN + "1320000007", DOMAIN + "1180000001", DOMAIN + "2000000001"


def request(method, sender, user, to, agent="", body="", hops=1):
    lines = [f"{method} sip:{to}@{DOMAIN} SIP/2.0",
             *[f"Via: SIP/2.0/UDP {sender[1]}:5060;rport;branch=z9hG4bK{hop}" for hop in range(hops)],
             f"From: <sip:{user}@{DOMAIN}>;tag=1", f"To: <sip:{to}@{DOMAIN}>", "Call-ID: 1", f"CSeq: 1 {method}",
             "Max-Forwards: 70"]
    lines += [f"User-Agent: {agent}"] if agent else []
    lines += ["Content-Type: Application/MANSCDP+xml"] if body else []
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", body]).encode()


def answer(status, server, to):
    lines = [f"SIP/2.0 {status}", f"Via: SIP/2.0/UDP {HIKVISION[1]}:5060;branch=z9hG4bK0", f"From: <sip:{to}@{DOMAIN}>;tag=1",
             f"To: <sip:{to}@{DOMAIN}>;tag=2", "Call-ID: 1", "CSeq: 1 REGISTER", f"Server: {server}", "Content-Length: 0"]
    return "\r\n".join([*lines, "", ""]).encode()


def manscdp(root, command, device, *elements):
    more = "".join(f"<{name}>{value}</{name}>\r\n" for name, value in elements)
    return (f'<?xml version="1.0" encoding="GB2312"?>\r\n<{root}>\r\n<CmdType>{command}</CmdType>\r\n<SN>7</SN>\r\n'
            f"<DeviceID>{device}</DeviceID>\r\n{more}</{root}>\r\n")


def sip():
    capture = wire.Pcap()

    def say(sender, receiver, payload, port=5060):
        capture.add(unicast(sender, receiver, port, port, payload))
    say(HIKVISION, PLATFORM, request("REGISTER", HIKVISION, CAMERA_ID, PLATFORM_ID, "IP Camera"))
    say(PLATFORM, HIKVISION, answer("200 OK", "platform/2.6", CAMERA_ID))
    say(HIKVISION, PLATFORM, request("MESSAGE", HIKVISION, CAMERA_ID, PLATFORM_ID, "IP Camera",
                                     manscdp("Notify", "Keepalive", CAMERA_ID, ("Status", "OK"))))
    say(PLATFORM, NVR, request("MESSAGE", PLATFORM, PLATFORM_ID, NVR_ID, "", manscdp("Query", "DeviceInfo", NVR_ID)), 15060)
    say(NVR, PLATFORM, request("MESSAGE", NVR, NVR_ID, PLATFORM_ID, "Embedded Net DVR/NVR/DVS", manscdp(
        "Response", "DeviceInfo", NVR_ID, ("DeviceName", "Network Video Recorder"), ("Result", "OK"), ("DeviceType", "DVR"),
        ("Manufacturer", "HIKVISION"), ("Model", "DS-7916N-R4"), ("Firmware", "V4.72.107"))), 15060)
    # The recorder's catalogue is about the cameras behind it.
    say(NVR, PLATFORM, request("MESSAGE", NVR, NVR_ID, PLATFORM_ID, "", manscdp(
        "Response", "Catalog", NVR_ID, ("Manufacturer", "Dahua"), ("Model", "IPC-HFW2431S"))), 15060)
    say(DAHUA, PLATFORM, request("REGISTER", DAHUA, DOMAIN + "1320000008", PLATFORM_ID, "SIP UAS V3.0.0.675168"))
    say(DOOR, PLATFORM, request("OPTIONS", DOOR, "door", "guard", "Grandstream GDS3710 1.0.7.19"))
    say(PHONE, PLATFORM, request("INVITE", PHONE, "4711", "4712", "Grandstream GXP2135 1.0.9.108"))
    # Passed on by a proxy: not its own words.
    say(ROUTER, PLATFORM, request("REGISTER", ROUTER, CAMERA_ID, PLATFORM_ID, "IP Camera", hops=2))
    say(RECORDER, PRINTER, b"REGISTER nothing", 5060)
    return capture.pcap()


def captures():
    return [("sip.pcap", sip())]


if __name__ == "__main__":
    write(captures())
