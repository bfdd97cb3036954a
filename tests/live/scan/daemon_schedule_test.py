"""The daemon asks on a schedule: all that it may, nobody else, within each device's budget; and it says what it asked."""
import unittest

import stage
import asking
import received

INSIDE, SPARED, NEVER_PORT = "10.77.0.0/26", "10.77.0.60", 8443
PACKETS_A_SECOND, OPEN_CONNECTIONS, REQUESTS = 40, 4, 60
ADDRESSES = 64
EVERY = "12s"  # longer than one time takes


def inside(one):
    return int(one.address.rpartition(".")[2]) < ADDRESSES


class Street(unittest.TestCase):
    """Once asked, on the schedule, and ended before the next time."""
    ACTIVE = ()

    @classmethod
    def setUpClass(cls):
        cls.street = stage.Neighbourhood("office")
        cls.addClassCleanup(cls.street.close)
        cls.daemon = asking.Daemon(cls.street, "passive_led: false", f"every: {EVERY}", *cls.ACTIVE)
        cls.addClassCleanup(cls.daemon.close)
        with cls.street.watch() as watch:
            cls.daemon.start()
            asking.quiet(cls.street)
            cls.status = cls.daemon.stop()
        cls.wire, cls.path = watch.capture(), watch.path

    def assert_within(self, packets, connections, requests):
        heard = [one for one in self.street.events()
                 if one["event"] in ("http", "rtsp", "tls", "said", "malformed", "datagram")]
        for one in self.street.everyone:
            with self.subTest(one.name):
                got = self.wire.devices[one.address]
                self.assertLessEqual(got.most_in(1.0), packets, "packets in a second")
                self.assertLessEqual(got.most_open, connections, "connections at once")
                self.assertLessEqual(sum(note["device"] == one.name for note in heard), requests, "requests")


class Whole(Street):
    ACTIVE = f"allowed: [{INSIDE}]", f"never_touch: [{SPARED}, {NEVER_PORT}]", "rate: 2000"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.devices = cls.daemon.devices()
        cls.asked = cls.daemon.asked()

    def test_it_ends_well(self):
        self.assertEqual(self.status, 0, self.daemon.said())

    def test_every_camera_is_listed_by_its_maker(self):
        self.assertTrue(all(inside(one) for one in self.street.video))
        self.assertEqual({one.name: (one.maker, one.kind) for one in self.street.video},
                         {one.name: tuple(self.devices.get(one.mac, {}).get(key) for key in ("maker", "kind"))
                          for one in self.street.video})

    def test_nothing_else_is_called_a_camera(self):
        cameras = {one.mac for one in self.street.video}
        self.assertEqual([one for mac, one in self.devices.items() if mac not in cameras
                          and one["kind"] in ("camera", "recorder", "video-other")], [])

    def test_restricted_cameras_are_told_once_each(self):
        """By their address: where an answer overtakes what the ring holds of ARP, the MAC is not known yet."""
        wanted = [one.address for one in self.street.video if one.maker in ("Hikvision", "Dahua")]
        self.assertEqual(sorted(address for device in self.daemon.violations() for address in device["ips"]), wanted)

    def test_outside_of_what_is_allowed_nobody_receives_anything(self):
        self.assertEqual({where for where in self.wire.addresses() if int(where.rpartition(".")[2]) >= ADDRESSES}, set())
        self.assertEqual({one["device"] for one in self.street.events()}
                         - {one.name for one in self.street.everyone if inside(one)}, set())

    def test_only_groups_are_left_and_none_is_asked(self):
        """Not all of the segment may be asked."""
        self.assertLessEqual({group for group, _ in self.wire.to_all}, {"224.0.0.22"})
        self.assertEqual(self.street.events("question"), [])

    def test_who_must_not_be_touched_is_not(self):
        self.assertEqual((self.wire.devices[SPARED].times, self.wire.arp[SPARED]), ([], 0))
        self.assertEqual(sum(device.ports[NEVER_PORT] for device in self.wire.devices.values()), 0)

    def test_each_devices_budget_is_kept(self):
        self.assert_within(PACKETS_A_SECOND, OPEN_CONNECTIONS, REQUESTS)

    def test_the_report_says_what_was_asked(self):
        there = [one for one in self.street.everyone if inside(one) and one.address != SPARED and not one.deaf]
        self.assertEqual((self.asked["targets"], self.asked["addresses"], self.asked["answered"]),
                         ([INSIDE], ADDRESSES - 1, len(there)))
        self.assertFalse(self.asked["complete"], "one was spared")
        self.assertGreater(self.asked["questions"], ADDRESSES)

    def test_it_says_what_it_loses_without_raw_sockets(self):
        """Which it has not, since it gave up its privileges."""
        self.assertRegex(self.daemon.said(), r"warning: asking: eth0: no ARP sweep.*CAP_NET_RAW")
        self.assertRegex(str(self.asked["limits"]), r"no ARP sweep.*CAP_NET_RAW")


class Gentle(Street):
    """Other budgets than those that the program has by itself; and the segment as a whole."""
    ACTIVE = ("allowed: [10.77.0.0/24]", "device_packets: 10", "device_connections: 1", "device_requests: 8", "rate: 1000",
              "never_touch: [37777]")

    def test_each_devices_budget_is_kept(self):
        self.assert_within(10, 1, 8)

    def test_all_together_keep_to_the_rate(self):
        """What the kernel answers on its own is on top of it."""
        self.assertLess(received.most_in(self.wire.times, 1.0), 1300)

    def test_a_segment_that_is_allowed_as_a_whole_is_asked_once(self):
        to_all = {where: count for where, count in self.wire.to_all.items() if where[0] != "224.0.0.22"}
        self.assertIn(("239.255.255.250", 37020), to_all)
        self.assertEqual({where: count for where, count in to_all.items() if count > 6}, {})

    def test_it_says_that_budgets_were_spent(self):
        self.assertFalse(self.daemon.asked()["complete"])


if __name__ == "__main__":
    stage.main()
