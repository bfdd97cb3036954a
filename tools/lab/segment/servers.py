"""Hosts on which real servers run, not ours: only who they are. tests/live/scan/servers_test.py starts them."""
from dweller import Dweller

# wsdd and avahi answer from their interface's own address, which is the first.
INTERFACE, NGINX, LIGHTTPD, GSTREAMER, SNMPD = (f"10.77.0.{number}" for number in (1, 71, 72, 73, 74))
CAMERA_MAC = "44:19:b6:00:00:73"
# Web servers as small as those of devices. The page of the last says that it is a camera.
SMALL = {name: f"10.77.0.{number}" for number, name in enumerate(
    ("busybox", "civetweb", "mini_httpd", "python3", "webfsd"), 81)}
WEBCAM, WEBCAM_MAC = "10.77.0.86", "52:54:00:00:00:86"


def everyone():
    return [Dweller("desktop", "18:66:da:00:00:01", INTERFACE), Dweller("nginx", "52:54:00:00:00:71", NGINX),
            Dweller("lighttpd", "52:54:00:00:00:72", LIGHTTPD),
            Dweller("gstreamer", CAMERA_MAC, GSTREAMER, "Hikvision", "camera"), Dweller("snmpd", "52:54:00:00:00:74", SNMPD),
            *(Dweller(name, f"52:54:00:00:00:{address[-2:]}", address) for name, address in SMALL.items()),
            Dweller("webcam", WEBCAM_MAC, WEBCAM)]
