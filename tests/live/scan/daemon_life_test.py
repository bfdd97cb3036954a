"""While it asks hosts that answer slowly, endlessly or never, the daemon hears all; and it ends as it should."""
import re
import sqlite3
import time
import unittest

import stage
import appearances
import asking
import tarpit

ALLOWED = "allowed: [10.77.0.0/24]"
HEARD_WITHIN, ENDED_WITHIN = 2.0, 5.0  # seconds
CAMERAS = 12


class Life(unittest.TestCase):
    def setUp(self):
        self.street = self.daemon = None

    def begin(self, population, *active, everywhere=None):
        self.street = stage.Neighbourhood(population, everywhere=everywhere)
        self.addCleanup(self.street.close)
        self.daemon = asking.Daemon(self.street, ALLOWED, "passive_led: false", "every: 1s", *active)
        self.addCleanup(self.daemon.close)
        watch = self.street.watch()
        watch.__enter__()
        self.daemon.start()
        return watch

    def until_asked(self, *names, after=0.0):
        """Until these have been asked something."""
        def asked():
            return set(names) <= {one["device"] for one in self.street.events(after=after)}
        self.assertTrue(asking.wait(asked), self.daemon.said())

    def end(self, watch):
        watch.__exit__()
        return watch.capture()


class Listening(Life):
    def announce_while_asking(self, population, busy, everywhere=None):
        """Cameras that say who they are, once each, while all others are asked. How late each was told."""
        watch = self.begin(population, everywhere=everywhere)
        self.until_asked(*busy)
        told = {}

        def look():
            for device in self.daemon.violations():
                told.setdefault(device["mac"], time.time())
            return len(told)
        frames = [appearances.frame_of(number, 7) for number in range(CAMERAS)]
        sent = asking.play(self.street, frames, 0.25, look)
        wanted = {appearances.mac_of(number, 7): when for number, when in enumerate(sent)}
        asking.wait(lambda: look() and set(wanted) <= set(told), HEARD_WITHIN)
        self.assertEqual(self.daemon.stop(), 0, self.daemon.said())
        wire = self.end(watch)
        during = [when for when in asking.spoken(wire) if sent[0] <= when <= sent[-1]]
        self.assertGreater(len(during), 100, "it was not asking meanwhile: this proves nothing")
        late = {mac: told.get(mac, float("inf")) - when for mac, when in wanted.items()}
        self.assertLess(max(late.values()), HEARD_WITHIN, late)

    def lost(self):
        """At the interface, in the ring, and of facts for want of room in the queues to the core."""
        last = re.findall(r"lost_interface=(\d+) lost_ring=(\d+) lost_queue=(\d+)", self.daemon.said())[-1]
        dropped = re.findall(r"(\d+) facts dropped", self.daemon.said())[-1]
        return int(last[0]), int(last[1]), int(last[2]) + int(dropped)

    def test_a_street_of_tarpits_delays_no_alert_and_nothing_is_lost(self):
        self.announce_while_asking("tarpit", ("trap",), tarpit.MAC)
        self.assertEqual(self.lost(), (0, 0, 0))

    def test_hosts_that_flood_delay_no_alert_and_no_packet_is_lost(self):
        """Three of them answer one question as a thousand devices each: more facts than the queue has room for."""
        self.announce_while_asking("trouble", ("endless-headers", "floods-sadp"))
        self.assertEqual(self.lost()[:2], (0, 0))


class Ending(Life):
    def makers(self):
        return {one.name: self.daemon.devices().get(one.mac, {}).get("maker") for one in self.street.video}

    def test_sigterm_ends_the_asking_at_once_and_keeps_what_was_answered(self):
        watch = self.begin("tarpit", everywhere=tarpit.MAC)
        self.until_asked("hikvision", "dahua", "trap")
        self.assertTrue(asking.wait(lambda: None not in self.makers().values()), self.makers())
        began = time.time()
        status = self.daemon.stop()
        ended = time.time()
        stage.pause(2)
        wire = self.end(watch)
        self.assertEqual(status, 0, self.daemon.said())
        self.assertLess(ended - began, ENDED_WITHIN)
        times = asking.spoken(wire)
        self.assertGreater(sum(began - 1 < when < began for when in times), 20, "it was over before: this proves nothing")
        self.assertEqual([when - ended for when in times if when > ended + 0.5], [])
        self.assertEqual(self.makers(), {one.name: one.maker for one in self.street.video})
        self.assertFalse(self.daemon.asked()["complete"])

    def test_a_reload_that_forbids_the_asking_ends_it_at_once(self):
        watch = self.begin("tarpit", everywhere=tarpit.MAC)
        self.until_asked("hikvision", "trap")
        self.daemon.reload(ALLOWED, enabled="false")
        reloaded = time.time()
        stage.pause(3)
        wire = self.end(watch)
        times = asking.spoken(wire)
        self.assertGreater(sum(when < reloaded for when in times), 20)
        self.assertEqual([when - reloaded for when in times if when > reloaded + 0.5], [])
        self.assertEqual(self.daemon.stop(), 0, self.daemon.said())

    def test_kill_9_in_the_middle_leaves_a_whole_database_and_the_next_start_goes_on(self):
        watch = self.begin("tarpit", everywhere=tarpit.MAC)
        self.until_asked("hikvision", "trap")
        self.assertTrue(asking.wait(lambda: any(self.makers().values())), self.makers())
        before = self.daemon.devices()
        self.daemon.kill()
        killed = time.time()
        with sqlite3.connect(self.daemon.database) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        database.close()
        self.daemon.start()
        self.until_asked("hikvision", "dahua", after=killed)
        self.assertTrue(asking.wait(lambda: None not in self.makers().values()), self.makers())
        self.assertLessEqual(set(before), set(self.daemon.devices()))
        self.assertEqual(self.daemon.stop(), 0, self.daemon.said())
        self.end(watch)


if __name__ == "__main__":
    stage.main()
