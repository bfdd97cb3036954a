"""The report of a daemon that listened: what it found, and on what its verdict rests."""
import json
import subprocess
import sys
import unittest
from pathlib import Path

import stage

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "replay"))
import html_report  # noqa: E402


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = stage.Stage()
        cls.addClassCleanup(cls.stage.close)
        cls.stage.receiver.start()
        cls.daemon = cls.stage.daemon.start()
        cls.macs = cls.stage.appear(4, 11)
        stage.wait(lambda: set(cls.macs) <= set(stage.violations(cls.stage.receiver.alerts())))
        cls.daemon.stop()
        cls.first = cls.report("--format", "json")
        cls.folder = cls.stage.lab.folder

    @classmethod
    def run_report(cls, *options):
        return subprocess.run([cls.daemon.binary, "report", "-c", str(cls.daemon.config), *options],
                              capture_output=True, timeout=60)

    @classmethod
    def report(cls, *options):
        return json.loads(cls.run_report(*options).stdout)

    def coverage(self, report, segment):
        return next(each["coverage"]["heard"] for each in report["segments"] if each["name"] == segment)

    def test_what_was_found_is_forbidden_and_quotes_the_law(self):
        self.assertEqual(self.run_report().returncode, 1)
        found = {device["mac"]: device for device in self.first["devices"] if device["violation"]}
        self.assertEqual(set(found), set(self.macs))
        self.assertEqual(self.first["verdict"], "found")
        for device in found.values():
            self.assertTrue(device["laws"])

    def test_the_ledger_knows_what_was_listened_to(self):
        core = self.coverage(self.first, "core")
        self.assertGreater(core["listened_ms"], 100)
        self.assertGreater(core["packets"], 4)
        self.assertGreaterEqual(core["hosts"], 4)
        self.assertEqual(core["vlans"], [10 if self.stage.lab.tagged else 0])

    def test_a_second_start_adds_to_it(self):
        before = self.coverage(self.report("--format", "json"), "core")
        self.daemon.start()
        self.stage.appear(1, 11)
        self.daemon.stop()
        after = self.coverage(self.report("--format", "json"), "core")
        self.assertGreater(after["listened_ms"], before["listened_ms"])
        self.assertGreater(after["packets"], before["packets"])

    def test_the_page_is_whole(self):
        faults, reader = html_report.read(self.run_report().stdout.decode())
        self.assertEqual(faults, [])
        self.assertIn(f"{len(self.macs)} restricted cameras were found on core.", reader.text)

    def test_the_file_is_written_whole_or_not_at_all(self):
        path = Path(self.folder, "report.html")
        done = self.run_report("--output", str(path))
        self.assertEqual((done.returncode, done.stderr), (1, b""))
        self.assertIn(b"restricted cameras were found", done.stdout)
        self.assertEqual(html_report.read(path.read_text())[0], [])
        self.assertEqual(self.run_report("--output", "/dev/full").returncode, 2)
        self.assertEqual(self.run_report("--output", f"{self.folder}/none/report.html").returncode, 2)

    def test_compared_with_itself_nothing_changed(self):
        path = Path(self.folder, "before.json")
        self.run_report("--format", "json", "-o", str(path))
        changes = self.report("--format", "json", "--compare", str(path))["changes"]
        self.assertEqual((changes["devices"], changes["others"]), ([], []))

    def test_a_time_before_everything_makes_all_of_it_new(self):
        changes = self.report("--format", "json", "--since", "1d")["changes"]
        self.assertEqual({change["what"] for change in changes["devices"]}, {"new"})

    def test_a_period_in_which_nothing_was_heard_claims_nothing(self):
        report = self.report("--format", "json", "--since", "2001-01-01", "--until", "2001-02-01")
        self.assertEqual((report["verdict"], report["devices"]), ("cannot-say", []))

    def test_bad_words_are_refused(self):
        for options in (["--since", "yesterday"], ["--until", "x"], ["--since", "2999-01-01"], ["--deny", "no-law"],
                        ["--compare", "/nowhere"], ["--compare", str(self.daemon.config)], ["--format", "pdf"],
                        ["--database", "/nowhere.db"]):
            self.assertEqual(self.run_report(*options).returncode, 2, options)


if __name__ == "__main__":
    stage.main()
