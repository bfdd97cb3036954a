"""Led by listening: who is heard and left in doubt is asked, once, and only what a device of its maker answers.

One story, told once: at first no window is open; then the configuration is read again, and one is.
"""
import time
import unittest

import stage
import asking
import dialects
import wire

ASK_INTERVAL = 10.0  # seconds between looks at who is in doubt
SECOND_LOOK = 30.0
ALLOWED = "allowed: [10.77.0.0/24]"
NOBODY = ("44:19:b6:00:00:70", "10.77.0.70")  # a camera's MAC, and no answer ever
TWO_VERSIONS_IPV6 = "fd00:77::21"
STANDARDS = {3702, 5353, 1900}  # WS-Discovery, mDNS, SSDP
OF_HIKVISION = {37020}
OF_DAHUA = {37810, 5050}  # the second where the first got no answer
OF_OTHERS = {34569, 23456, 7701, 10670, 1757, 10000, 32108, 54321}  # Xiongmai, TVT, Hanwha, i-PRO, Bosch and so on
# Control ports that only one maker's devices open, and why nobody else's are troubled: ports.yml.
CONTROL = {"Dahua": 37777, "Xiongmai": 34567, "TVT": 6036, "Reolink": 9000}


def closed_windows():
    """An hour from now, for an hour."""
    clock = [time.strftime("%H:%M", time.gmtime(time.time() + 3600 * one)) for one in (1, 2)]
    return f'windows: ["{clock[0]}-{clock[1]}"]'


def sadp_answer(one):
    payload = dialects.sadp_match("00000000-0000-4000-8000-000000000001", one.model, one.model + "20200101CCRR123450012WCVU",
                                  one.mac, one.address)
    packet = wire.udp_packet(one.address, dialects.SADP_PORT, dialects.SADP_GROUP, dialects.SADP_PORT, payload)
    return wire.ethernet(wire.multicast_mac(dialects.SADP_GROUP), one.mac, wire.ETH_IPV4, packet)


def mdns_over_ipv6(one):
    payload = dialects.mdns_question("_http._tcp.local")
    packet = wire.udp_packet(TWO_VERSIONS_IPV6, dialects.MDNS_PORT, "ff02::fb", dialects.MDNS_PORT, payload, ttl=255)
    return wire.ethernet(wire.multicast_mac("ff02::fb"), one.mac, wire.ETH_IPV6, packet)


