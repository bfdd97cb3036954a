#!/usr/bin/python3
"""Live media over UDP: a camera and its recorder, a camera and a group, a call, a phone."""
import base64
import struct

from hosts import AXIS, DAHUA, RECORDER, add_conversation, multicast, say, unicast, wire, write

ENCODER = ("52:54:00:00:00:40", "10.10.10.46")
CALLERS = (("14:18:77:00:00:51", "10.10.10.51"), ("14:18:77:00:00:52", "10.10.10.52"))
PHONE = ("14:18:77:00:00:53", "10.10.10.53")
PACKETS, EVERY = 330, 0.19


def rtp(number, kind, clock, source):
    return struct.pack("!BBHII", 0x80, kind, 65400 + number & 0xFFFF, int(number * EVERY * clock), source) + b"media..."


def streams():
    """Who sends what: a function of the number of the packet that gives a frame."""
    first, second = CALLERS
    return (
        lambda n: unicast(AXIS, RECORDER, 50000, 40002, rtp(n, 96, 90000, 1)),
        lambda n: multicast(ENCODER, "239.10.10.46", 50002, rtp(n, 26, 90000, 2), ttl=5),
        lambda n: unicast(first, second, 40004, 40006, rtp(n, 97, 90000, 3)),
        lambda n: unicast(second, first, 40006, 40004, rtp(n, 97, 90000, 4)),
        lambda n: unicast(PHONE, first, 40008, 40010, rtp(n, 0, 8000, 5)))


def rtp_capture():
    capture = wire.Pcap()
    for number in range(PACKETS):
        frames = [stream(number) for stream in streams()]
        for one in frames:
            capture.add(one, after=EVERY / len(frames))
    return capture.pcap()


def tunnel():
    """RTSP in HTTP: a GET whose answer goes on as RTSP, and a POST for the client's side."""
    kind = "Content-Type: application/x-rtsp-tunnelled"
    head = "\r\n".join(["{} /cam/realmonitor HTTP/1.0", f"Host: {DAHUA[1]}", "x-sessioncookie: 1", "{}", "", ""])
    get = head.format("GET", "Accept: application/x-rtsp-tunnelled").encode()
    post = head.format("POST", kind + "\r\nContent-Length: 32767").encode()
    sdp = "v=0\r\ns=Media Server\r\nm=video 0 RTP/AVP 96\r\na=packetization-supported:DH\r\n"
    media = b"$\0" + struct.pack("!H", 19) + rtp(1, 96, 90000, 7)
    capture = wire.Pcap()
    down = wire.Conversation(RECORDER[1], 40000, DAHUA[1], 80)
    down.ask(get, f"HTTP/1.0 200 OK\r\n{kind}\r\n\r\n".encode())
    up = wire.Conversation(RECORDER[1], 40001, DAHUA[1], 80)
    ask = f"DESCRIBE rtsp://{DAHUA[1]}/cam/realmonitor RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: QTS\r\n\r\n"
    up.say(0, post).say(0, base64.b64encode(ask.encode()))
    down.say(1, say.rtsp_answer("200 OK", 1, ["Server: Rtsp Server/3.0", "Content-Type: application/sdp",
                                              f"Content-Length: {len(sdp)}"]) + sdp.encode() + media * 3)
    for conversation in (down, up):
        add_conversation(capture, RECORDER, DAHUA, conversation.close())
    return capture.pcap()


def captures():
    return [("rtp.pcap", rtp_capture()), ("rtsp_tunnel.pcap", tunnel())]


if __name__ == "__main__":
    write(captures())
