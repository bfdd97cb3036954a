#!/usr/bin/python3
"""Reports of the captures here, read by another parser. Usage: html_report_test.py CAMWARDEN"""
import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
from html_report import read  # noqa: E402

HERE = Path(__file__).resolve().parent
SCENE = HERE.parents[1] / "tools" / "lab" / "scene.pcap"
BINARY = sys.argv.pop(1) if len(sys.argv) > 1 else "camwarden"


def report(*captures, config=True):
    with_config = ["-c", str(HERE / "replay.yml")] if config else []
    return subprocess.run([BINARY, "replay", *with_config, "--format", "html", *map(str, captures)],
                          capture_output=True, timeout=120)


class HtmlReport(unittest.TestCase):
    def says(self, reader, words):
        self.assertTrue(words in reader.text, f"the report does not say: {words}")

    def test_the_scene_is_told(self):
        done = report(SCENE)
        self.assertEqual(done.returncode, 1, done.stderr)
        faults, reader = read(done.stdout.decode())
        self.assertEqual(faults, [])
        for words in ("restricted cameras were found on core", "Hikvision, sold as Annke", "Dahua Technology Company",
                      "us-ndaa-889", "Pub. L. 115-232", "10.10.10.71", "Read a capture"):
            self.says(reader, words)

    def test_twice_the_same(self):
        self.assertTrue(report(SCENE).stdout == report(SCENE).stdout)

    def test_hostile_captures_stay_text(self):
        captures = sorted(HERE.glob("hostile*.pcap"))
        self.assertGreater(len(captures), 5)
        done = report(*captures)
        self.assertEqual(read(done.stdout.decode())[0], [])

    def test_every_capture_at_once(self):
        captures = sorted([*HERE.glob("*.pcap"), *HERE.glob("*.pcapng")])
        faults, _ = read(report(*captures, config=False).stdout.decode())
        self.assertEqual(faults, [])

    def test_nothing_restricted_is_not_claimed_of_a_short_capture(self):
        done = report(HERE / "sony.pcap")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.says(read(done.stdout.decode())[1], "It cannot be said that there is no restricted camera on core")

    def test_each_with_html_is_refused(self):
        done = subprocess.run([BINARY, "replay", "--each", "--format", "html", str(SCENE)], capture_output=True)
        self.assertEqual((done.returncode, done.stdout), (2, b""))


if __name__ == "__main__":
    unittest.main()
