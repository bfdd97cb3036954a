"""One device of the lab, as a process inside its network namespace: device.py '{"mac": ...}'

Comes up as hardware does: asks for an address (DHCP, from a packet socket), announces it (gratuitous
ARP), then speaks what its description lists. Ends on SIGTERM.
"""
import array
import asyncio
import fcntl
import json
import random
import signal
import socket
import struct
import subprocess
import sys

import speakers
import wire

SIOCETHTOOL = 0x8946
# Offloads that would show the sensor segments larger than the MTU, or checksums not yet computed.
ETHTOOL_OFF = (0x17, 0x1F, 0x24, 0x2C)  # STXCSUM, STSO, SGSO, SGRO of <linux/ethtool.h>


def no_offloads(interface):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for command in ETHTOOL_OFF:
            value = array.array("B", struct.pack("II", command, 0))
            request = struct.pack("16sP16x", interface.encode(), value.buffer_info()[0])
            try:
                fcntl.ioctl(sock, SIOCETHTOOL, request)
            except OSError:
                pass  # this kernel cannot; the frames are then as it makes them


class Host:
    """Who this device is on the network."""

    def __init__(self, spec):
        self.spec, self.mac = spec, spec["mac"]
        self.address, self.gateway = spec.get("address", ""), "0.0.0.0"

    def link(self):
        sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0003))
        sock.bind(("eth0", 0))
        sock.settimeout(0.5)
        return sock


def dhcp_options(spec):
    listed = [(61, b"\x01" + wire.mac(spec["mac"]))]
    if spec.get("hostname"):
        listed.append((12, spec["hostname"].encode()))
    if spec.get("vendor_class"):
        listed.append((60, spec["vendor_class"].encode()))
    return listed + [(55, bytes(spec.get("parameters", [1, 3, 6, 12, 15, 28])))]


def send_dhcp(sock, host, kind, xid, options):
    payload = wire.dhcp(kind, xid, host.mac, options)
    packet = wire.udp_packet("0.0.0.0", 68, "255.255.255.255", 67, payload)
    sock.send(wire.ethernet(wire.BROADCAST, host.mac, wire.ETH_IPV4, packet))


def await_dhcp(sock, xid, kind):
    """The address offered or granted in the next reply to us, or ""."""
    for _ in range(64):
        try:
            frame = sock.recv(2048)
        except TimeoutError:
            return ""
        at = 14 + 20 + 8  # Ethernet, IPv4 and UDP headers of the lab's own server
        if frame[23:24] == b"\x11" and frame[34:38] == b"\x00\x43\x00\x44" and frame[at + 4:at + 8] == xid.to_bytes(4, "big") \
                and frame[at + 240:at + 243] == bytes([53, 1, kind]):
            return socket.inet_ntoa(frame[at + 16:at + 20])
    return ""


def lease(host):
    options = dhcp_options(host.spec)
    xid = random.getrandbits(32)
    with host.link() as sock:
        for _ in range(20):
            send_dhcp(sock, host, 1, xid, options)
            offered = await_dhcp(sock, xid, 2)
            if not offered:
                continue
            send_dhcp(sock, host, 3, xid, [(50, wire.ip(offered))] + options)
            if await_dhcp(sock, xid, 5):
                return offered
    sys.exit(f"{host.spec['name']}: nobody granted an address")


def announce(host):
    """Gratuitous ARP (RFC 5227 section 3)."""
    frame = wire.ethernet(wire.BROADCAST, host.mac, wire.ETH_ARP,
                          wire.arp(1, host.mac, host.address, "00:00:00:00:00:00", host.address))
    with host.link() as sock:
        sock.send(frame)


def configure(interface, address):
    for command in (["addr", "add", f"{address}/24", "brd", "+", "dev", interface],
                    ["route", "add", "224.0.0.0/4", "dev", interface]):
        subprocess.run(["ip", *command], check=False, capture_output=True)


async def serve_dhcp(interface, own, leases):
    """A small DHCP server: addresses by MAC, from a list."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode() + b"\0")
    sock.bind(("0.0.0.0", 67))
    sock.setblocking(False)
    loop = asyncio.get_running_loop()
    while True:
        question = await loop.sock_recv(sock, 2048)
        if len(question) < 243 or question[240:242] != b"\x35\x01":
            continue
        chaddr = question[28:34].hex(":")
        answer = {1: 2, 3: 5}.get(question[242])
        if chaddr in leases and answer:
            options = [(54, wire.ip(own)), (51, struct.pack("!I", 86400)), (1, wire.ip("255.255.255.0"))]
            reply = wire.dhcp(answer, int.from_bytes(question[4:8], "big"), chaddr, options,
                              yiaddr=leases[chaddr], reply=True)
            await loop.sock_sendto(sock, reply, ("255.255.255.255", 68))


async def live(spec):
    host = Host(spec)
    for interface, address in spec.get("interfaces", {}).items():  # servers have fixed addresses
        no_offloads(interface)
        configure(interface, address)
    if "interfaces" not in spec:
        no_offloads("eth0")
        host.address = host.address or lease(host)
        configure("eth0", host.address)
        announce(host)
        await asyncio.sleep(0.2)
    tasks = [asyncio.create_task(speakers.SPEAKERS[name](details, host))
             for name, details in spec.get("speaks", {}).items()]
    for interface, address in spec.get("interfaces", {}).items():
        if "leases" in spec:
            tasks.append(asyncio.create_task(serve_dhcp(interface, address, spec["leases"])))
        if "asks" in spec:
            tasks.append(asyncio.create_task(speakers.ask_for_cameras(interface, spec["asks"])))
    if "asks_for_printers" in spec:
        tasks.append(asyncio.create_task(speakers.ask_for_printers(spec["asks_for_printers"])))
    if "visits" in spec:
        tasks.append(asyncio.create_task(
            speakers.visit(spec["visits"], spec["visits_every"], spec.get("http_only", False))))
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    for task in tasks:
        task.add_done_callback(lambda done: done.cancelled() or done.result())
    await stop.wait()


if __name__ == "__main__":
    asyncio.run(live(json.loads(sys.argv[1])))
