"""The quickstart's show: a small network with cameras, Camwarden on its SPAN port, a real syslog server.

Run by tools/quickstart, which builds first. Needs root and network namespaces; where they are
refused it replays scene.pcap, which was recorded at the SPAN port of the same lab.
"""
import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

import network
import receiver
import scene
import sensor
from processes import Processes

HERE = Path(__file__).resolve().parent
CAPTURE = HERE / "scene.pcap"
WAIT_FOR_ALERTS = 40.0  # seconds that --once waits for what must come
WAIT_FOR_MORE = 4.0     # and then for what must not

COLOUR = sys.stdout.isatty() and "NO_COLOR" not in os.environ
MARKS = {"policy.violation": "31;1", "policy.upgraded": "33;1", "policy.resolved": "32", "device.discovered": "36"}


def paint(code, text):
    return f"\033[{code}m{text}\033[0m" if COLOUR else text


def plain(text):
    """What devices say of themselves may hold anything: nothing but printable text goes to a terminal."""
    return "".join(c if c.isprintable() else "?" for c in str(text))


def narrate(text):
    print(paint("2", f"{time.strftime('%H:%M:%S')}  {text}"), flush=True)


def show_alert(alert):
    device = alert.get("device", {})
    where = f"{(device.get('ips') or ['no address'])[0]}  {device.get('mac', '')}"
    kind = paint(MARKS.get(alert["type"], "0"), alert["type"])
    print(f"{time.strftime('%H:%M:%S')}  {kind}  {plain(where)}  {plain(alert.get('segment') or '-')}")
    print(f"          {plain(alert.get('why', ''))}", flush=True)


def violators(alerts):
    return {str(alert["device"]["mac"]) for alert in alerts if alert["type"] == "policy.violation"}


def complaints(alerts):
    """What is wrong with the violations that came; empty when they are as expected."""
    found, expected = violators(alerts), set(scene.EXPECTED)
    names = {device["mac"]: device["name"] for device in scene.EVERYBODY}
    return ([f"no policy.violation came for the camera \"{names[mac]}\" ({mac}) on the core"
             for mac in sorted(expected - found)] +
            [f"a policy.violation came for \"{names.get(mac, 'unknown')}\" ({plain(mac)}), which is allowed where it is"
             for mac in sorted(found - expected)])


class Watch:
    """Shows each alert once, as it comes into the syslog server's file."""

    def __init__(self, syslog):
        self.syslog, self.shown = syslog, 0

    def for_seconds(self, seconds, until=lambda: False):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            alerts = self.syslog.alerts()
            for alert in alerts[self.shown:]:
                show_alert(alert)
            self.shown = len(alerts)
            if until():
                return
            time.sleep(0.1)


def show_devices(daemon):
    print("\n" + daemon.ask("devices").rstrip("\n"), flush=True)


def next_steps():
    print(f"""
What next:
  what it does by default     config/camwarden.yml, every option with its comment
  what is in a capture        {sensor.find_binary()} replay YOUR.pcap
  your own SPAN port          tools/quickstart -i eth1
  why it says so              {sensor.find_binary()} match rtsp.realm='IP Camera(F5678)'""")


def play_scene(network_, syslog, daemon, once):
    stage = scene.Scene(network_)
    watch = Watch(syslog)
    narrate("a Hikvision camera on the camera segment; an Axis camera, a laptop and a printer on the core")
    for device in scene.RESIDENTS:
        stage.appear(device)
    watch.for_seconds(5)
    narrate("somebody plugs in a camera on the core; its label says ANNKE")
    stage.appear(scene.ANNKE)
    watch.for_seconds(5)
    narrate("and a Dahua camera")
    stage.appear(scene.DAHUA)
    if once:
        watch.for_seconds(WAIT_FOR_ALERTS, lambda: set(scene.EXPECTED) <= violators(syslog.alerts()))
        watch.for_seconds(WAIT_FOR_MORE)
    else:
        narrate("that is the scene; Ctrl-C ends it")
        watch.for_seconds(float("inf"))
    silent = stage.check_alive()
    if silent:
        raise RuntimeError(f"lab devices ended by themselves: {', '.join(silent)}")


