"""Do our simulated devices say what devices say? Programs that are not ours read their answers."""
import json
import os
import re
import shutil
import subprocess
import unittest
from pathlib import Path

import stage

NODE_PATH = os.environ.get("NODE_PATH", "")
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth><policy context="default">
<allow send_destination="*"/><allow receive_sender="*"/>
<allow own="*"/><allow user="*"/></policy></busconfig>
"""
AVAHI = """[server]
host-name=scanner
allow-interfaces=eth0
use-ipv6=no
[publish]
disable-publishing=yes
"""
DISCOVER = """
const onvif = require('onvif');
onvif.Discovery.on('error', (error) => console.error('error: ' + error.message));
onvif.Discovery.probe({timeout: 2000, device: 'eth0'}, (error, found) =>
  console.log(JSON.stringify(found.map((one) => one.hostname + ':' + one.port + one.path))));
"""
DESCRIBE = """
const {Cam} = require('onvif');
for (const [hostname, port] of JSON.parse(process.argv[1])) {
  const camera = new Cam({hostname, port, timeout: 5000, autoconnect: false});
  camera.getSystemDateAndTime((error, date) => camera.getDeviceInformation((refused, told) =>
    console.log(JSON.stringify({hostname, date: error ? error.message : date, told: refused ? refused.message : told}))));
}
"""


def onvif_is_there():
    return shutil.which("node") and subprocess.run(["node", "-e", "require('onvif')"], capture_output=True).returncode == 0


class Clients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.street = stage.Neighbourhood("office")
        cls.addClassCleanup(cls.street.close)

    def nmap(self, *options):
        if not stage.installed("nmap"):
            self.skipTest("nmap is not installed")
        return self.street.scan("nmap", "-n", "-Pn", "-e", "eth0", *options).stdout

    def test_every_device_has_its_address_and_mac(self):
        if not stage.installed("arp-scan"):
            self.skipTest("arp-scan is not installed")
        said = self.street.scan("arp-scan", "-I", "eth0", "-q", "-x", self.street.net).stdout
        self.assertEqual({tuple(line.split()[:2]) for line in said.splitlines()},
                         {(one.address, one.mac) for one in self.street.everyone})

    def test_closed_ports_of_one_are_closed_though_another_has_them_open(self):
        said = self.nmap("-p", "80,88,37777", "10.77.0.45")
        self.assertEqual(re.findall(r"(\d+)/tcp +(\w+)", said), [("80", "closed"), ("88", "open"), ("37777", "closed")])

    def test_web_pages_have_their_titles_and_realms(self):
        said = self.nmap("-p", "80", "--script", "http-title,http-auth", "10.77.0.31,33,36,42")
        for text in ("AXIS", "realm=Use 'live' as User Name", "Sony Network Camera SNC-EM630", "Reolink"):
            self.assertIn(text, said)

    def test_rtsp_methods_are_read(self):
        said = self.nmap("-p", "554", "--script", "rtsp-methods", "10.77.0.31,44")
        self.assertIn("rtsp-methods: DESCRIBE, GET_PARAMETER, PAUSE, PLAY, SETUP, SET_PARAMETER, TEARDOWN", said)
        self.assertIn("OPTIONS, DESCRIBE, SETUP, TEARDOWN, GET_PARAMETER, SET_PARAMETER, PLAY, PAUSE", said)

    def test_certificates_are_read(self):
        said = self.nmap("-p", "443", "--script", "ssl-cert", "10.77.0.12,31,33")
        for text in ("organizationName=HIKVISION", "commonName=axis-accc8e000031", "commonName=00-07-5f-00-00-33"):
            self.assertIn(text, said)

    def test_the_control_port_is_known_to_nmap(self):
        self.assertIn("Hikvision IPCam control port", self.nmap("-sV", "-p", "8000", "10.77.0.11"))

    def test_web_services_discovery_is_understood(self):
        said = self.nmap("--script", "broadcast-wsdd-discover", "-p", "1", "10.77.0.1")
        for where in ("10.77.0.41:80/onvif", "10.77.0.44:8899/onvif", "10.77.0.60:3911/", "10.77.0.63:5357/"):
            self.assertIn(f"http://{where}", said)

    def test_upnp_is_understood(self):
        said = self.nmap("-sU", "-p", "1900", "--script", "upnp-info", "10.77.0.21,31")
        self.assertIn("Server: Linux, UPnP/1.0, Private Upnp SDK", said)
        self.assertIn("Location: http://10.77.0.31:49152/rootdesc1.xml", said)

    def test_names_are_understood_by_nmap(self):
        said = self.nmap("-sU", "-p", "5353", "--script", "dns-service-discovery", "10.77.0.31")
        self.assertIn("80/tcp axis-video", said)

    def test_names_are_understood_by_avahi(self):
        if not stage.installed("avahi-daemon", "avahi-browse", "dbus-daemon", "unshare"):
            self.skipTest("avahi is not installed")
        folder = self.street.folder
        (folder / "bus.conf").write_text(BUS.format(folder=folder))
        (folder / "avahi.conf").write_text(AVAHI)
        # A bus and a /run of its own: nobody else's avahi is asked.
        self.street.start(self.street.scanner, "dbus-daemon", f"--config-file={folder}/bus.conf", "--nofork",
                          stderr=subprocess.DEVNULL)
        self.wait_for(folder / "bus")
        bus = dict(os.environ, DBUS_SYSTEM_BUS_ADDRESS=f"unix:path={folder}/bus")
        self.street.start(self.street.scanner, "unshare", "-m", "sh", "-c",
                          f"mount -t tmpfs none /run; exec avahi-daemon -f {folder}/avahi.conf --no-drop-root --no-chroot "
                          "--no-rlimits", env=bus, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        said = ""
        for _ in range(5):  # until the daemon is there
            said = self.street.scan("timeout", 5, "avahi-browse", "-r", "-t", "-p", "_axis-video._tcp", env=bus).stdout
            if "=;" in said:
                break
            stage.pause(0.5)
        self.assertRegex(said, r"=;eth0;IPv4;AXIS\\032P3245-V.*;10\.77\.0\.31;80;\"macaddress=ACCC8E000031\"")

    def wait_for(self, path):
        for _ in range(50):
            if Path(path).exists():
                return
            stage.pause(0.1)
        self.fail(f"{path} does not come")

    def test_onvif_clients_find_the_cameras(self):
        if not onvif_is_there():
            self.skipTest("npm's onvif is not installed (or NODE_PATH does not lead to it)")
        found = json.loads(self.street.scan("node", "-e", DISCOVER).stdout)
        self.assertEqual(set(found), {f"{where}/onvif/device_service" for where in (
            "10.77.0.23:80", "10.77.0.32:80", "10.77.0.41:80", "10.77.0.42:8000", "10.77.0.44:8899", "10.77.0.47:2020")})

    def test_onvif_clients_read_what_cameras_are(self):
        if not onvif_is_there():
            self.skipTest("npm's onvif is not installed (or NODE_PATH does not lead to it)")
        where = [["10.77.0.41", 80], ["10.77.0.42", 8000], ["10.77.0.23", 80]]
        said = self.street.scan("node", "-e", DESCRIBE, json.dumps(where)).stdout
        told = {one["hostname"]: one for one in map(json.loads, said.splitlines())}
        self.assertTrue(all(one["date"] == "2026-11-26T12:00:00.000Z" for one in told.values()), told)
        self.assertEqual([told["10.77.0.41"]["told"][key] for key in ("manufacturer", "model")],
                         ["UNIVIEW", "IPC322LR3-VSPF28-D"])
        self.assertEqual(told["10.77.0.42"]["told"]["model"], "RLC-410")
        self.assertIn("401", told["10.77.0.23"]["told"])  # told with a password only

    def test_nothing_that_a_device_sends_is_malformed(self):
        if not stage.installed("tshark"):
            self.skipTest("tshark is not installed")
        with self.street.watch() as watch:
            self.nmap("-sV", "--version-light", "-p", "80,443,554,8000,8899", "10.77.0.11,12,31,33,41,44")
            self.nmap("-sU", "-p", "1900,5353", "--script", "upnp-info,dns-service-discovery", "10.77.0.21,31")
        found = [line for one in self.street.everyone for line in stage.malformed(watch.path, one.mac)]
        self.assertEqual(found, [])


if __name__ == "__main__":
    stage.main()
