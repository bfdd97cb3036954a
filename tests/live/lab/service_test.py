"""What a service manager and an operator see: notifications, privileges, reload, an orderly end."""
import re
import signal
import unittest
from pathlib import Path

import stage
import sensor

BAD = "\nsegmnets: []\nlimits: {flows: many}\n"


def status_of(process):
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


class Service(unittest.TestCase):
    def setUp(self):
        self.stage = stage.Stage()
        self.addCleanup(self.stage.close)
        self.stage.receiver.start()
        self.daemon = self.stage.daemon.start()

    def reload(self, text):
        self.daemon.config.write_text(text)
        heard = len(self.daemon.told)
        self.daemon.process.send_signal(signal.SIGHUP)
        self.assertTrue(self.daemon.wait_told("RELOADING=1", 5, heard), "no RELOADING=1")
        self.assertTrue(self.daemon.wait_told("READY=1", 10, heard), "no READY=1 after the reload")

    def told_of(self, macs):
        return stage.wait(lambda: set(macs) <= set(stage.violations(self.stage.receiver.alerts())))

    def test_it_has_no_privileges_once_it_is_ready(self):
        status = status_of(self.daemon.process)
        uid, gid = sensor.account_ids()
        self.assertEqual(set(status["Uid"].split()), {str(uid)})
        self.assertEqual(set(status["Gid"].split()), {str(gid)})
        self.assertEqual(status["Groups"].strip(), "")
        for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
            self.assertEqual(int(status[name], 16), 0, name)
        self.assertEqual((status["NoNewPrivs"], status["Seccomp"]), ("1", "2"))

    def test_every_thread_has_given_them_up(self):
        # ThreadSanitizer keeps a thread of its own from the first one on that the program makes, and that reads
        # the makers' files before anything is given up.
        foreign = 1 if b"__tsan_init" in Path(self.daemon.binary).read_bytes() else 0
        unfiltered = []
        for task in Path(f"/proc/{self.daemon.process.pid}/task").iterdir():
            text = (task / "status").read_text()
            self.assertRegex(text, r"CapEff:\t0+\n")
            unfiltered += re.findall(r"Seccomp:\t[^2]\n", text)
        self.assertLessEqual(len(unfiltered), foreign)

    def test_it_keeps_listening_without_privileges(self):
        self.assertTrue(self.told_of(self.stage.appear(3, 20)))

    def test_sigterm_delivers_what_is_due_and_ends_well(self):
        macs = self.stage.appear(20, 21, pause=0.005)
        self.assertEqual(self.daemon.stop(), 0, self.daemon.log.read_text())
        self.assertTrue(stage.wait(lambda: any("STOPPING=1" in said for said in self.daemon.told), 5))
        self.assertEqual(set(macs) - set(stage.violations(self.daemon.documents("alerts"))), set(), "not found")
        self.assertTrue(self.told_of(macs), "found, but not delivered")

    def test_sigterm_does_not_wait_for_a_receiver_that_is_gone(self):
        self.stage.receiver.kill()
        self.stage.appear(3, 22)
        self.assertEqual(self.daemon.stop(), 0)

    def test_a_bad_reload_is_refused_and_says_every_error(self):
        good = self.daemon.config.read_text()
        self.reload(good + BAD)
        log = self.daemon.log.read_text()
        for pattern in (r'camwarden\.yml:\d+:\d+: .*"segmnets".*"segments"', r"camwarden\.yml:\d+:\d+: .*flows|expected .*number"):
            self.assertTrue(re.search(pattern, log), f"{pattern} is not in:\n{log}")
        self.assertTrue(self.told_of(self.stage.appear(2, 23)), "the old configuration is not at work")

    def test_a_good_reload_is_taken(self):
        good = self.daemon.config.read_text()
        self.reload(good.replace("zones: [core]", "zones: [video]"))
        allowed = self.stage.appear(2, 24)
        self.assertTrue(stage.wait(lambda: set(allowed) <= {device["mac"] for device in self.daemon.documents("devices")}))
        self.reload(good)
        forbidden = self.stage.appear(2, 25)
        self.assertTrue(self.told_of(forbidden))
        late = [alert for alert in self.stage.receiver.alerts() if alert["device"]["mac"] in allowed
                and alert["type"] == "policy.violation"]
        # Forbidden again, they are told, but not before the second reload.
        first = min(alert["sequence"] for alert in self.stage.receiver.alerts()
                    if alert["type"] == "policy.violation")
        discovered = [alert["sequence"] for alert in self.stage.receiver.alerts()
                      if alert["type"] == "device.discovered" and alert["device"]["mac"] in allowed]
        self.assertTrue(all(number < first for number in discovered), "an allowed camera was a violation")
        self.assertLessEqual(len(late), len(allowed))

    def test_a_missing_interface_is_named(self):
        done = stage.run_daemon(self.stage, "-i", "eth77")
        self.assertEqual(done.returncode, 2)
        self.assertIn("eth77", done.stderr)


if __name__ == "__main__":
    stage.main()
