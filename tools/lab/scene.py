"""Who lives in the lab, and in which order they appear.

    core  10.10.10.0/24, VLAN 10: the core. Policy forbids restricted makers here.
    cctv  10.20.20.0/24, VLAN 20: the cameras' own segment, where they are allowed.

First come a Hikvision on cctv, an Axis, a laptop and a printer on core: nothing to report. Then a
camera sold as Annke (made by Hikvision) appears on core, then a Dahua.
"""
import json
import sys
import time
from pathlib import Path

import dialects as say

HERE = Path(__file__).resolve().parent
PROBE_ANY_CAMERA = "NetworkVideoTransmitter"


def _hikvision(name, mac, address, segment, model, serial, label, oem=""):
    tail = serial[-9:]
    # The scope list of a recent firmware; its ProbeMatch is larger than an Ethernet frame.
    scopes = say.onvif_scopes(f"{label}%20{model}", model, f"MAC/{mac}", "location/city/hangzhou",
                              "Profile/G", "Profile/T", "Profile/M", "type/audio_encoder", "type/video_analytics",
                              "Profile/Q/Operational", f"SerialNumber/{serial}")
    realm = f"IP Camera({tail[-5:]})"
    login = html_redirect("/doc/page/login.asp?_")
    return {
        "name": name, "mac": mac, "lease": address, "segment": segment, "parameters": [1, 3, 6, 12, 15, 28, 42],
        "vendor_class": "udhcp 1.20.2",
        "speaks": {
            "sadp": {"model": model, "serial": serial, "oem": oem},
            "wsd": {"uuid": "00000000-0000-4000-8000-" + mac.replace(":", ""), "scopes": scopes,
                    "for": PROBE_ANY_CAMERA,
                    "xaddrs": f"http://{{address}}/onvif/device_service http://[{link_local(mac)}]/onvif/device_service"},
            "http": {"pages": {
                "/": ["200 OK", ["Server: App-webs/"], login],
                "*": ["401 Unauthorized", ["Server: App-webs/", say.http_digest(realm)], ""]}},
            "rtsp": {
                "options": ["200 OK", ["Public: OPTIONS, DESCRIBE, PLAY, PAUSE, SETUP, TEARDOWN, SET_PARAMETER, "
                                       "GET_PARAMETER", "Date:  Mon, Sep 21 2026 12:00:00 GMT"]],
                "describe": ["401 Unauthorized", [f'WWW-Authenticate: Digest realm="{realm}", '
                                                  'nonce="b1946ac92492d2347c6235b4d2611184", stale="FALSE"']]}}}


def link_local(mac):
    """RFC 4291 appendix A: the interface identifier made of a MAC."""
    octets = bytes.fromhex(mac.replace(":", ""))
    middle = bytes([octets[0] ^ 2]) + octets[1:3] + b"\xff\xfe" + octets[3:]
    return "fe80::" + ":".join(f"{middle[at] << 8 | middle[at + 1]:x}" for at in range(0, 8, 2))


def html_redirect(target):
    return ("<!doctype html><html><head><title>index</title></head><body></body><script>"
            f"window.location.href = \"{target}\" + (new Date()).getTime();</script></html>")


def _dahua(name, mac, address, segment, model, serial):
    return {
        "name": name, "mac": mac, "lease": address, "segment": segment, "hostname": serial,
        "parameters": [1, 3, 4, 5, 6, 12, 15, 28, 42],
        "speaks": {
            "dhip": {"model": model, "serial": serial},
            "wsd": {"uuid": "00000000-0000-4000-8000-" + mac.replace(":", ""), "for": PROBE_ANY_CAMERA,
                    "scopes": say.onvif_scopes("Dahua", model, "location/country/china"),
                    "xaddrs": "http://{address}/onvif/device_service"},
            "http": {"pages": {
                "/": ["200 OK", [], say.html("WEB SERVICE", '<div class="ui-dialog-content"></div>')],
                "*": ["404 Not Found", [], ""]}},
            "rtsp": {
                "options": ["200 OK", ["Server: Dahua Rtsp Server",
                                       "Public: OPTIONS, DESCRIBE, ANNOUNCE, SETUP, PLAY, RECORD, PAUSE, TEARDOWN, "
                                       "SET_PARAMETER, GET_PARAMETER"]],
                "describe": ["401 Unauthorized", [f'WWW-Authenticate: Digest realm="Login to {serial}", '
                                                  'nonce="5f9f10a86b2d1fd4a8e3d1d0d4e4d6c1"']]}}}


def _axis(name, mac, address, segment, model, firmware):
    plain = mac.replace(":", "").upper()
    return {
        "name": name, "mac": mac, "lease": address, "segment": segment, "hostname": f"axis-{plain.lower()}",
        "vendor_class": f"AXIS,Network Camera,{model},{firmware}",
        "speaks": {
            "mdns": {"service": "_axis-video._tcp.local", "instance": f"AXIS {model} - {plain}",
                     "host": f"axis-{plain.lower()}.local", "port": 80, "txt": [f"macaddress={plain}"]},
            "ssdp": {"location": "http://{address}:49152/rootdesc1.xml",
                     "server": "Linux/4.14.173-axis8, UPnP/1.0, Portable SDK for UPnP devices/1.8.7",
                     "says": [["urn:axis-com:service:BasicService:1", f"uuid:Upnp-BasicDevice-1_0-{plain}"
                               "::urn:axis-com:service:BasicService:1"]]},
            "http": {"pages": {
                "/": ["200 OK", ["Server: Apache"], say.html("AXIS")],
                "*": ["401 Unauthorized", ["Server: Apache", f'WWW-Authenticate: Digest realm="AXIS_{plain}", '
                                           'nonce="7d9c1a2b", algorithm=MD5, qop="auth"'], ""]}},
            "rtsp": {
                "options": ["200 OK", ["Public: DESCRIBE, GET_PARAMETER, PAUSE, PLAY, SETUP, SET_PARAMETER, TEARDOWN",
                                       "Server: GStreamer RTSP server"]],
                "describe": ["401 Unauthorized", [f'WWW-Authenticate: Digest realm="AXIS_{plain}", nonce="0c3f"']]}}}


