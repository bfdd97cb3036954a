"""What the live tests share: a lab with the daemon and a syslog server, and how to wait for things.

A test program is a unittest; main() runs it, or exits with 77 (skipped) where the lab is refused.
"""
import shutil
import subprocess
import sys
import time
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tools" / "lab"))

import appearances  # noqa: E402
import network  # noqa: E402
import receiver  # noqa: E402
import sensor  # noqa: E402

SKIPPED = 77


class Stage:
    """A network, a receiver and the daemon. Nothing runs before it is started."""

    def __init__(self, more=""):
        self.lab = network.Network()
        try:
            self.lab.try_tagging()
            self.receiver = receiver.Receiver(self.lab.processes, self.lab.folder, self.lab.sensor)
            self.daemon = sensor.Sensor(self.lab.processes, self.lab.folder, self.text(more), self.lab.sensor)
            self.cameras = None
        except BaseException:
            self.lab.close()
            raise

    def text(self, more=""):
        return lambda database: sensor.configuration("span0", database, self.receiver.port, self.lab.tagged, more=more)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.lab.close()
        self.daemon.close()

    def appear(self, count, seed, pause=0.05):
        """Cameras that each say who they are, once. Returns their MACs when all have."""
        if self.cameras is None:
            self.cameras = self.lab.host("cameras", "core", "02:00:00:00:00:01")
        sender = appearances.start(self.lab, self.cameras, count, seed, pause)
        return [line.split()[0] for line in sender.communicate(timeout=60)[0].splitlines()]


def run_daemon(stage, *options):
    """A second daemon that is meant to refuse its work."""
    return subprocess.run(["ip", "netns", "exec", stage.lab.sensor, stage.daemon.binary, "run", "-c",
                           str(stage.daemon.config), *options], capture_output=True, text=True, timeout=20)


def wait(condition, seconds=30):
    """True once the condition holds, False if it never does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return bool(condition())


def ids(alerts):
    return {alert["id"] for alert in alerts}


def violations(alerts):
    """MAC -> ids of its policy.violation alerts."""
    found = {}
    for alert in alerts:
        if alert["type"] == "policy.violation":
            found.setdefault(alert["device"]["mac"], set()).add(alert["id"])
    return found


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def main():
    for program in ("rsyslogd", "tcpdump", "ip", "tc"):
        if not shutil.which(program, path="/usr/sbin:/usr/bin:/sbin:/bin"):
            skip(f"{program} is not installed; see tools/packages")
    try:
        with network.Network():
            pass
    except network.Refused as refused:
        skip(str(refused))
    unittest.main(module="__main__", verbosity=2)
