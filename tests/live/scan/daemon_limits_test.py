"""What keeps the daemon from asking: windows, MACs that it cannot know, and a section that is wrong."""
import time
import unittest

import stage
import asking


class Windows(unittest.TestCase):
    """The daemon's clock is put so that the minute soon ends."""

    def run_until(self, before, window, seconds):
        """From `before` seconds to the full minute on; `window`: minutes from then. What was sent, and when it was
        that minute."""
        with stage.Neighbourhood("office") as street:
            now = time.time()
            minute = (int(now) // 60 + 1) * 60
            clock = [time.strftime("%H:%M", time.gmtime(minute + 60 * one)) for one in window]
            daemon = asking.Daemon(street, "allowed: [10.77.0.0/24]", "passive_led: false", "every: 1s", "rate: 200",
                                   f'windows: ["{clock[0]}-{clock[1]}"]')
            ahead = int(minute - before - time.time())
            with street.watch() as watch:
                daemon.start_at(ahead)
                stage.pause(max(0.0, minute - ahead + seconds - time.time()))
                self.assertEqual(daemon.stop(), 0, daemon.said())
            daemon.close()
            return asking.spoken(watch.capture()), minute - ahead

    def test_outside_nothing_is_asked_and_inside_it_is(self):
        times, opened = self.run_until(before=6, window=(0, 5), seconds=4)
        self.assertEqual([when - opened for when in times if when < opened], [])
        self.assertGreater(len(times), 50)

    def test_when_the_window_closes_the_asking_ends(self):
        times, closed = self.run_until(before=7, window=(-5, 0), seconds=4)
        self.assertGreater(sum(when < closed for when in times), 100)
        self.assertEqual([when - closed for when in times if when > closed + 0.5], [])
        self.assertGreater(max(times), closed - 1.0, "it was over before: this proves nothing")


class NeverByMac(unittest.TestCase):
    def test_where_macs_decide_and_nobodys_is_known_nobody_is_asked(self):
        with stage.Neighbourhood("office") as street:
            daemon = asking.Daemon(street, "allowed: [10.77.0.0/24]", "never_touch: ['44:19:b6:00:00:11']", "every: 1s")
            self.addCleanup(daemon.close)
            with street.watch() as watch:
                daemon.start()
                stage.pause(5)
                self.assertEqual(daemon.stop(), 0, daemon.said())
            self.assertEqual((asking.spoken(watch.capture()), street.events()), ([], []))
            self.assertRegex(daemon.said(), "eth0: not asked, since the never-touch list has MACs and nobody's is known")
            self.assertEqual((daemon.asked()["addresses"], daemon.asked()["complete"]), (0, False))


class Wrong(unittest.TestCase):
    """A wrong section is refused, with all that is wrong with it."""
    CASES = (
        ("enabled: true\n  rate: 0\n  windows: [noon]\n  never_touch: [printer]\n  every: often\n  spped: 1",
         (r":5:3: .*active\.allowed", r":6:9: .*whole number", r":7:13: .*22:00-05:30", r':8:17: "printer"',
          r":9:10: .*duration", r':10:3: .*"spped"')),
        ("enabled: true\n  allowed: [10.0.0.0/8, 0.0.0.0/0, '::/0', 10.77.0.1/24]\n  windows: noon",
         (r':6:25: .*"0\.0\.0\.0/0"', r':6:36: .*"::/0"', r":6:44: .*prefix", r":7:12: .*list")))

    def test_every_error_has_its_place_and_nothing_starts(self):
        with stage.Neighbourhood("office", serve=False) as street:
            config = street.folder / "wrong.yml"
            for text, patterns in self.CASES:
                config.write_text(f"database: {street.folder}/x.db\ninterfaces: [eth0]\nrules: []\nactive:\n  {text}\n")
                for command in ("check", "run"):
                    with self.subTest(command=command, text=text):
                        done = street.scan(stage.sensor.find_binary(), command, "-c", config, timeout=30)
                        self.assertEqual(done.returncode, 2, done.stdout)
                        for pattern in patterns:
                            self.assertRegex(done.stderr, r"wrong\.yml" + pattern)
            self.assertFalse((street.folder / "x.db").exists())


if __name__ == "__main__":
    stage.main()