def run_lab(once, binary):
    with network.Network() as lab:
        narrate("the lab is up: a switch with two VLANs and a SPAN port")
        syslog = receiver.Receiver(lab.processes, lab.folder, lab.sensor).start()
        lab.try_tagging()
        if not lab.tagged:
            narrate(f"no VLAN tags here, segments go by address ({lab.untagged_because.splitlines()[0]})")
        daemon = sensor.Sensor(lab.processes, lab.folder, lambda database: sensor.configuration(
            "span0", database, syslog.port, lab.tagged), lab.sensor, binary)
        daemon.start()
        narrate("rsyslogd takes RFC 5424 over TCP; camwarden listens on the SPAN port")
        try:
            play_scene(lab, syslog, daemon, once)
        except KeyboardInterrupt:
            print()
        show_devices(daemon)
        if not once:
            next_steps()
            return 0
        return verdict(complaints(syslog.alerts()), daemon.log)


def verdict(wrong, log=None):
    if not wrong:
        print("\nAs expected: an alert for each restricted camera on the core, none for anything else.")
        next_steps()
        return 0
    for line in wrong:
        print(f"quickstart: {line}", file=sys.stderr)
    if log:
        print("quickstart: the daemon said:\n" + log.read_text()[-4000:], file=sys.stderr)
    return 1


def replay_scene(once, binary, because):
    narrate(f"no lab here: {because}")
    narrate(f"replaying what was recorded at its SPAN port, {CAPTURE.name}")
    with tempfile.TemporaryDirectory(prefix="camwarden-lab-") as folder:
        config = Path(folder, "camwarden.yml")
        config.write_text(sensor.configuration("span0", "/nonexistent/camwarden.db"))
        command = [binary, "replay", "-c", str(config), "-i", "span0", str(CAPTURE)]
        table = subprocess.run(command, capture_output=True, text=True)
        if table.returncode not in (0, 1):
            print(f"quickstart: camwarden replay: {table.stderr.strip()}", file=sys.stderr)
            return 1
        print(table.stdout)
        lines = subprocess.run([*command, "--alerts", "--format", "json"], capture_output=True, text=True).stdout
    wrong = complaints([json.loads(line) for line in lines.splitlines()])
    return verdict(wrong) if once or wrong else next_steps() or 0


def watch_interface(interface, once, binary):
    with Processes() as processes, tempfile.TemporaryDirectory(prefix="camwarden-") as folder:
        os.chmod(folder, 0o755)
        syslog = receiver.Receiver(processes, folder, None, receiver.free_port()).start()
        daemon = sensor.Sensor(processes, folder, lambda database: sensor.configuration(
            interface, database, syslog.port, lab=False), None, binary).start()
        narrate(f"camwarden listens on {interface}; every restricted maker is a violation here. Ctrl-C ends it")
        try:
            Watch(syslog).for_seconds(10 if once else float("inf"))
        except KeyboardInterrupt:
            print()
        show_devices(daemon)
        next_steps()
    return 0


def arguments():
    parser = argparse.ArgumentParser(prog="tools/quickstart", description=__doc__.splitlines()[0])
    parser.add_argument("--once", action="store_true",
                        help="end by itself; succeed only if exactly the expected alerts arrived")
    parser.add_argument("-i", "--interface", help="watch a real interface instead of the lab")
    parser.add_argument("--replay", action="store_true", help="do not make the lab; replay its capture")
    return parser.parse_args()


def main():
    given = arguments()
    # Every way out goes through the clean-up of `with`, also where Ctrl-C came to us ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    binary = sensor.find_binary()
    if not os.access(binary, os.X_OK):
        sys.exit(f"quickstart: there is no program at {binary}; build it, or name one in CAMWARDEN_BIN")
    try:
        if given.interface:
            return watch_interface(given.interface, given.once, binary)
        if given.replay:
            return replay_scene(given.once, binary, "--replay was given")
        try:
            return run_lab(given.once, binary)
        except network.Refused as refused:
            return replay_scene(given.once, binary, str(refused))
    except KeyboardInterrupt:
        return 130
    except (RuntimeError, OSError) as error:
        print(f"quickstart: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
