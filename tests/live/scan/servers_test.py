"""Servers that nobody here wrote: nginx, lighttpd, small ones, GStreamer's RTSP server, wsdd, avahi, minissdpd, snmpd."""
import shutil
import socket
import subprocess
import sys
import textwrap
import unittest

import stage
import servers

NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen {address}:80; root {folder}/www; }}
  server {{ listen {address}:443 ssl; ssl_certificate {folder}/c.crt; ssl_certificate_key {folder}/c.key; root {folder}/www; }}
}}
"""
LIGHTTPD = """
server.document-root = "{folder}/www"
server.bind = "{address}"
server.port = 80
index-file.names = ("index.html")
"""
AVAHI = """[server]
host-name=office-pc
allow-interfaces=street0
use-ipv6=no
enable-dbus=no
[publish]
publish-workstation=yes
"""
AVAHI_SERVICE = """<?xml version="1.0"?><!DOCTYPE service-group SYSTEM "avahi-service.dtd">
<service-group><name>Camera archive</name><service><type>_http._tcp</type><port>80</port></service></service-group>
"""
OFFERED = ("upnp:rootdevice", "uuid:00000000-0000-4000-8000-0000000000aa::upnp:rootdevice",
           "Debian/12 UPnP/1.0 player/1.0", "http://10.77.0.72:80/index.html")
# Between them: HTTP/1.0, the connection closed behind each answer, no Server header, 501 to a POST.
SMALL = {
    "busybox": ("httpd", "-f", "-p", "{address}:80", "-h", "{folder}"),
    "civetweb": ("-listening_ports", "{address}:80", "-document_root", "{folder}"),
    "mini_httpd": ("-D", "-h", "{address}", "-p", "80", "-d", "{folder}"),
    "python3": ("-m", "http.server", "80", "-b", "{address}", "-d", "{folder}"),
    "webfsd": ("-F", "-4", "-i", "{address}", "-p", "80", "-r", "{folder}", "-f", "index.html"),
}
PAGE = "<html><head><title>Works</title></head><body>cameras</body></html>"


class Servers(unittest.TestCase):
    """Each server is started if it is there; what is absent is said."""

    @classmethod
    def setUpClass(cls):
        cls.street = stage.Neighbourhood("servers", serve=False)
        cls.addClassCleanup(cls.street.close)
        cls.folder, cls.running = cls.street.folder, set()
        cls.folder.chmod(0o755)
        for site, page in (("www", PAGE), ("webcam", PAGE.replace("Works", "Network Camera"))):
            (cls.folder / site).mkdir()
            (cls.folder / site / "index.html").write_text(page)
        for start in (cls.nginx, cls.lighttpd, cls.gstreamer, cls.wsdd, cls.avahi, cls.minissdpd, cls.snmpd):
            start()
        for name, address in servers.SMALL.items():
            cls.small(name, name, address, "www")
        cls.small("webcam", "mini_httpd", servers.WEBCAM, "webcam")
        stage.pause(3)
        cls.scan = stage.Scan(cls.street, "--all")
        cls.found = cls.scan.devices()

    @classmethod
    def start(cls, name, program, *options):
        if not stage.installed(program):
            print(f"{program} is not installed", file=sys.stderr)
            return None
        cls.running.add(name)
        return cls.street.start(cls.street.street, shutil.which(program, path=stage.PATH), *options,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @classmethod
    def written(cls, name, text, address=""):
        path = cls.folder / name
        path.write_text(text.format(folder=cls.folder, address=address))
        return path

    @classmethod
    def nginx(cls):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-subj", "/CN=intranet.example.com", "-keyout", cls.folder / "c.key", "-out", cls.folder / "c.crt"],
                       check=True, capture_output=True)
        cls.start("nginx", "nginx", "-e", cls.folder / "nginx.log", "-c", cls.written("nginx.conf", NGINX, servers.NGINX))

    @classmethod
    def lighttpd(cls):
        cls.start("lighttpd", "lighttpd", "-D", "-f", cls.written("lighttpd.conf", LIGHTTPD, servers.LIGHTTPD))

    @classmethod
    def gstreamer(cls):
        probe = subprocess.run([sys.executable, "-c", "import gi; gi.require_version('GstRtspServer', '1.0')"],
                               capture_output=True)
        if probe.returncode:
            return print("GStreamer's RTSP server is not installed", file=sys.stderr)
        program = stage.LAB.parents[1] / "tests" / "live" / "lab" / "rtsp_camera.py"
        cls.start("gstreamer", sys.executable, "-B", program, "serve", servers.GSTREAMER, "554")

    @classmethod
    def wsdd(cls):
        cls.start("wsdd", "wsdd", "-i", "street0", "-4", "-n", "office-pc", "-s")

    @classmethod
    def avahi(cls):
        (cls.folder / "services").mkdir()
        (cls.folder / "services" / "archive.service").write_text(AVAHI_SERVICE)
        script = textwrap.dedent(f"""
            mount -t tmpfs none /run && mount --bind {cls.folder}/services /etc/avahi/services &&
            exec avahi-daemon -f {cls.written("avahi.conf", AVAHI)} --no-drop-root --no-chroot --no-rlimits""")
        if stage.installed("avahi-daemon"):
            cls.start("avahi", "unshare", "-m", "sh", "-c", script)

    @classmethod
    def minissdpd(cls):
        if not cls.start("minissdpd", "minissdpd", "-d", "-i", "street0", "-s", cls.folder / "ssdp", "-p",
                         cls.folder / "ssdp.pid"):
            return
        stage.pause(1)
        with socket.socket(socket.AF_UNIX) as control:  # what a player on that host would hand it: command 4, four texts
            control.connect(str(cls.folder / "ssdp"))
            control.send(b"\4" + b"".join(bytes([len(text)]) + text.encode() for text in OFFERED))

    @classmethod
    def snmpd(cls):
        config = cls.written("snmpd.conf", "agentAddress udp:{address}:161\nrocommunity public\n", servers.SNMPD)
        cls.start("snmpd", "snmpd", "-f", "-C", "-c", config, "-Lf", cls.folder / "snmpd.log", "-p", cls.folder / "snmpd.pid")

    @classmethod
    def small(cls, name, program, address, site):
        cls.start(name, program, *(option.format(address=address, folder=cls.folder / site) for option in SMALL[program]))

    def need(self, name):
        if name not in self.running:
            self.skipTest(f"{name} is not installed")

    def at(self, address):
        return [one for one in self.found.values() if address in str(one.get("addresses", one))]

    def test_all_of_them_are_asked(self):
        for port, address in ((80, servers.NGINX), (80, servers.LIGHTTPD), (554, servers.GSTREAMER)):
            self.assertGreater(self.scan.wire.devices[address].ports[port], 0, address)
            self.assertGreater(self.scan.wire.devices[address].payload, 0, address)

    def test_the_rtsp_server_behind_a_camera_makers_mac_is_that_makers(self):
        """It says 404 for what it does not stream, and so no realm: the MAC alone names it, and no kind."""
        self.need("gstreamer")
        found = self.found[servers.CAMERA_MAC]
        self.assertEqual((found.get("maker"), found.get("kind")), ("Hikvision", "video-other"), found)
        self.assertIn("GStreamer RTSP server", str(found))

    def test_nobody_else_is_a_camera(self):
        for mac, one in self.found.items():
            if mac not in (servers.CAMERA_MAC, servers.WEBCAM_MAC):
                self.assertNotIn(one.get("kind"), ("camera", "recorder", "video-other"), one)

    def test_a_page_that_says_camera_names_no_maker(self):
        self.need("webcam")
        found = self.found[servers.WEBCAM_MAC]
        self.assertEqual((found["kind"], found["maker"], found["grade"], found["restricted_by"]), ("camera", "", "none", []))
        self.assertIn("mini_httpd", str(found))

    def test_small_servers_are_read_and_asked_on(self):
        """The page, the page that cannot exist and ONVIF at the least, in one connection or in one each."""
        for name, address in servers.SMALL.items():
            with self.subTest(name):
                self.need(name)
                self.assertIn("Works", str(self.at(address)))
                self.assertGreater(self.scan.wire.devices[address].payload, 2)

    def test_what_they_say_is_read(self):
        for name, address, text in (("nginx", servers.NGINX, "nginx"), ("lighttpd", servers.LIGHTTPD, "lighttpd")):
            if name in self.running:
                self.assertIn(text, str(self.at(address)), name)

    def test_no_server_saw_nonsense(self):
        self.need("nginx")
        log = (self.folder / "nginx.log").read_text()
        self.assertNotIn("invalid", log)

    def test_the_scan_ends_in_time(self):
        self.assertLess(self.scan.took, 30, self.scan.err)


if __name__ == "__main__":
    stage.main()
