"""What the make_*.py scripts share: hosts, and how to put what they say into a capture.

Each script defines captures(), which gives (file name, bytes) pairs; run as a program it writes them
beside itself. The bytes depend on nothing but the script, so a test can compare.
"""
import sys
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tools" / "lab"))

import dialects as say  # noqa: E402
import wire  # noqa: E402

CORE, CCTV = 10, 20  # VLANs; replay.yml forbids restricted makers on the first
HIKVISION = ("44:19:b6:0a:0b:0c", "10.10.10.64")
DAHUA = ("3c:ef:8c:0d:0e:0f", "10.10.10.72")
AXIS = ("ac:cc:8e:11:22:33", "10.10.10.41")
PRINTER = ("3c:d9:2b:77:88:99", "10.10.10.30")
RECORDER = ("14:18:77:00:00:02", "10.10.10.2")
ROUTER = ("00:1b:54:aa:bb:cc", "10.10.10.1")
ASKED = "00000000-0000-4000-8000-000000000001"
HIKVISION_SERIAL = "DS-2CD2142FWD-I20210601AAWRF12345678"
DAHUA_SERIAL = "3K04B5CPAG00042"


def frame(sender, receiver_mac, packet, vlans=(CORE,)):
    kind = wire.ETH_IPV6 if packet[0] >> 4 == 6 else wire.ETH_IPV4
    return wire.ethernet(receiver_mac, sender[0], kind, packet, vlans)


def multicast(sender, group, port, payload, vlans=(CORE,), source_port=None, source=None, ttl=1):
    packet = wire.udp_packet(source or sender[1], source_port or port, group, port, payload, ttl)
    return frame(sender, wire.multicast_mac(group), packet, vlans)


def unicast(sender, receiver, sport, dport, payload, vlans=(CORE,)):
    return frame(sender, receiver[0], wire.udp_packet(sender[1], sport, receiver[1], dport, payload), vlans)


def add_conversation(capture, client, server, conversation, vlans=(CORE,), order=None):
    """All packets of a wire.Conversation; `order` rearranges them."""
    packets = conversation.packets
    for at in order or range(len(packets)):
        side, packet = packets[at]
        ends = (client, server) if side == 0 else (server, client)
        capture.add(frame(ends[0], ends[1][0], packet, vlans))


def talk(client, server, port, *exchanges, mss=1460, client_port=40000, server_ttl=64):
    conversation = wire.Conversation(client[1], client_port, server[1], port, mss=mss, server_ttl=server_ttl)
    for request, answer in exchanges:
        conversation.ask(request, answer)
    return conversation.close()


def write(captures):
    for name, octets in captures:
        (HERE / name).write_bytes(octets)
