"""An RTSP server and a client that are not ours: GStreamer's, with authentication and a real stream."""
import subprocess
import sys
import unittest
from pathlib import Path

import stage

CAMERA = ("44:19:b6:00:77:01", "10.10.10.77")
CLIENT = ("14:18:77:00:00:78", "10.10.10.78")
PROGRAM = str(Path(__file__).resolve().parent / "rtsp_camera.py")


def plug_in(lab, name, mac, address):
    namespace = lab.host(name, "core", mac)
    subprocess.run(["ip", "-n", namespace, "addr", "add", f"{address}/24", "dev", "eth0"], check=True)
    return namespace


class Camera(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = stage.Stage()
        cls.addClassCleanup(cls.stage.close)
        lab = cls.stage.lab
        cls.stage.receiver.start()
        cls.stage.daemon.start()
        camera, client = plug_in(lab, "gst", *CAMERA), plug_in(lab, "player", *CLIENT)
        server = lab.start(camera, sys.executable, "-B", PROGRAM, "serve", stdout=subprocess.PIPE, text=True)
        assert server.stdout.readline() == "ready\n"
        player = lab.start(client, sys.executable, "-B", PROGRAM, "watch", CAMERA[1], stderr=subprocess.PIPE, text=True)
        cls.complaint = player.communicate(timeout=40)[1]
        server.stdout.close()
        cls.played = player.returncode == 0
        stage.wait(lambda: cls.facts("rtsp.realm"))

    @classmethod
    def facts(cls, field):
        documents = {document["mac"]: document for document in cls.stage.daemon.documents("devices")}
        return {item["value"] for item in documents.get(CAMERA[0], {}).get("evidence", []) if item["field"] == field}

    def test_the_stream_was_played(self):
        self.assertTrue(self.played, self.complaint)

    def test_its_realm_is_read(self):
        self.assertEqual(self.facts("rtsp.realm"), {"IP Camera(F5678)"})

    def test_its_server_header_is_read(self):
        self.assertEqual(self.facts("rtsp.server"), {"GStreamer RTSP server"})

    def test_realm_and_address_make_it_a_violation(self):
        self.assertTrue(stage.wait(lambda: CAMERA[0] in stage.violations(self.stage.receiver.alerts())))

    def test_the_player_is_no_camera(self):
        self.assertNotIn(CLIENT[0], stage.violations(self.stage.receiver.alerts()))


if __name__ == "__main__":
    probe = subprocess.run([sys.executable, "-c", "import gi; gi.require_version('GstRtspServer', '1.0')"],
                           capture_output=True, text=True)
    if probe.returncode != 0:
        stage.skip("GStreamer's RTSP server is not installed; see [test] in tools/packages")
    stage.main()
