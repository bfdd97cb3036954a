"""Many cameras of a restricted maker, one after the other, without a process for each.

    appearances.py COUNT SEED PAUSE     run in a namespace; prints "MAC nanoseconds" for each

Each has a MAC, an address and a serial number of its own, and says so in one frame: its answer to
somebody's SADP inquiry, sent to the group as older firmware does. The same seed makes the same cameras.
"""
import random
import socket
import subprocess
import sys
import time
from pathlib import Path

import dialects
import wire

MODEL = "DS-2CD2142FWD-I"


def mac_of(number, seed):
    return f"44:19:b6:{seed & 255:02x}:{number >> 8:02x}:{number & 255:02x}"


def frame_of(number, seed):
    mac = mac_of(number, seed)
    address = f"10.10.{16 + number // 200}.{number % 200 + 10}"
    serial = f"{MODEL}20210601AAWRF{seed & 255:03d}{number:05d}"
    payload = dialects.sadp_match("00000000-0000-4000-8000-000000000001", MODEL, serial, mac, address)
    packet = wire.udp_packet(address, dialects.SADP_PORT, dialects.SADP_GROUP, dialects.SADP_PORT, payload)
    return wire.ethernet(wire.multicast_mac(dialects.SADP_GROUP), mac, wire.ETH_IPV4, packet)


def start(lab, namespace, count, seed, pause):
    """The sender's process; its standard output tells when each frame was sent."""
    return lab.start(namespace, sys.executable, "-B", str(Path(__file__).resolve()), str(count), str(seed),
                     str(pause), stdout=subprocess.PIPE, text=True)


def send(count, seed, pause):
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as sock:
        sock.bind(("eth0", 0))
        for number in range(count):
            frame = frame_of(number, seed)
            now = time.time_ns()
            sock.send(frame)
            print(mac_of(number, seed), now, flush=True)
            time.sleep(pause * (0.5 + random.random()))  # no beat with anybody's timers


if __name__ == "__main__":
    send(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
