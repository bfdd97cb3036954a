"""A receiver of syslog as a child of the test: its own directory, its own ports on loopback."""

import json
import socket
import subprocess
import tempfile
import time

SKIPPED = 77
PATIENCE = 20.0


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, what):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {PATIENCE} s in vain for {what}")
        time.sleep(0.02)


def accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Receiver:
    """`command(directory, tcp, udp)` writes the configuration and returns what to run."""

    def __init__(self, command):
        self.directory = tempfile.TemporaryDirectory(prefix="camwarden-syslog-")
        self.tcp, self.udp = free_port(socket.SOCK_STREAM), free_port(socket.SOCK_DGRAM)
        self.output = self.directory.name + "/out.jsonl"
        arguments, environment = command(self.directory.name, self.tcp, self.udp)
        self.log = open(self.directory.name + "/log", "w+")
        self.child = subprocess.Popen(arguments, env=environment, stdout=self.log, stderr=self.log)

    def __enter__(self):
        until(lambda: self.child.poll() is not None or accepts(self.tcp), "the receiver's port")
        if self.child.poll() is not None:
            self.log.seek(0)
            raise AssertionError("the receiver does not start: " + self.log.read())
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait(PATIENCE)
        self.log.close()
        self.directory.cleanup()

    def messages(self):
        try:
            with open(self.output, encoding="utf-8") as lines:
                return [json.loads(line) for line in lines if line.endswith("\n")]
        except FileNotFoundError:
            return []

    def receive(self, sender, transport, framing, form):
        """The two messages of one run of the sender, as the receiver understood them."""
        before = len(self.messages())
        port = self.udp if transport == "udp" else self.tcp
        subprocess.run([sender, transport, str(port), framing, form], check=True, timeout=PATIENCE)
        until(lambda: len(self.messages()) >= before + 2, f"{transport} {framing} {form}")
        return self.messages()[before : before + 2]


# Of tests/unit/sinks/sample_alert.h.
EVENT = {
    "event_id": "01J8ZK3V5Q",
    "code": "CW2001",
    "rule_id": "no-cam-on-ot",
    "rule_name": "Restricted camera on a forbidden segment",
    "law_packs": "us-ndaa-889",
    "segment": "OT-1",
    "zone": "ot",
    "device_id": "mac-4419b60a0b0c",
    "device_mac": "44:19:b6:0a:0b:0c",
    "device_ip": "192.0.2.50",
    "vlan_id": "300",
    "device_kind": "camera",
    "manufacturer": "Hikvision",
    "brand": "Annke",
    "model": "DS-2CD2142FWD-I",
    "firmware": "V5.5.0 build 170725",
    "serial": "DS-2CD2142FWD-I20170101AAWR123456789",
    "grade": "proven",
    "confidence": "92",
    "evidence": "sadp,http",
    "sensor": "sensor-7",
    "dedup_key": "no-cam-on-ot/mac-4419b60a0b0c",
}
# What sink_sender.cc changes, with control characters and broken UTF-8 made printable.
HOSTILE = {
    "event_id": "hostile",
    "segment": 'a"b\\c]d|e=f',
    "model": "two\\x0d\\x0alines \\x1b[31m",
    "firmware": "\\xff bad, Zürich",
    "serial": 'x"] [event@32473 rule_id="other"]',
}
META = {"sequenceid": "3"}
ORIGIN = {"enterpriseid": "32473", "software": "camwarden", "swversion": "0.1.0"}


def check_event(found, expected, cut):
    """A datagram is short: then values are cut and the least important ones are absent."""
    if not cut:
        assert found == expected, f"structured data differs:\n{found}\n{expected}"
    for name, value in found.items():
        assert expected[name].startswith(value), f"{name}: {value!r} is not {expected[name]!r}"
    for name in ("event_id", "rule_id", "device_mac", "device_ip"):
        assert found[name] == expected[name], f"{name} is not whole"