PRINTER_TYPES = "wsdp:Device wprt:PrintDeviceType"
PRINTER_NAMES = (' xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof"'
                 ' xmlns:wprt="http://schemas.microsoft.com/windows/2006/08/wdp/print"')

HIKVISION = _hikvision("hikvision", "44:19:b6:0a:0b:0c", "10.20.20.64", "cctv", "DS-2CD2142FWD-I",
                       "DS-2CD2142FWD-I20210601AAWRF12345678", "HIKVISION")
ANNKE = _hikvision("annke", "44:19:b6:5e:5e:01", "10.10.10.71", "core", "C800",
                   "C80020220301AAWRG87654321", "ANNKE", oem="ANNKE")
DAHUA = _dahua("dahua", "3c:ef:8c:0d:0e:0f", "10.10.10.72", "core", "IPC-HDW5421S", "3K04B5CPAG00042")
AXIS = _axis("axis", "ac:cc:8e:11:22:33", "10.10.10.41", "core", "P3245-V", "9.80.1")
LAPTOP = {"name": "laptop", "mac": "f8:ff:c2:21:43:65", "lease": "10.10.10.20", "segment": "core",
          "hostname": "reception-laptop", "parameters": [1, 121, 3, 6, 15, 119, 252],
          "asks_for_printers": 3, "visits": ["10.10.10.30", "10.10.10.41"], "visits_every": 2, "http_only": True}
PRINTER = {
    "name": "printer", "mac": "3c:d9:2b:77:88:99", "lease": "10.10.10.30", "segment": "core",
    "hostname": "HP2B778899", "vendor_class": "Hewlett-Packard JetDirect",
    "speaks": {
        "wsd": {"uuid": "16a65700-007c-1000-bb49-3cd92b778899", "types": PRINTER_TYPES, "more": PRINTER_NAMES,
                "scopes": [], "for": "wsdp:Device", "xaddrs": "http://{address}:3911/"},
        "mdns": {"service": "_ipp._tcp.local", "instance": "HP LaserJet Pro M404dn [778899]",
                 "host": "HP2B778899.local", "port": 631, "txt": ["ty=HP LaserJet Pro M404dn", "usb_MFG=HP"]},
        "http": {"pages": {"*": ["200 OK", ["Server: HP HTTP Server; HP LaserJet Pro M404dn"],
                                 say.html("HP LaserJet Pro M404dn")]}}}}

RESIDENTS = [HIKVISION, AXIS, LAPTOP, PRINTER]
ARRIVALS = [ANNKE, DAHUA]
EVERYBODY = RESIDENTS + ARRIVALS
# What the policy of sensor.py must say of each: a finding for these, silence for the rest.
EXPECTED = {ANNKE["mac"]: "hikvision", DAHUA["mac"]: "dahua"}


class Scene:
    """The devices' processes on a network. The order and the pauses are the caller's."""

    def __init__(self, network, every=2.0):
        self.network, self.processes = network, {}
        self._start_servers(every)

    def _start_servers(self, every):
        leases = {device["mac"]: device["lease"] for device in EVERYBODY}
        cameras = [device["lease"] for device in EVERYBODY if "rtsp" in device.get("speaks", {})]
        # Two legs each: one on every VLAN. They do not forward.
        self._two_legged({"name": "dhcp", "leases": leases, "mac": ""}, "1")
        self._two_legged({"name": "recorder", "asks": every, "visits": cameras, "visits_every": every,
                          "mac": ""}, "2", "14:18:77:00:00:0")

    def _two_legged(self, spec, last, stem="00:15:5d:00:00:0"):
        namespace = self.network.namespace(spec["name"])
        spec["interfaces"] = {}
        for number, segment in enumerate(("core", "cctv")):
            self.network.plug(namespace, segment, f"eth{number}", f"{stem}{number + int(last)}")
            spec["interfaces"][f"eth{number}"] = f"{'10.10.10' if segment == 'core' else '10.20.20'}.{last}"
        self._start(namespace, spec)

    def appear(self, device):
        namespace = self.network.host(device["name"], device["segment"], device["mac"])
        self._start(namespace, device)

    def _start(self, namespace, spec):
        self.processes[spec["name"]] = self.network.start(
            namespace, sys.executable, "-B", str(HERE / "device.py"), json.dumps(spec))

    def check_alive(self):
        """Names of devices whose process has ended, which none should."""
        return [name for name, process in self.processes.items() if process.poll() is not None]

    def play(self, pause=2.0):
        for device in RESIDENTS:
            self.appear(device)
        time.sleep(pause)
        for device in ARRIVALS:
            self.appear(device)
            time.sleep(pause)
