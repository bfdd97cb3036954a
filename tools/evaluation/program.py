"""The program under judgement: many captures to one process, and what it said of each.

A process that dies or hangs at a capture is a finding like any other: the last heading that it printed
names the capture, and the rest goes to a new process.
"""
import json
import os
import subprocess
from pathlib import Path

BATCH = 500        # captures to a process: each process loads the fingerprints
PATIENCE = 300     # seconds for a batch; the whole background takes seconds
ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = ROOT / "tests" / "replay" / "replay.yml"
SANITIZER = ("ERROR: AddressSanitizer", "runtime error:", "ERROR: LeakSanitizer", "WARNING: ThreadSanitizer")


class Program:
    def __init__(self, binary):
        self.binary = str(binary)
        self.broken = []  # (capture, what happened)

    def _run(self, arguments, given=None):
        environment = dict(os.environ, TZ="UTC", LC_ALL="C")
        try:
            done = subprocess.run([self.binary, *arguments], input=given, capture_output=True, timeout=PATIENCE, env=environment)
            return done.stdout, done.stderr, done.returncode
        except subprocess.TimeoutExpired as late:
            return late.stdout or b"", late.stderr or b"", "hang"

    def replay(self, captures):
        """{capture: [device, ...]}, each capture as if no other had been seen."""
        found, waiting = {}, [str(path) for path in captures]
        while waiting:
            batch, waiting = waiting[:BATCH], waiting[BATCH:]
            arguments = ["replay", "-c", str(CONFIGURATION), "--each", "--format", "json", *batch]
            out, complaints, status = self._run(arguments)
            last = self._take(out.decode(errors="backslashreplace"), found)
            self._note_reports(complaints.decode(errors="backslashreplace"), last)
            if status not in (0, 1, 2):
                at = batch.index(last) if last in batch else 0
                self.broken.append((batch[at], "hangs" if status == "hang" else f"ends with status {status}"))
                found.pop(batch[at], None)
                waiting = batch[at + 1:] + waiting
        return {Path(name): devices for name, devices in found.items()}

    @staticmethod
    def _take(out, found):
        last = None
        for line in out.splitlines():
            try:
                document = json.loads(line)
            except ValueError:
                continue  # cut by the death of the process
            if document.get("object") == "capture":
                last = document["file"]
                found[last] = []
            elif document.get("object") == "device":
                found[last].append(document)
        return last

    def _note_reports(self, complaints, last):
        for line in complaints.splitlines():
            if any(sign in line for sign in SANITIZER):
                self.broken.append((last or "", line.strip()[:200]))

    def evaluate(self, *arguments):
        """What `camwarden eval` says of files of labelled rows."""
        out, complaints, status = self._run(["eval", "-c", str(CONFIGURATION), "--format", "json", *map(str, arguments)])
        self._note_reports(complaints.decode(errors="backslashreplace"), "eval")
        if status not in (0, 1):
            self.broken.append(("eval", f"ends with status {status}: {complaints.decode(errors='replace')[:200]}"))
            return {}
        return json.loads(out.decode())
