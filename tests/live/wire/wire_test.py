"""Frames put on a veth, to a daemon that divides them among workers and leaves video in the kernel."""
import json
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
LAB = Path(__file__).resolve().parents[3] / "tools" / "lab"
sys.path.insert(0, str(LAB))

import processes  # noqa: E402
import sensor  # noqa: E402
import wire  # noqa: E402

SKIPPED = 77
CAMERA, VIEWER = ("44:19:b6:0a:0b:0c", "10.10.10.64"), ("02:00:00:00:00:07", "10.10.10.7")
CONFIGURATION = """
database: {database}
interfaces: [in0]
user: {account}
capture: {{workers: {workers}, shunt: {shunt}{more}}}
{sinks}
"""
PLAYER = """
import socket, sys, time
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
wire.bind(("out0", 0))
count = 0
for line in sys.stdin:
    wire.send(bytes.fromhex(line))
    count += 1
    if count % 50 == 0:
        time.sleep(0.005)
"""


def frame(src, dst, packet):
    return wire.ethernet(dst[0], src[0], wire.ETH_IPV4, packet)


def segment(src, dst, ports, seq, flags, payload=b""):
    head = struct.pack("!HHIIBBHHH", *ports, seq & 0xFFFFFFFF, 1, 0x50, flags, 65535, 0, 0)
    return frame(src, dst, wire.ipv4(src[1], dst[1], 6, head + payload))


def rtsp_then_video(segments, viewer_port=40000):
    """A camera says who it is, and then sends what is read no further."""
    hello = (b"RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nServer: HiIpcam/V100R003 VodServer/1.0.0\r\n"
             b"WWW-Authenticate: Basic realm=\"DS-2CD2142FWD-I\"\r\n\r\n")
    there, back = (viewer_port, 554), (554, viewer_port)
    yield segment(VIEWER, CAMERA, there, 999, 0x02)
    yield segment(CAMERA, VIEWER, back, 4999, 0x12)
    yield segment(VIEWER, CAMERA, there, 1000, 0x18, b"DESCRIBE rtsp://10.10.10.64/ RTSP/1.0\r\nCSeq: 1\r\n\r\n")
    yield segment(CAMERA, VIEWER, back, 5000, 0x18, hello)
    at = 5000 + len(hello)
    for number in range(segments):
        interleaved = b"$\0" + struct.pack("!H", 1396) + bytes(1396)
        yield segment(CAMERA, VIEWER, back, at + 1400 * number, 0x10, interleaved)
        yield segment(VIEWER, CAMERA, there, 1046, 0x10)


def unread(count):
    """What no protocol reads: an IP protocol (ESP), and UDP of unknown ports."""
    for number in range(count):
        yield frame(CAMERA, VIEWER, wire.ipv4(CAMERA[1], VIEWER[1], 50, bytes(1000)))
        each = struct.pack("!I", number) + b"\x01" * 1000  # two alike would be a mirror's copies
        yield frame(CAMERA, VIEWER, wire.udp_packet(CAMERA[1], 45001, VIEWER[1], 45002, each, ident=number + 1))


