"""What the tests of the scanner share: where the lab is, when to skip, and how to run the scanner.

A test program is a unittest; main() runs it, or exits with 77 (skipped) where the lab is refused.
"""
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
LAB = Path(__file__).resolve().parents[3] / "tools" / "lab"
sys.path[:0] = [str(LAB), str(LAB / "segment")]

import segment  # noqa: E402
import sensor  # noqa: E402
from neighbourhood import Neighbourhood  # noqa: E402,F401

SKIPPED = 77
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def installed(*programs):
    return all(shutil.which(program, path=PATH) for program in programs)


def pause(seconds):
    time.sleep(seconds)


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


FORMATS = ("json", "csv", "html")


def by_mac(text):
    """MAC -> what was found of it, of JSON lines."""
    found = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return {one["mac"]: one for one in found if one.get("mac")}


class Scan:
    """One run of the scanner on a neighbourhood, and what went over the wire meanwhile."""

    def __init__(self, street, *options, targets=None, timeout=240, interrupt=None):
        """`interrupt`: seconds after which it gets SIGINT."""
        self.folder = tempfile.mkdtemp(dir=street.folder)  # goes with the street
        outputs = []
        for kind in FORMATS:
            outputs += ["--format", kind, "--output", str(self.file(kind))]
        began = time.time()
        command = [sensor.find_binary(), "scan", *outputs, *options, *(targets or [str(street.net)])]
        with street.watch() as watch:
            process = street.start(street.scanner, *command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            if interrupt:
                pause(interrupt)
                process.send_signal(signal.SIGINT)
            self.out, self.err = process.communicate(timeout=timeout)
            self.took = time.time() - began
        self.status, self.path, self.wire = process.returncode, watch.path, watch.capture()
        self.heard = street.events(after=began)

    def file(self, kind):
        return Path(self.folder, f"scan.{kind}")

    def devices(self):
        return by_mac(self.file("json").read_text())

    def requests_of(self, device):
        """What it was asked: every request, handshake, first word and datagram sent to it alone."""
        return [one for one in self.heard if one["device"] == device.name
                and one["event"] in ("http", "rtsp", "tls", "said", "malformed", "datagram")]


def malformed(path, own_mac):
    """What tshark takes offence at, in what the scanner sent."""
    done = subprocess.run(
        ["tshark", "-n", "-r", str(path), "-Y", f"eth.src == {own_mac} && (_ws.malformed || _ws.expert.severity == error)",
         "-T", "fields", "-e", "frame.number", "-e", "_ws.col.Info", "-e", "_ws.expert.message"],
        capture_output=True, text=True, timeout=120)
    return done.stdout.strip().splitlines()


def main(*programs):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was made is removed then too
    for program in ("ip", "tc", "tcpdump", "openssl", *programs):
        if not installed(program):
            skip(f"{program} is not installed; see tools/packages")
    try:
        with segment.Segment({"10.77.0.1": ("00:1b:54:00:00:01", False)}):
            pass
    except segment.Refused as refused:
        skip(str(refused))
    unittest.main(module="__main__", verbosity=2)
