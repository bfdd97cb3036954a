"""What a lab device runs inside its namespace: one function for each protocol, on asyncio.

Answers go out as real devices send them: multicast where the vendor multicasts, fragmented by the
kernel where the payload is larger than the MTU.
"""
import asyncio
import re
import socket
import struct
import uuid

import dialects as say

ANY = "0.0.0.0"


def multicast_socket(group, port, interface):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    # One socket for each interface: a host with two of them must not answer on the wrong one.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode() + b"\0")
    sock.bind((ANY, port))
    here = struct.pack("4s4si", socket.inet_aton(group), socket.inet_aton(ANY), socket.if_nametoindex(interface))
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, here)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, here)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
    sock.setblocking(False)
    return sock


class _Answers(asyncio.DatagramProtocol):
    def __init__(self, answer):
        self.answer, self.transport = answer, None

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, octets, source):
        self.answer(self.transport.sendto, octets, source)

    def error_received(self, _):
        pass  # the peer's port is closed: real devices do not care either


async def listen(group, port, interface, answer):
    """Calls answer(send, octets, source) for each datagram; returns a way to send."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: _Answers(answer), sock=multicast_socket(group, port, interface))
    return transport.sendto


async def speak_sadp(spec, host):
    def answer(send, octets, _):
        asked = re.search(rb"<Probe>.*<Uuid>([^<]{1,64})</Uuid>.*inquiry", octets, re.S)
        if asked:  # older firmware answers to the group, so that everybody hears it
            reply = say.sadp_match(asked[1].decode("latin-1"), spec["model"], spec["serial"], host.mac,
                                   host.address, oem=spec.get("oem", ""), gateway=host.gateway)
            send(reply, (say.SADP_GROUP, say.SADP_PORT))
    await listen(say.SADP_GROUP, say.SADP_PORT, "eth0", answer)


async def speak_wsd(spec, host):
    kinds = {"types": spec["types"], "more": spec["more"]} if "types" in spec else {}
    scopes, xaddrs = spec["scopes"], spec["xaddrs"].format(address=host.address)

    def answer(send, octets, source):
        asked = re.search(rb"MessageID>urn:uuid:([^<]{1,64})<", octets)
        if asked and b"discovery/Probe<" in octets and spec["for"].encode() in octets:
            send(say.wsd_match(uuid.uuid4(), asked[1].decode("latin-1"), spec["uuid"], scopes, xaddrs, **kinds),
                 source)
    send = await listen(say.WSD_GROUP, say.WSD_PORT, "eth0", answer)
    send(say.wsd_hello(uuid.uuid4(), spec["uuid"], scopes, xaddrs, **kinds), (say.WSD_GROUP, say.WSD_PORT))


async def speak_dhip(spec, host):
    def answer(send, octets, source):
        if octets[4:8] == b"DHIP" and b"DHDiscover.search" in octets:
            send(say.dhip_match(host.mac, host.address, spec["model"], spec["serial"], gateway=host.gateway),
                 source)
    await listen(say.DHIP_GROUP, say.DHIP_PORT, "eth0", answer)


async def speak_mdns(spec, host):
    send = await listen(say.MDNS_GROUP, say.MDNS_PORT, "eth0", lambda *_: None)
    packet = say.mdns_announcement(spec["service"], spec["instance"], spec["host"], host.address,
                                   spec["port"], spec["txt"])
    for _ in range(2):  # RFC 6762 section 8.3: twice, a second apart
        send(packet, (say.MDNS_GROUP, say.MDNS_PORT))
        await asyncio.sleep(1)


async def speak_ssdp(spec, host):
    send = await listen(say.SSDP_GROUP, say.SSDP_PORT, "eth0", lambda *_: None)
    for kind, usn in spec["says"]:
        location = spec["location"].format(address=host.address)
        send(say.ssdp_notify(location, spec["server"], kind, usn), (say.SSDP_GROUP, say.SSDP_PORT))


async def _head(reader):
    return await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)


async def _close(writer):
    try:
        writer.close()
        await writer.wait_closed()
    except OSError:
        pass


async def speak_http(spec, _):
    pages = spec["pages"]

    async def serve(reader, writer):
        try:
            path = (await _head(reader)).split(b" ", 2)[1].decode("latin-1").partition("?")[0]
            status, headers, body = pages.get(path) or pages["*"]
            writer.write(say.http_answer(status, headers, body))
            await writer.drain()
        except (OSError, IndexError, asyncio.IncompleteReadError, asyncio.TimeoutError):
            pass
        await _close(writer)
    await asyncio.start_server(serve, ANY, 80)


async def speak_rtsp(spec, _):
    async def serve(reader, writer):
        try:
            while True:
                head = (await _head(reader)).decode("latin-1")
                sequence = re.search(r"(?i)^cseq: *(\d{1,9})", head, re.M)[1]
                status, headers = spec["options" if head.startswith("OPTIONS") else "describe"]
                writer.write(say.rtsp_answer(status, sequence, headers))
                await writer.drain()
        except (OSError, TypeError, asyncio.IncompleteReadError, asyncio.TimeoutError):
            pass
        await _close(writer)
    await asyncio.start_server(serve, ANY, 554)


async def _exchange(address, port, requests):
    reader, writer = await asyncio.wait_for(asyncio.open_connection(address, port), 2)
    for request in requests:
        writer.write(request)
        await asyncio.wait_for(reader.read(65536), 2)
    await _close(writer)


async def visit(addresses, every, http_only=False):
    """A client that looks at web pages and streams, as a recorder or a browser does."""
    while True:
        for address in addresses:
            try:
                await _exchange(address, 80, [say.http_get("/", address)])
                if not http_only:
                    await _exchange(address, 80, [say.http_get("/ISAPI/System/deviceInfo", address)])
                    await _exchange(address, 554, [say.rtsp_ask("OPTIONS", address, 1),
                                                   say.rtsp_ask("DESCRIBE", address, 2)])
            except (OSError, asyncio.TimeoutError):
                continue  # not there yet, or not that kind of device
        await asyncio.sleep(every)


async def ask_for_cameras(interface, every):
    """The questions of a recorder: ONVIF, Hikvision's and Dahua's, to their groups."""
    asks = [(await listen(group, port, interface, lambda *_: None), group, port) for group, port in
            ((say.WSD_GROUP, say.WSD_PORT), (say.SADP_GROUP, say.SADP_PORT), (say.DHIP_GROUP, say.DHIP_PORT))]
    while True:
        fresh = str(uuid.uuid4())
        for (send, group, port), question in zip(asks, (say.wsd_probe(fresh), say.sadp_inquiry(fresh.upper()),
                                                        say.dhip_search())):
            send(question, (group, port))
        await asyncio.sleep(every)


async def ask_for_printers(every):
    """What a desktop asks by itself."""
    wsd = await listen(say.WSD_GROUP, say.WSD_PORT, "eth0", lambda *_: None)
    mdns = await listen(say.MDNS_GROUP, say.MDNS_PORT, "eth0", lambda *_: None)
    ssdp = await listen(say.SSDP_GROUP, say.SSDP_PORT, "eth0", lambda *_: None)
    while True:
        wsd(say.wsd_client_probe(uuid.uuid4()), (say.WSD_GROUP, say.WSD_PORT))
        mdns(say.mdns_question("_ipp._tcp.local"), (say.MDNS_GROUP, say.MDNS_PORT))
        ssdp(say.ssdp_search(), (say.SSDP_GROUP, say.SSDP_PORT))
        await asyncio.sleep(every)


SPEAKERS = {"sadp": speak_sadp, "wsd": speak_wsd, "dhip": speak_dhip, "mdns": speak_mdns,
            "ssdp": speak_ssdp, "http": speak_http, "rtsp": speak_rtsp}