class Doubt(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.street = stage.Neighbourhood("office")
        cls.addClassCleanup(cls.street.close)
        cls.by_name = {one.name: one for one in cls.street.everyone}
        cls.daemon = asking.Daemon(cls.street, ALLOWED, closed_windows(), grade="proven")
        cls.addClassCleanup(cls.daemon.close)
        with cls.street.watch() as watch:
            cls.tell()
        cls.wire = watch.capture()

    @classmethod
    def tell(cls):
        cls.daemon.start()
        began = time.time()
        cls.show()
        cls.before = asking.wait(lambda: cls.heard(cls.daemon.devices()))
        stage.pause(began + ASK_INTERVAL + 1.5 - time.time())
        cls.opened = time.time()
        cls.daemon.reload(ALLOWED)
        asking.quiet(cls.street, limit=2 * ASK_INTERVAL + 10)
        cls.asked_until = time.time()
        cls.after = cls.daemon.devices()
        cls.show()
        stage.pause(SECOND_LOOK)
        cls.status = cls.daemon.stop()

    @classmethod
    def show(cls):
        plain = [(one.mac, one.address) for one in cls.street.everyone if one.name in (
            "hikvision", "dahua", "printer", "phone", "web-server", "windows", "nas", "controller")]
        asking.play(cls.street, [*(asking.gratuitous_arp(*one) for one in (*plain, NOBODY)),
                                 mdns_over_ipv6(cls.by_name["dahua"]), sadp_answer(cls.by_name["hikvision-recorder"])])

    @classmethod
    def heard(cls, devices):
        wanted = {cls.by_name[name].mac for name in ("hikvision", "dahua", "hikvision-recorder", "printer")} | {NOBODY[0]}
        return devices if wanted <= set(devices) else None

    def of(self, name, devices):
        return devices[self.by_name[name].mac]

    def ports(self, name):
        return set(self.wire.devices[self.by_name[name].address].ports)

    def test_what_was_heard_leaves_a_doubt(self):
        self.assertEqual([self.of(name, self.before)["grade"] for name in ("hikvision", "dahua", "hikvision-recorder")],
                         ["probable", "probable", "proven"])
        self.assertEqual(self.of("dahua", self.before)["ips"][0], TWO_VERSIONS_IPV6)

    def test_nobody_is_asked_while_no_window_is_open(self):
        self.assertEqual([when for when in asking.spoken(self.wire) if when < self.opened], [])

    def test_who_waited_for_a_window_is_asked_when_one_opens(self):
        self.assertIn("hikvision", {one["device"] for one in self.street.events()})

    def test_the_grade_rises(self):
        found = self.of("hikvision", self.after)
        self.assertEqual((found["grade"], found["maker"], found["kind"], found["model"]),
                         ("proven", "Hikvision", "camera", "DS-2CD2142FWD-I"))

    def test_who_has_newer_addresses_that_may_not_be_asked_is_asked_at_the_one_that_may(self):
        self.assertEqual(self.of("dahua", self.after)["grade"], "proven")
        self.assertEqual(self.wire.other, 0, "nothing was sent over IPv6")

    def test_only_those_in_doubt_received_anything(self):
        asked = {self.by_name[name].address for name in ("hikvision", "dahua")}
        self.assertEqual(self.wire.addresses() - {NOBODY[1]}, asked)
        self.assertEqual({one["device"] for one in self.street.events()}, {"hikvision", "dahua"})
        self.assertEqual({group for group, _ in self.wire.to_all} - {"224.0.0.22"}, set())

    def test_only_questions_of_its_maker_and_of_the_standards_are_put(self):
        for name, own, others in (("hikvision", OF_HIKVISION, OF_DAHUA), ("dahua", {37810}, OF_HIKVISION)):
            datagrams = {one["port"] for one in self.street.events("datagram") if one["device"] == name}
            ports = self.ports(name)
            self.assertLessEqual(own | STANDARDS, ports, name)
            self.assertEqual((ports | datagrams) & (others | OF_OTHERS), set(), name)

    def test_no_other_makers_control_port_is_opened(self):
        for name in ("hikvision", "dahua"):
            maker = self.by_name[name].maker
            others = {port for owner, port in CONTROL.items() if owner != maker}
            self.assertEqual(self.ports(name) & others, set(), name)
        self.assertIn(CONTROL["Dahua"], self.ports("dahua"))

    def test_no_other_makers_pages_are_asked_for(self):
        asked = {name: " ".join(one["line"] for one in self.street.events("http") if one["device"] == name)
                 for name in ("hikvision", "dahua")}
        self.assertIn("/ISAPI/", asked["hikvision"])
        self.assertNotIn("/cgi-bin/magicBox.cgi", asked["hikvision"])
        self.assertIn("/cgi-bin/magicBox.cgi", asked["dahua"])
        self.assertNotIn("/ISAPI/", asked["dahua"])

    def test_each_is_asked_once(self):
        """Half a minute and another hearing later, even who never answered."""
        self.assertEqual([when - self.asked_until for when in asking.spoken(self.wire) if when > self.asked_until], [])
        self.assertEqual(self.of("hikvision", self.daemon.devices())["grade"], "proven")
        self.assertIn(NOBODY[1], self.wire.arp)
        self.assertLessEqual(self.wire.arp[NOBODY[1]], 9)  # three tries for each time that the kernel gives up

    def test_it_ends_well_and_the_report_says_who_was_asked(self):
        self.assertEqual(self.status, 0)
        asked = self.daemon.asked()
        addresses = sorted([self.by_name["hikvision"].address, self.by_name["dahua"].address, NOBODY[1]])
        self.assertEqual((asked["targets"], asked["addresses"], asked["answered"]),
                         ([f"{one}/32" for one in addresses], 3, 2))


if __name__ == "__main__":
    stage.main()
