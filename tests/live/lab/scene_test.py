"""The lab's scene, seen live and then once more from a capture of the same wire."""
import json
import subprocess
import time
import unittest

import stage
import scene


class Scene(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = stage.Stage()
        cls.addClassCleanup(cls.stage.close)
        lab = cls.stage.lab
        cls.stage.receiver.start()
        cls.stage.daemon.start()
        cls.capture = f"{lab.folder}/span.pcap"
        tcpdump = lab.start(lab.sensor, "tcpdump", "--immediate-mode", "-q", "-U", "-Z", "root", "-i", "span0", "-w", cls.capture,
                            stderr=subprocess.DEVNULL)
        cls.play = scene.Scene(lab)
        cls.play.play(3)
        stage.wait(lambda: set(scene.EXPECTED) <= set(stage.violations(cls.stage.receiver.alerts())))
        time.sleep(4)  # for alerts that must not come
        tcpdump.terminate()
        tcpdump.wait()
        cls.alerts = cls.stage.receiver.alerts()
        cls.devices = {device["mac"]: device for device in cls.stage.daemon.documents("devices")}

    def device(self, who):
        self.assertIn(who["mac"], self.devices)
        return self.devices[who["mac"]]

    def test_every_device_stayed_alive(self):
        self.assertEqual(self.play.check_alive(), [])

    def test_only_restricted_cameras_on_the_core_are_violations(self):
        self.assertEqual(set(stage.violations(self.alerts)), set(scene.EXPECTED))

    def test_each_violation_is_told_once(self):
        self.assertEqual({mac: len(ids) for mac, ids in stage.violations(self.alerts).items()},
                         {mac: 1 for mac in scene.EXPECTED})

    def test_an_alert_says_why_where_and_by_which_law(self):
        alert = next(alert for alert in self.alerts
                     if alert["type"] == "policy.violation" and alert["device"]["mac"] == scene.ANNKE["mac"])
        self.assertIn("hikvision", alert["why"].lower())
        self.assertEqual(alert["segment"], "core")
        self.assertIn("us-ndaa-889", [law["pack"] for law in alert["law_pack"]])

    def test_the_structured_data_names_the_device(self):
        message = next(message for message in self.stage.receiver.messages() if message["kind"] == "policy.violation")
        self.assertEqual(message["app"], "camwarden")
        self.assertRegex(message["structured"], r"^\[event@32473 ")
        self.assertIn(json.loads(message["text"])["device"]["mac"], message["structured"])

    def test_the_annke_is_known_by_its_maker_and_its_label(self):
        annke = self.device(scene.ANNKE)
        self.assertEqual((annke["maker"], annke["brand"], annke["grade"]), ("Hikvision", "Annke", "proven"))

    def test_makers_models_and_serials(self):
        self.assertEqual({name: (device["maker"], device["model"]) for name, device in
                          ((who["name"], self.device(who)) for who in (scene.HIKVISION, scene.DAHUA, scene.AXIS))},
                         {"hikvision": ("Hikvision", "DS-2CD2142FWD-I"), "dahua": ("Dahua", "IPC-HDW5421S"),
                          "axis": ("Axis", "AXIS P3245-V")})

    def test_cameras_are_known_as_cameras(self):
        for who in (scene.HIKVISION, scene.ANNKE, scene.DAHUA, scene.AXIS):
            self.assertEqual(self.device(who)["kind"], "camera", who["name"])

    def test_the_laptop_and_the_printer_are_no_video_devices(self):
        for who in (scene.LAPTOP, scene.PRINTER):
            self.assertNotIn(self.devices.get(who["mac"], {}).get("kind"), ("camera", "recorder", "video-other"), who["name"])

    def test_the_recorder_that_asks_is_no_camera(self):
        for mac in ("14:18:77:00:00:02", "14:18:77:00:00:03"):
            self.assertNotEqual(self.devices.get(mac, {}).get("kind"), "camera")

    def test_addresses_and_vlans(self):
        vlans = {"core": 10, "cctv": 20} if self.stage.lab.tagged else {"core": 0, "cctv": 0}
        for who in (scene.HIKVISION, scene.ANNKE, scene.DAHUA, scene.AXIS):
            device = self.device(who)
            self.assertEqual(device["vlans"], [vlans[who["segment"]]], who["name"])
            self.assertIn(who["lease"], device["ips"], who["name"])

    def test_a_capture_with_the_tags_in_its_bytes_gives_the_same_devices(self):
        """Live, the kernel takes the tag out of the frame and hands it over beside it (PACKET_AUXDATA)."""
        done = subprocess.run([self.stage.daemon.binary, "replay", "-c", str(self.stage.daemon.config), "-i", "span0",
                               "--format", "json", self.capture], capture_output=True, text=True)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        replayed = {document["mac"]: document for document in map(json.loads, done.stdout.splitlines())
                    if document.get("object") == "device"}
        keys = ("vlans", "maker", "brand", "model", "serial", "kind", "grade", "segment")
        for who in (scene.HIKVISION, scene.ANNKE, scene.DAHUA, scene.AXIS):
            self.assertEqual({key: replayed[who["mac"]][key] for key in keys},
                             {key: self.device(who)[key] for key in keys}, who["name"])


if __name__ == "__main__":
    stage.main()
