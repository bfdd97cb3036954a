"""The daemon under watch: its configuration, its process, and what it told the service manager."""
import json
import os
import pwd
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path

import network

ROOT = Path(__file__).resolve().parents[2]
ACCOUNT = "nobody"  # whom the daemon becomes once its ring is open

_SEGMENTS = """
segments:
  - name: core
    zone: core
    {core}
  - name: cctv
    zone: video
    {cctv}
"""
_RULES = """
rules:
  - id: no-restricted-cameras
    name: Cameras of restricted makers
    deny: {{law_packs: [us-ndaa-889]}}
    {where}
"""
_SINKS = """
sinks:
  - {{name: siem, format: json, transport: tcp, host: 127.0.0.1, port: {port}}}
"""


def find_binary():
    """$CAMWARDEN_BIN, or what was built last."""
    given = os.environ.get("CAMWARDEN_BIN")
    if given:
        return given
    built = [ROOT / "build" / kind / "camwarden" for kind in ("release", "dev")]
    return str(next((path for path in built if path.exists()), built[0]))


def segments(tagged):
    """By VLAN where the SPAN port's frames are tagged, else by address."""
    where = {name: f"vlans: [{vlan}]" if tagged else f"prefixes: [{network.SUBNETS[name]}.0/24]"
             for name, vlan in network.VLANS.items()}
    return _SEGMENTS.format(**where)


def configuration(interface, database, port=None, tagged=True, lab=True, more=""):
    """`lab`: with the lab's two segments; else every place is one, and nothing restricted may be there."""
    text = f"sensor: {'lab' if lab else socket.gethostname()}\ndatabase: {database}\ninterfaces: [{interface}]\n"
    if os.geteuid() == 0:
        text += f"user: {ACCOUNT}\n"
    text += segments(tagged) if lab else ""
    text += _RULES.format(where="in: {zones: [core]}" if lab else "")
    return text + (_SINKS.format(port=port) if port else "") + more


class Sensor:
    def __init__(self, processes, folder, text, namespace=None, binary=None):
        """`text`: a function from the database's path to the configuration."""
        self.processes, self.namespace, self.process = processes, namespace, None
        self.binary = binary or find_binary()
        self.folder = Path(folder, "camwarden")
        self.folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.folder, ACCOUNT)
        self.database, self.config = self.folder / "camwarden.db", self.folder / "camwarden.yml"
        self.log, self.notify_path = self.folder / "camwarden.log", self.folder / "notify"
        self.config.write_text(text(self.database))
        self.told = []  # datagrams of sd_notify(3), as text
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notify.bind(str(self.notify_path))
        os.chmod(self.notify_path, 0o666)  # it may speak after it has given up root
        # Always read: sd_notify(3) waits, and the daemon with it, while its reader's queue is full.
        threading.Thread(target=self._listen, daemon=True).start()

    def start(self, wait=15.0):
        environment = dict(os.environ, NOTIFY_SOCKET=str(self.notify_path))
        self.told.clear()
        with open(self.log, "a") as log:
            self.process = self.processes.start(self.namespace, self.binary, "run", "-c", str(self.config),
                                                stdout=log, stderr=log, env=environment)
        if not self.wait_told("READY=1", wait):
            code = self.process.poll()
            state = f"is not ready after {wait:.0f} s" if code is None else f"ended with {code}"
            raise RuntimeError(f"camwarden {state}:\n{self.log.read_text().strip()[-2000:]}")
        return self

    def _listen(self):
        while datagram := self.notify.recv(4096):
            self.told.append(datagram.decode())

    def wait_told(self, word, wait, after=0):
        """Until a notification with `word` in it came, from number `after` on; False in vain."""
        end = time.monotonic() + wait
        while time.monotonic() < end and self.process.poll() is None:
            if any(word in said for said in self.told[after:]):
                return True
            time.sleep(0.02)
        return any(word in said for said in self.told[after:])

    def close(self):
        self.notify.shutdown(socket.SHUT_RDWR)  # wakes and ends the reader
        self.notify.close()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self, wait=15):
        """SIGTERM; the exit status."""
        self.process.terminate()
        return self.process.wait(timeout=wait)

    def ask(self, command, *options):
        """Output of a command that reads the daemon's database."""
        done = subprocess.run([self.binary, command, "-c", str(self.config), *options],
                              capture_output=True, text=True, timeout=60)
        if done.returncode not in (0, 1):  # 1: a violation is open
            raise RuntimeError(f"camwarden {command}: {done.stderr.strip()}")
        return done.stdout

    def documents(self, command):
        return [json.loads(line) for line in self.ask(command, "--format", "json").splitlines()]


def account_ids():
    entry = pwd.getpwnam(ACCOUNT)
    return entry.pw_uid, entry.pw_gid