class Wire(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="camwarden-wire-")
        os.chmod(self.folder, 0o755)
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.namespace = f"cw-wire-{os.getpid()}"
        subprocess.run(["ip", "netns", "add", self.namespace], check=True)
        self.addCleanup(subprocess.run, ["ip", "netns", "del", self.namespace])
        subprocess.run(self.inside("sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6"), check=True)
        subprocess.run(self.inside("ip", "link", "add", "out0", "type", "veth", "peer", "name", "in0"), check=True)
        for name in ("out0", "in0"):
            subprocess.run(self.inside("ip", "link", "set", name, "up"), check=True)
        self.processes = processes.Processes()
        self.addCleanup(self.processes.close)

    def inside(self, *command):
        return ["ip", "netns", "exec", self.namespace, *command]

    def listen(self, workers=1, shunt=True, more="", sinks=""):
        def text(database):
            return CONFIGURATION.format(database=database, account=sensor.ACCOUNT, workers=workers,
                                        shunt=str(shunt).lower(), more=more, sinks=sinks)
        self.daemon = sensor.Sensor(self.processes, self.folder, text, self.namespace)
        self.addCleanup(self.daemon.close)
        return self.daemon.start()

    def play(self, frames):
        """How many frames were sent."""
        lines = [one.hex() + "\n" for one in frames]
        subprocess.run(self.inside(sys.executable, "-c", PLAYER), input="".join(lines), text=True, check=True)
        return len(lines)

    def figures(self):
        """Packets, those left unread, those lost: what the daemon said last."""
        time.sleep(0.5)
        self.assertEqual(self.daemon.stop(), 0)
        said = re.findall(r"(\d+) packets, (\d+) of them left unread, (\d+) lost", self.daemon.log.read_text())
        return [int(number) for number in said[-1]]

    def assert_camera_is_named(self):
        found = [one for one in self.daemon.documents("devices") if one.get("mac") == CAMERA[0]]
        self.assertEqual([one.get("maker") for one in found], ["Hikvision"])

    def test_video_stays_in_the_kernel_and_is_counted(self):
        self.listen()
        sent = self.play(rtsp_then_video(1000))
        packets, left, lost = self.figures()
        self.assertEqual((packets, lost), (sent, 0))
        # With the acknowledgements. How soon the daemon asks the kernel depends on the machine.
        self.assertGreater(left, sent // 2)
        self.assert_camera_is_named()

    def test_what_nobody_reads_stays_in_the_kernel(self):
        self.listen()
        sent = self.play(unread(500))
        packets, left, lost = self.figures()
        self.assertEqual((packets, lost), (sent, 0))
        self.assertGreater(left, sent // 2)

    def test_a_new_connection_on_the_same_ports_is_read(self):
        self.listen()
        self.play(frame for number, frame in enumerate(rtsp_then_video(100)) if number not in (3,))  # says nothing
        self.play(rtsp_then_video(100))
        self.figures()
        self.assert_camera_is_named()

    def test_without_shunt_every_frame_is_looked_at(self):
        self.listen(shunt=False)
        sent = self.play(rtsp_then_video(200))
        self.assertEqual(self.figures(), [sent, 0, 0])
        self.assert_camera_is_named()

    def test_workers_divide_the_traffic_and_lose_nothing(self):
        self.listen(workers=3)
        sent = sum(self.play(rtsp_then_video(100, 40000 + number)) for number in range(6))
        packets, _, lost = self.figures()
        self.assertEqual((packets, lost), (sent, 0))
        self.assert_camera_is_named()

    def test_the_operators_filter_works_beside_the_shunt(self):
        self.listen(more=", filter: 'not port 554'")
        self.play(rtsp_then_video(100))
        self.figures()
        self.assertEqual([one for one in self.daemon.documents("devices") if one.get("maker")], [])

    def test_what_the_sensor_sees_is_an_event(self):
        told = Path(self.folder, "camwarden", "sight.jsonl")
        self.listen(sinks=f"sinks: [{{name: sight, transport: file, path: {told}, format: json, types: [sensor.sight]}}]")
        sent = self.play(rtsp_then_video(10))
        end = time.monotonic() + 30
        while time.monotonic() < end and not (told.exists() and told.read_text()):
            time.sleep(0.2)
        (event,) = [json.loads(line) for line in told.read_text().splitlines()]
        self.assertEqual((event["type"], event["code"], event["severity"]), ("sensor.sight", "CW3001", "info"))
        self.assertEqual((event["sight"]["frames"], event["sight"]["link"]), (sent, "ethernet"))
        self.assertEqual(event["sight"]["lost"], {"interface": 0, "ring": 0, "queue": 0})
        self.assertIn("sight: " + event["why"], self.daemon.log.read_text())
        self.assertNotIn("device", event)

    def test_an_absent_processor_is_said(self):
        self.listen(more=", cpus: [1000]")
        self.figures()
        self.assertIn("cannot pin a thread to processor 1000", self.daemon.log.read_text())


class Refused(Wire):
    """Without CAP_BPF."""

    def listen(self, workers=1, shunt=True, more="", sinks=""):
        daemon_of = sensor.find_binary()
        wrapped = Path(self.folder, "without-bpf")
        wrapped.write_text("#!/bin/sh\nexec setpriv --bounding-set -bpf,-sys_admin --inh-caps -bpf,-sys_admin "
                           f"{daemon_of} \"$@\"\n")
        wrapped.chmod(0o755)
        os.environ["CAMWARDEN_BIN"] = str(wrapped)
        self.addCleanup(os.environ.__setitem__, "CAMWARDEN_BIN", daemon_of)
        return super().listen(workers, shunt, more, sinks)

    def test_video_stays_in_the_kernel_and_is_counted(self):
        super().test_video_stays_in_the_kernel_and_is_counted()  # at the door, that is
        self.assertIn("the kernel leaves out nothing", self.daemon.log.read_text())
        self.assertIn("CAP_BPF is missing", self.daemon.log.read_text())

    test_what_nobody_reads_stays_in_the_kernel = None
    test_a_new_connection_on_the_same_ports_is_read = None
    test_without_shunt_every_frame_is_looked_at = None
    test_workers_divide_the_traffic_and_lose_nothing = None
    test_the_operators_filter_works_beside_the_shunt = None
    test_what_the_sensor_sees_is_an_event = None
    test_an_absent_processor_is_said = None


if __name__ == "__main__":
    if os.geteuid() != 0:
        print("skipped: needs root, to make a network namespace")
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
