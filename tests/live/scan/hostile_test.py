"""Hosts that answer badly, slowly, endlessly or never: the scan ends in time, and says so."""
import re
import unittest

import stage
import received
import tarpit
import trouble

LIMIT = 60  # seconds; as many hosts as these, one after the other, would take many minutes


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.street = stage.Neighbourhood("trouble")
        cls.addClassCleanup(cls.street.close)
        cls.scan = stage.Scan(cls.street, "--all")
        cls.found = cls.scan.devices()

    def test_it_ends_in_time(self):
        self.assertLess(self.scan.took, LIMIT, self.scan.err)
        self.assertIn(self.scan.status, (0, 1), self.scan.err)

    def test_the_honest_cameras_are_found_all_the_same(self):
        for one in self.street.video:
            self.assertEqual(self.found.get(one.mac, {}).get("maker"), one.maker, one.name)

    def test_nothing_is_sent_where_hostile_answers_point(self):
        self.assertNotIn(trouble.OUTSIDE, self.scan.wire.addresses())
        self.assertEqual({where for where in self.scan.wire.addresses() if not where.startswith("10.77.0.")}, set())

    def test_nothing_is_said_to_control_ports_that_answers_point_at(self):
        one = next(one for one in self.street.everyone if one.name == "points-at-its-control-ports")
        self.assertEqual([each for each in self.scan.requests_of(one) if each["event"] == "said"], [])
        self.assertNotIn(9100, self.scan.wire.devices[one.address].ports)

    def test_a_host_that_stalls_is_no_camera(self):
        for one in self.street.everyone:
            if not one.is_video and not one.name.startswith(("floods", "points")):  # those say that they are
                self.assertNotIn(self.found.get(one.mac, {}).get("kind"), ("camera", "recorder"), one.name)

    def test_every_host_is_within_its_budget(self):
        for one in self.street.everyone:
            got = self.scan.wire.devices[one.address]
            # Who sends without end is acknowledged without end, until what is read is enough.
            self.assertLessEqual(received.most_in(got.asked, 1.0), 40, one.name)
            self.assertLessEqual(got.most_open, 4, one.name)
            self.assertLessEqual(len(self.scan.requests_of(one)), 60, one.name)

    def test_a_thousand_answers_are_not_a_thousand_devices(self):
        self.assertLess(len(self.found), len(self.street.everyone) + 250)

    def test_who_answered_badly_is_not_asked_again_and_again(self):
        bad = [one for one in self.street.everyone if one.name.startswith(("endless", "tarpit", "resets", "body-"))]
        self.assertEqual({one.name: self.scan.wire.devices[one.address].ports[80] for one in bad
                          if self.scan.wire.devices[one.address].ports[80] > 3}, {})

    def test_endless_answers_are_cut_short(self):
        """What is taken in from one host is bounded: the octets of its segments that came."""
        taken = {}
        for _, frame in received.frames(self.scan.path):
            if frame[6:12] != self.scan.wire.mac and frame[12:14] == b"\x08\0" and frame[23] == 6:
                source = ".".join(str(part) for part in frame[26:30])
                taken[source] = taken.get(source, 0) + len(frame)
        much = {one.name: taken.get(one.address, 0) for one in self.street.everyone
                if taken.get(one.address, 0) > 8_000_000}
        self.assertEqual(much, {})

    def test_what_strings_hide_is_escaped(self):
        table = self.street.scan(stage.sensor.find_binary(), "scan", "--all", "10.77.0.43")
        for text in (table.stdout, table.stderr, self.scan.file("csv").read_text()):
            self.assertNotRegex(text, "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
        if self.scan.file("html").exists():
            self.assertNotRegex(self.scan.file("html").read_text(), r"(?i)<script")
        for cell in re.findall(r'(?:^|,)"?([=+@][^,"]*)', self.scan.file("csv").read_text(), re.M):
            self.fail(f"a spreadsheet would compute {cell}")


class Trap(unittest.TestCase):
    """A tarpit on every address of the network that nobody has."""

    def test_it_ends_in_time_and_finds_the_cameras_between(self):
        with stage.Neighbourhood("tarpit", everywhere=tarpit.MAC) as street:
            scan = stage.Scan(street)
            found = scan.devices()
        self.assertLess(scan.took, LIMIT, scan.err)
        self.assertIn(scan.status, (0, 1), scan.err)
        for one in street.video:
            self.assertEqual(found.get(one.mac, {}).get("maker"), one.maker, one.name)
        self.assertNotIn(found.get(tarpit.MAC, {}).get("kind"), ("camera", "recorder", "video-other"))
        self.assertLessEqual(max(device.most_open for device in scan.wire.devices.values()), 4)


if __name__ == "__main__":
    stage.main()
