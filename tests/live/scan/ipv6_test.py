"""A scan of an IPv6 network: who answers an echo to all nodes or a neighbour solicitation is asked like others."""
import ipaddress
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import stage
import avenue
from network import run
from processes import Processes

SERVE = stage.LAB / "segment" / "serve.py"


class Avenue:
    """A bridge, and a namespace for the scanner and for each device."""

    def __init__(self):
        self.everyone, self.processes = avenue.everyone(), Processes()
        self.hub, self.scanner = f"cw-{os.getpid()}-hub", f"cw-{os.getpid()}-scanner"
        self.names = {one.name: f"cw-{os.getpid()}-{one.name}" for one in self.everyone}
        self.folder = tempfile.TemporaryDirectory(prefix="camwarden-avenue-")

    def build(self):
        run("ip", "netns", "add", self.hub)
        run("ip", "-n", self.hub, "link", "add", "br0", "type", "bridge", "stp_state", "0", "mcast_snooping", "0")
        run("ip", "-n", self.hub, "link", "set", "br0", "up")
        self.plug(self.scanner, "52:54:00:5c:a7:01", avenue.PREFIX + "fa")
        for one in self.everyone:
            self.plug(self.names[one.name], one.mac, one.address)
            server = self.processes.start(self.names[one.name], sys.executable, "-B", str(SERVE), "avenue",
                                          f"{self.folder.name}/{one.name}", "0.0.0.0", one.name, stdout=subprocess.PIPE,
                                          text=True)
            with server.stdout:
                assert server.stdout.readline() == "ready\n"

    def plug(self, namespace, mac, address):
        run("ip", "netns", "add", namespace)
        run("ip", "-n", namespace, "link", "set", "lo", "up")
        port = f"p{mac.replace(':', '')}"
        run("ip", "-n", self.hub, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", namespace)
        run("ip", "-n", namespace, "link", "set", "eth0", "address", mac)
        run("ip", "-n", self.hub, "link", "set", port, "master", "br0", "up")
        run("ip", "-n", namespace, "addr", "add", f"{address}/64", "dev", "eth0", "nodad")
        run("ip", "-n", namespace, "link", "set", "eth0", "up")

    def scan(self, *arguments):
        command = [stage.sensor.find_binary(), "scan", "--format", "json", "--allow", avenue.PREFIX + "/64", *arguments]
        return subprocess.run(["ip", "netns", "exec", self.scanner, *command], capture_output=True, text=True, timeout=120)

    def close(self):
        self.processes.close()
        for namespace in (self.scanner, *self.names.values(), self.hub):
            subprocess.run(["ip", "netns", "delete", namespace], capture_output=True)
        self.folder.cleanup()


class Ipv6(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.avenue = Avenue()
        cls.addClassCleanup(cls.avenue.close)
        cls.avenue.build()
        stage.pause(2.5)  # link-local addresses become usable

    def check(self, *targets):
        done = self.avenue.scan(*targets)
        found = stage.by_mac(done.stdout)
        for one in self.avenue.everyone:
            with self.subTest(one.name):
                self.assertEqual(found.get(one.mac, {}).get("maker", ""), one.maker, done.stderr)
        asked = [self.heard(one.name) for one in self.avenue.everyone]
        self.assertTrue(all(asked), asked)

    def heard(self, name):
        return Path(self.avenue.folder.name, name).read_text()

    def test_a_prefix_is_swept_by_multicast(self):
        self.check(str(ipaddress.ip_network(avenue.PREFIX + "/64")))

    def test_nothing_is_said_to_a_link_on_which_somebody_is_never_touched(self):
        """Whichever of its addresses names it."""
        before = [self.heard(one.name) for one in self.avenue.everyone]
        done = self.avenue.scan("--never-touch", self.avenue.everyone[0].address, avenue.PREFIX + "/64")
        self.assertIn("may not be asked as a whole", done.stderr)
        self.assertEqual([self.heard(one.name) for one in self.avenue.everyone], before)

    def test_a_list_is_asked_one_by_one(self):
        self.check(*(one.address for one in self.avenue.everyone))


if __name__ == "__main__":
    stage.main()
