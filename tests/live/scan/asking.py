"""The daemon that may ask, where else the scanner stands: its configuration, what it is shown, what it says of it.

It listens on the interface that it asks from, and has given up its privileges. What is played on the wire
comes out of the street's end of it, from whom the frame says.
"""
import json
import os
import signal
import subprocess
import sys
import time

import stage
import sensor
import wire

CONFIGURATION = """sensor: street
database: {database}
interfaces: [eth0]
user: {account}
fingerprints: {fingerprints}
segments:
  - {{name: street, zone: street, prefixes: [10.77.0.0/24]}}
rules:
  - {{id: restricted, name: Cameras of restricted makers, deny: {{law_packs: [us-ndaa-889]}}, min_grade: {grade}}}
sinks:
  - {{name: lines, transport: file, path: {alerts}, format: json, header: none}}
active:
  enabled: {enabled}
{active}"""
PLAYER = """import socket, sys, time
with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as sock:
    sock.setsockopt(263, 20, 1)  # SOL_PACKET, PACKET_QDISC_BYPASS: nobody changes whose frame it is
    sock.bind(("street0", 0))
    for frame in sys.argv[2].split():
        time.sleep(float(sys.argv[1]))
        print(time.time())
        sock.send(bytes.fromhex(frame))
"""
CLOCK = """#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
int clock_gettime(clockid_t clock, struct timespec* out) {
  int (*real)(clockid_t, struct timespec*) = dlsym(RTLD_NEXT, "clock_gettime");
  int code = real(clock, out);
  if (clock == CLOCK_REALTIME) out->tv_sec += atoi(getenv("CLOCK_AHEAD"));
  return code;
}
"""


def wait(condition, seconds=30.0):
    """What the condition gives as soon as it is anything, or at last."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        stage.pause(0.05)
    return condition()


def play(street, frames, pause=0.0, meanwhile=lambda: None):
    """When each of them was sent. `meanwhile`: called again and again until all are."""
    player = street.start(street.street, sys.executable, "-c", PLAYER, pause, "".join(frame.hex() + " " for frame in frames),
                          stdout=subprocess.PIPE, text=True)
    while player.poll() is None:
        meanwhile()
        stage.pause(0.02)
    sent = [float(line) for line in player.communicate()[0].split()]
    if len(sent) != len(frames):
        raise stage.segment.Refused("frames could not be sent")
    return sent


def gratuitous_arp(mac, address):
    """Whoever comes to a network says this (RFC 5227 section 2.3)."""
    return wire.ethernet(wire.BROADCAST, mac, wire.ETH_ARP, wire.arp(1, mac, address, "00:00:00:00:00:00", address))


class Daemon(sensor.Sensor):
    """`active`: lines of the section of that name, beside `enabled`. `grade`: what its rule wants."""

    def __init__(self, street, *active, grade="probable"):
        os.chmod(street.folder, 0o755)  # the daemon gives up root
        self.street, self.grade = street, grade
        self.alerts_path, self.read_until = street.folder / "camwarden" / "alerts.jsonl", 0
        super().__init__(street.processes, street.folder, lambda database: self._text(database, active), street.scanner)

    def _text(self, database, active, enabled="true"):
        return CONFIGURATION.format(
            database=database, account=sensor.ACCOUNT, fingerprints=sensor.ROOT / "fingerprints", grade=self.grade,
            alerts=self.alerts_path, enabled=enabled, active="".join(f"  {line}\n" for line in active))

    def reload(self, *active, enabled="true"):
        """With another section."""
        self.config.write_text(self._text(self.database, active, enabled))
        heard = len(self.told)
        self.process.send_signal(signal.SIGHUP)
        if not self.wait_told("READY=1", 10, heard):
            raise RuntimeError(f"no READY=1 after the reload:\n{self.said()}")

    def start_at(self, ahead):
        """With a clock that is so many seconds ahead."""
        source, library = self.street.folder / "clock.c", self.street.folder / "clock.so"
        source.write_text(CLOCK)
        subprocess.run(["clang", "-shared", "-fPIC", "-O2", "-o", library, source], check=True)
        more = {"LD_PRELOAD": str(library), "CLOCK_AHEAD": str(ahead), "ASAN_OPTIONS": "verify_asan_link_order=0"}
        os.environ.update(more)
        try:
            return self.start()
        finally:
            for name in more:
                del os.environ[name]

    def devices(self):
        return {one["mac"]: one for one in self.documents("devices") if one.get("mac")}

    def violations(self):
        """The devices of the alerts that came since this was asked last."""
        if not self.alerts_path.exists():
            return []
        with open(self.alerts_path, "rb") as file:
            file.seek(self.read_until)
            whole = file.read().rpartition(b"\n")[0]
        self.read_until += len(whole) + 1 if whole else 0
        alerts = [json.loads(line) for line in whole.splitlines()]
        return [one["device"] for one in alerts if one["type"] == "policy.violation"]

    def asked(self):
        """The report's account of the asking in the street."""
        report = json.loads(self.ask("report", "--format", "json"))
        return next(one for one in report["segments"] if one["name"] == "street")["coverage"]["asked"]

    def said(self):
        return self.log.read_text()


def quiet(street, seconds=2.5, limit=60.0):
    """Until the devices have been asked something, and then nothing for so long."""
    def silent():
        noted = street.events()
        return bool(noted) and time.time() - noted[-1]["time"] > seconds
    return wait(silent, limit)


def spoken(capture):
    """When anything was sent but the ARP by which the kernel, for three seconds, still looks for who was asked for."""
    return sorted(when for device in capture.devices.values() for when in device.times)
