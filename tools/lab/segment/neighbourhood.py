"""A segment with everybody of a population on it, and what they received: for tests and benchmarks.

    with Neighbourhood("office") as street:
        with street.watch() as wire: street.scan("nmap", ...)
        wire.capture().devices["10.77.0.11"].most_open
        street.events("http")
"""
import importlib
import json
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

import dweller  # noqa: E402
import received  # noqa: E402
import segment  # noqa: E402


class Watch:
    """tcpdump on the scanner's interface, for as long as the `with` lasts."""

    def __init__(self, street, path):
        self.street, self.path = street, path

    def __enter__(self):
        self.process = self.street.start(
            self.street.scanner, "tcpdump", "-i", "eth0", "--immediate-mode", "-U", "-B", "65536", "-w", self.path,
            "-Z", "root", stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        if "listening on" not in line:
            raise segment.Refused(f"tcpdump: {line}")
        return self

    def __exit__(self, *_):
        time.sleep(0.3)  # what is in its buffer
        self.process.terminate()
        self.said = self.process.communicate()[1]

    def capture(self):
        return received.Capture(self.path, segment.SCANNER_MAC)


class Neighbourhood(segment.Segment):
    def __init__(self, population="office", prefix="10.77.0.0/24", crowd=False, serve=True, pause=0.0, everywhere=None):
        self.everyone = importlib.import_module(population).everyone()
        super().__init__(dweller.residents(self.everyone), prefix, crowd, everywhere)
        self.ledger, self.watches = self.folder / "ledger", 0
        try:
            if serve:
                self._serve(population, pause)
        except BaseException:
            self.close()
            raise

    def _serve(self, population, pause):
        self.server = self.start(self.street, sys.executable, "-B", HERE / "serve.py", population, self.ledger,
                                 self.net.broadcast_address, "--pause", pause, stdout=subprocess.PIPE, text=True)
        if self.server.stdout.readline() != "ready\n":
            raise segment.Refused("the simulated devices did not start")

    @property
    def video(self):
        return [one for one in self.everyone if one.is_video]

    def watch(self):
        self.watches += 1
        return Watch(self, self.folder / f"wire{self.watches}.pcap")

    def events(self, *kinds, after=0.0):
        """What the devices noted: connection, http, rtsp, tls, said, malformed, question (to all), datagram."""
        noted = [json.loads(line) for line in self.ledger.read_text().splitlines()] if self.ledger.exists() else []
        return [one for one in noted if one["time"] >= after and (not kinds or one["event"] in kinds)]

    def close(self):
        super().close()
        server = getattr(self, "server", None)
        if server:
            server.stdout.close()
