"""More answers at once than the scanner has room for: asked for again, and what is lost all the same is told."""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import stage
from network import run
from processes import Processes

# A camera that is known by nothing but its answer to SADP's inquiry. At the first `bursts` of them a neighbour
# sends more than the scanner has room for, which stands still meanwhile, before the camera answers: so its
# answer is among what is lost.
CAMERA = """
import os, signal, socket, struct, sys
own, neighbour, bursts, scanner = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
MATCH = ("<?xml version='1.0' encoding='utf-8'?><ProbeMatch><Types>inquiry</Types><DeviceDescription>DS-2CD2042WD-I"
         "</DeviceDescription><MAC>44-19-b6-0a-0b-0c</MAC><IPv4Address>" + own + "</IPv4Address></ProbeMatch>")
MATCH = MATCH.encode().ljust(1450)  # no smaller than the noise, or it might still find room
ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
ear.bind(("", 37020))
ear.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton("239.255.255.250") + socket.inet_aton(own))
def mouth(address):
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
    sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
    sender.bind((address, 0))
    return sender
camera, noise = mouth(own), mouth(neighbour)
print("ready", flush=True)
asked = 0
while True:
    question, asker = ear.recvfrom(2048)
    if b"<Probe>" not in question: continue
    asked += 1
    print("asked", asked, flush=True)
    ends = [asker, ("239.255.255.250", 37020)]
    if asked <= bursts:
        with open(scanner) as file: process = int(file.read())
        os.kill(process, signal.SIGSTOP)
        for _ in range(12000):
            for end in ends: noise.sendto(bytes(1400), end)
    for end in ends: camera.sendto(MATCH, end)
    if asked <= bursts: os.kill(process, signal.SIGCONT)
"""
CAMERA_AT, NEIGHBOUR_AT, SCANNER_AT, NETWORK = "10.51.0.11", "10.51.0.12", "10.51.0.250", "10.51.0.0/24"


class Street:
    """The scanner and the camera, on one wire."""

    def __init__(self, bursts):
        self.processes, self.namespaces = Processes(), []
        self.folder = tempfile.TemporaryDirectory()
        self.scanner_id = Path(self.folder.name, "scanner")
        self.bursts = bursts

    def build(self):
        self.scanner, self.camera = self.namespace("scanner"), self.namespace("camera")
        run("ip", "-n", self.scanner, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", self.camera)
        for namespace, address in ((self.scanner, SCANNER_AT), (self.camera, CAMERA_AT), (self.camera, NEIGHBOUR_AT)):
            run("ip", "-n", namespace, "addr", "add", f"{address}/24", "dev", "eth0")
            run("ip", "-n", namespace, "link", "set", "eth0", "up")
        self.device = self.processes.start(self.camera, sys.executable, "-B", "-c", CAMERA, CAMERA_AT, NEIGHBOUR_AT,
                                           str(self.bursts), str(self.scanner_id), stdout=subprocess.PIPE, text=True)
        assert self.device.stdout.readline() == "ready\n"

    def namespace(self, name):
        full = f"cw-{os.getpid()}-{name}"
        run("ip", "netns", "add", full)
        self.namespaces.append(full)
        run("ip", "-n", full, "link", "set", "lo", "up")
        return full

    def scan(self):
        # The shell's process becomes the scanner's.
        command = f'echo $$ > "{self.scanner_id}" && exec "$0" "$@"'
        return subprocess.run(
            ["ip", "netns", "exec", self.scanner, "sh", "-c", command, stage.sensor.find_binary(), "scan", "--all", "--format",
             "json", NETWORK], capture_output=True, text=True, timeout=120)

    def close(self):
        self.processes.close()
        for namespace in self.namespaces:
            subprocess.run(["ip", "netns", "delete", namespace], capture_output=True)
        self.folder.cleanup()


class Burst(unittest.TestCase):
    def scan(self, bursts):
        street = Street(bursts)
        self.addCleanup(street.close)
        street.build()
        done = street.scan()
        self.status = done.returncode
        street.processes.close()
        with street.device.stdout:
            asked = street.device.stdout.read().count("asked")
        makers = [one["maker"] for one in map(stage.json.loads, done.stdout.splitlines()) if CAMERA_AT in one["ips"]]
        return asked, makers, done.stderr

    def test_without_a_burst_it_is_asked_once(self):
        asked, makers, said = self.scan(0)
        self.assertEqual((asked, makers), (1, ["Hikvision"]), said)
        self.assertNotIn("lost:", said)

    def test_what_was_lost_is_asked_for_again(self):
        asked, makers, said = self.scan(1)
        self.assertEqual((asked, makers), (2, ["Hikvision"]), said)
        self.assertNotIn("lost:", said)

    def test_what_is_lost_again_is_told(self):
        asked, makers, said = self.scan(2)
        self.assertEqual((asked, makers, self.status), (2, [""], 2), said)
        self.assertIn("lost: answers that came faster than they were read", said)


if __name__ == "__main__":
    stage.main()
