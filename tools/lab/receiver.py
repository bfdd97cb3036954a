"""A real syslog server, rsyslogd, with a configuration, a port and a folder of its own.

Writes each message that it received as a line of JSON, which messages() reads back.
"""
import json
import socket
import subprocess
import time
from pathlib import Path

_CONFIGURATION = """
global(workDirectory="{folder}" maxMessageSize="64k")
module(load="imtcp")
template(name="line" type="list" option.jsonf="on") {{
  property(outname="received" name="timegenerated" dateFormat="rfc3339" format="jsonf")
  property(outname="severity" name="syslogseverity-text" format="jsonf")
  property(outname="host" name="hostname" format="jsonf")
  property(outname="app" name="app-name" format="jsonf")
  property(outname="kind" name="msgid" format="jsonf")
  property(outname="structured" name="structured-data" format="jsonf")
  property(outname="text" name="msg" format="jsonf")
}}
ruleset(name="alerts") {{ action(type="omfile" file="{output}" template="line") }}
input(type="imtcp" address="127.0.0.1" port="{port}" ruleset="alerts")
"""


class Receiver:
    def __init__(self, processes, folder, namespace=None, port=6514):
        self.processes, self.namespace, self.port, self.process = processes, namespace, port, None
        self.folder = Path(folder, "syslog")
        self.folder.mkdir()
        self.output = self.folder / "received.jsonl"
        self.configuration = self.folder / "rsyslog.conf"
        self.configuration.write_text(_CONFIGURATION.format(folder=self.folder, output=self.output, port=port))

    def start(self):
        pid_file = self.folder / "rsyslogd.pid"
        pid_file.unlink(missing_ok=True)  # left by one that was killed
        with open(self.folder / "rsyslogd.log", "a") as log:
            self.process = self.processes.start(self.namespace, "rsyslogd", "-n", "-f", str(self.configuration),
                                                "-i", str(pid_file), stdout=log, stderr=log)
        for _ in range(100):
            if self._listens():
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError("rsyslogd does not listen: " + (self.folder / "rsyslogd.log").read_text().strip())

    def _listens(self):
        """Reads the socket table: a connection to try would show in the server's own log."""
        inside = ["ip", "netns", "exec", self.namespace] if self.namespace else []
        table = subprocess.run([*inside, "cat", "/proc/net/tcp"], capture_output=True, text=True).stdout
        return f"0100007F:{self.port:04X} 00000000:0000 0A" in table

    def kill(self):
        """As a crash: no time to write or to say goodbye."""
        self.process.kill()
        self.process.wait()

    def messages(self):
        """What has arrived so far, oldest first; a half-written last line is left for later."""
        if not self.output.exists():
            return []
        lines = self.output.read_bytes().split(b"\n")[:-1]
        return [json.loads(line) for line in lines]

    def alerts(self):
        """The messages' own JSON documents."""
        return [json.loads(message["text"]) for message in self.messages()]


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]
