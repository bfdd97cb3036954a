"""Cameras behind a router that answers ARP for them (RFC 1027): each is itself, and the router is no camera."""
import os
import subprocess
import sys
import unittest

import stage
from network import run
from processes import Processes

# A web server that knows its own folder: what its Server header is, and which paths want a password.
WEB = """
import http.server, sys
class Web(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def version_string(self): return sys.argv[1]
    def do_GET(self):
        status = 200 if self.path == "/" else 401 if self.path.startswith(sys.argv[2]) else 404
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        if status == 401: self.send_header("WWW-Authenticate", 'Digest realm="x", nonce="1"')
        self.send_header("Content-Length", "0")
        self.end_headers()
    do_POST = do_GET
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer(("", 80), Web)
print("ready", flush=True)
server.serve_forever()
"""
CAMERAS = {"10.50.0.11": ("App-webs/", "/ISAPI/", "Hikvision"), "10.50.0.12": ("Boa/0.94", "/axis-cgi/", "Axis")}
ROUTER = "00:1b:54:00:00:01"


class Proxied:
    def __init__(self):
        self.processes, self.namespaces = Processes(), []

    def build(self):
        self.scanner, self.router = self.namespace("scanner"), self.namespace("router")
        run("ip", "-n", self.scanner, "link", "add", "eth0", "type", "veth", "peer", "name", "lan", "netns", self.router)
        run("ip", "-n", self.router, "link", "set", "lan", "address", ROUTER)
        self.settle(self.scanner, "eth0", "10.50.0.250/24")
        self.settle(self.router, "lan", "10.50.0.1/24")
        run("ip", "netns", "exec", self.router, "sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv4.conf.lan.proxy_arp=1",
            "net.ipv4.neigh.lan.proxy_delay=0")
        for number, (address, (server, folder, _)) in enumerate(CAMERAS.items()):
            self.camera(number, address, server, folder)

    def camera(self, number, address, server, folder):
        camera, port = self.namespace(f"camera{number}"), f"port{number}"
        gateway = f"192.168.{number}.1"
        run("ip", "-n", self.router, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", camera)
        self.settle(self.router, port, f"{gateway}/24")
        self.settle(camera, "eth0", f"{address}/32")
        run("ip", "-n", self.router, "route", "add", f"{address}/32", "dev", port)
        run("ip", "-n", camera, "route", "add", gateway, "dev", "eth0")
        run("ip", "-n", camera, "route", "add", "default", "via", gateway)
        web = self.processes.start(camera, sys.executable, "-B", "-c", WEB, server, folder, stdout=subprocess.PIPE, text=True)
        with web.stdout:
            assert web.stdout.readline() == "ready\n"

    @staticmethod
    def settle(namespace, interface, address):
        run("ip", "-n", namespace, "addr", "add", address, "dev", interface)
        run("ip", "-n", namespace, "link", "set", interface, "up")

    def namespace(self, name):
        full = f"cw-{os.getpid()}-{name}"
        run("ip", "netns", "add", full)
        self.namespaces.append(full)
        run("ip", "-n", full, "link", "set", "lo", "up")
        return full

    def close(self):
        self.processes.close()
        for namespace in self.namespaces:
            subprocess.run(["ip", "netns", "delete", namespace], capture_output=True)


class Proxy(unittest.TestCase):
    def test_each_answer_is_its_senders(self):
        proxied = Proxied()
        self.addCleanup(proxied.close)
        proxied.build()
        done = subprocess.run(["ip", "netns", "exec", proxied.scanner, stage.sensor.find_binary(), "scan", "--all", "--format",
                               "json", "10.50.0.0/24"], capture_output=True, text=True, timeout=120)
        found = [stage.json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        makers = {one["ips"][0]: one["maker"] for one in found if one["kind"] not in ("host", "router")}
        self.assertEqual(makers, {address: maker for address, (_, _, maker) in CAMERAS.items()}, done.stdout + done.stderr)
        router = [one for one in found if one["mac"] == ROUTER]
        self.assertEqual([one["maker"] for one in router], [""], done.stdout)


if __name__ == "__main__":
    stage.main()
