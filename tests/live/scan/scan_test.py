"""A whole scan of a /24: who is found, what the devices received, and what nobody received."""
import csv
import html.parser
import json
import os
import pty
import re
import sys
import unittest

import stage

sys.path.insert(0, str(stage.LAB / "segment"))
import bystanders  # noqa: E402
import received  # noqa: E402
import segment  # noqa: E402

PACKETS_A_SECOND, OPEN_CONNECTIONS, REQUESTS = 40, 4, 60  # a device's budget, as the manual promises it
GENTLE_PACKETS, GENTLE_CONNECTIONS = 5, 1
NEVER = ("--never-touch", bystanders.NEVER_TOUCH)


class Street(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.street = stage.Neighbourhood("office")
        cls.addClassCleanup(cls.street.close)

    def assert_within(self, scan, packets, connections):
        for one in self.street.everyone:
            with self.subTest(one.name):
                got, asked = scan.wire.devices[one.address], scan.requests_of(one)
                self.assertLessEqual(got.most_in(1.0), packets, "packets in a second")
                self.assertLessEqual(got.most_open, connections, "connections at once")
                self.assertLessEqual(len(asked), REQUESTS, "requests")


class Whole(Street):
    """One scan, looked at from every side."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scan = stage.Scan(cls.street, *NEVER)
        cls.found = cls.scan.devices()

    def test_every_camera_is_named(self):
        for one in self.street.video:
            with self.subTest(one.name):
                found = self.found.get(one.mac, {})
                self.assertEqual((found.get("maker"), found.get("kind")), (one.maker, one.kind))
                self.assertIn(one.address, str(found))

    def test_models_are_read(self):
        missing = {one.name: self.found.get(one.mac, {}).get("model") for one in self.street.video
                   if one.model and one.model not in str(self.found.get(one.mac, {}).get("model"))}
        self.assertLessEqual(set(missing), {"foscam"}, missing)  # which tells it to nobody

    def test_nothing_else_is_called_a_camera(self):
        cameras = {one.mac for one in self.street.video}
        wrong = {mac: one for mac, one in self.found.items() if mac not in cameras
                 and one.get("kind") in ("camera", "recorder", "video-other")}
        self.assertEqual(wrong, {})

    def test_exit_status_says_that_something_restricted_was_found(self):
        self.assertEqual(self.scan.status, 1, self.scan.err)

    def test_it_takes_no_long_time(self):
        self.assertLess(self.scan.took, 20, self.scan.err)  # what bench/scan measures is far less, on a machine of its own

    def test_each_devices_budget_is_kept(self):
        self.assert_within(self.scan, PACKETS_A_SECOND, OPEN_CONNECTIONS)

    def test_nothing_is_sent_outside_the_targets(self):
        outside = {where for where in self.scan.wire.addresses() if not where.startswith("10.77.0.")}
        self.assertEqual(outside, set())

    def test_who_must_not_be_touched_is_not(self):
        self.assertEqual(self.scan.wire.devices[bystanders.NEVER_TOUCH].times, [])
        self.assertEqual(self.scan.wire.arp[bystanders.NEVER_TOUCH], 0)

    def test_a_printers_raw_port_is_never_touched(self):
        for address, device in self.scan.wire.devices.items():
            self.assertEqual(device.ports[bystanders.PRINTER_RAW_PORT], 0, address)

    def test_nothing_sent_is_malformed(self):
        if not stage.installed("tshark"):
            self.skipTest("tshark is not installed")
        self.assertEqual(stage.malformed(self.scan.path, segment.SCANNER_MAC), [])
        self.assertEqual([one for one in self.scan.heard if one["event"] == "malformed"], [])

    def test_no_fragment_is_sent(self):
        for _, frame in received.frames(self.scan.path):
            if frame[6:12] == self.scan.wire.mac and frame[12:14] == b"\x08\0":
                self.assertEqual(int.from_bytes(frame[20:22], "big") & 0x3FFF, 0, frame.hex())

    def test_no_credential_and_no_write_is_sent(self):
        for one in self.scan.heard:
            if one["event"] not in ("http", "rtsp"):
                continue
            self.assertNotIn("authorization", one["headers"], one)
            self.assertIn(one["line"].split()[0], ("GET", "HEAD", "POST", "OPTIONS", "DESCRIBE"), one)
            if one["line"].startswith("POST"):
                self.assertRegex(one["body"], r"<(\w+:)?Get\w+|getAllUnrestrictedProperties", one)
            self.assertLess(len(one["line"]) + sum(map(len, one["headers"].values())), 512, one)

    def test_no_question_is_an_order(self):
        """Of the protocols that know orders: fact sheet on discovery protocols, section 42."""
        for one in self.scan.heard:
            if one["event"] not in ("question", "datagram"):
                continue
            octets = bytes.fromhex(one["octets"])
            if one["port"] == 37020:
                self.assertRegex(octets, rb"<Types>inquiry(_v32)?</Types>")
            if octets[:4] == b"MHED":
                self.assertEqual(octets[8:12], b"\1\0\0\0")
            if one["port"] == 34569:
                self.assertEqual(octets[14:16], (1530).to_bytes(2, "little"))
            if one["port"] == 10670:
                self.assertEqual(octets[4:6], b"\0\x0d")

    def test_a_segment_is_asked_once(self):
        again = {where: count for where, count in self.scan.wire.to_all.items() if count > 6}
        self.assertEqual(again, {})

    def test_tables_are_whole(self):
        rows = list(csv.DictReader(self.scan.file("csv").read_text().splitlines()))
        self.assertEqual({row["mac"] for row in rows if row["mac"]}, set(self.found))

    def test_the_report_is_whole_html(self):
        page = Page()
        page.feed(self.scan.file("html").read_text())
        page.close()
        self.assertEqual(page.open, [])
        self.assertEqual(page.scripts, 0)
        self.assertIn("DS-2CD2142FWD-I", page.text)


class Page(html.parser.HTMLParser):
    VOID = {"meta", "link", "br", "hr", "img", "input", "col", "circle", "rect", "path", "line", "polyline", "use"}

    def __init__(self):
        super().__init__()
        self.open, self.scripts, self.text = [], 0, ""

    def handle_starttag(self, tag, attributes):
        self.scripts += tag == "script" or any(name.startswith("on") for name, _ in attributes)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            raise ValueError(f"</{tag}> closes nothing")

    def handle_data(self, text):
        self.text += text


class Other(Street):
    def test_a_dry_run_sends_nothing_and_says_what_it_would(self):
        with self.street.watch() as watch:
            done = self.street.scan(stage.sensor.find_binary(), "scan", "--dry-run", self.street.net)
        self.assertEqual((done.returncode, watch.capture().asked), (0, 0), done.stderr)
        for word in ("10.77.0.0/24", "554", "37020"):
            self.assertIn(word, done.stdout)

    def test_an_interrupt_gives_what_was_found(self):
        scan = stage.Scan(self.street, "--rate", "100", interrupt=1.5)
        self.assertEqual(scan.status, 130, scan.err)
        self.assertRegex(scan.err + scan.out, r"(?i)interrupt")
        self.assertTrue(scan.file("json").exists())
        self.assertLess(scan.took, 5)

    def test_gentle_is_gentle(self):
        scan = stage.Scan(self.street, "--gentle", targets=["10.77.0.11-12", "10.77.0.31"])
        for address in ("10.77.0.11", "10.77.0.12", "10.77.0.31"):
            got = scan.wire.devices[address]
            self.assertLessEqual(got.most_in(1.0), GENTLE_PACKETS, address)
            self.assertLessEqual(got.most_open, GENTLE_CONNECTIONS, address)
        self.assertEqual({one["maker"] for one in scan.devices().values() if one.get("maker")}, {"Hikvision", "Axis"})
        self.assertLessEqual(scan.wire.addresses(), {"10.77.0.11", "10.77.0.12", "10.77.0.31"})

    def test_a_rate_is_kept(self):
        """What the kernel answers on its own (acknowledgements, resets) is on top of it."""
        scan = stage.Scan(self.street, "--rate", "150", targets=["10.77.0.1-69"])
        self.assertLess(scan.wire.most_in(1.0), 200)

    def test_what_is_found_is_restricted_first(self):
        done = self.street.scan(stage.sensor.find_binary(), "scan", "--deny", "us-ndaa-889", self.street.net)
        rows = [line for line in done.stdout.splitlines() if re.search(r"10\.77\.0\.\d+", line)]
        self.assertRegex(rows[0], "Hikvision|Dahua")
        self.assertNotIn("\x1b", done.stdout)  # no terminal, no colour

    def on_a_terminal(self, **more):
        ours, theirs = pty.openpty()
        environment = dict(os.environ, TERM="xterm-256color", **more)
        process = self.street.start(self.street.scanner, stage.sensor.find_binary(), "scan", "10.77.0.11-31", stdout=theirs,
                                    stderr=theirs, env=environment)
        os.close(theirs)
        said = b""
        try:
            while octets := os.read(ours, 65536):
                said += octets
        except OSError:
            pass  # the other end has closed
        os.close(ours)
        process.wait(timeout=60)
        return said.decode()

    def test_a_terminal_sees_progress_and_colour_unless_it_wants_none(self):
        colour = re.compile("\x1b\\[[0-9;]*[1-9][0-9;]*m")
        said = self.on_a_terminal()
        self.assertIn("%", said)
        self.assertRegex(said, colour)
        plain = self.on_a_terminal(NO_COLOR="1")
        self.assertNotRegex(plain, colour)
        self.assertIn("Hikvision", plain)

    def test_who_ran_out_of_time_says_of_nobody_that_he_is_clean(self):
        done = self.street.scan(stage.sensor.find_binary(), "scan", "--rate", "2", "--time-limit", "1", "10.77.0.31-36")
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn("out of time", done.stdout + done.stderr)

    def test_nobody_restricted_is_status_0(self):
        scan = stage.Scan(self.street, targets=["10.77.0.31-36"])
        self.assertEqual(scan.status, 0, scan.err)
        self.assertEqual(len([one for one in scan.devices().values() if one.get("kind") == "camera"]), 6)

    def test_what_is_too_much_or_elsewhere_is_refused_and_nothing_is_sent(self):
        for target in ("0.0.0.0/0", "198.51.100.0/24", "10.77.0.0/33", "10.77.0.9-3"):
            with self.subTest(target), self.street.watch() as watch:
                done = self.street.scan(stage.sensor.find_binary(), "scan", target)
                self.assertEqual(done.returncode, 2, done.stdout)
                self.assertNotEqual(done.stderr.strip(), "")
            seen = watch.capture()
            self.assertEqual(seen.asked, 0, (seen.to_others, seen.to_all, seen.other, seen.arp))

    def test_where_nothing_can_be_written_nothing_is_sent(self):
        with self.street.watch() as watch:
            done = self.street.scan(stage.sensor.find_binary(), "scan", "--format", "json", "--output",
                                    "/nonexistent/found.json", "10.77.0.11")
        self.assertEqual((done.returncode, watch.capture().asked), (2, 0), done.stderr)
        self.assertIn("/nonexistent/found.json", done.stderr)

    def test_where_the_disk_is_full_is_trouble(self):
        done = self.street.scan(stage.sensor.find_binary(), "scan", "--format", "json", "--output", "/dev/full", "10.77.0.11")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("/dev/full", done.stderr)

    def test_never_touch_wins_whatever_names_it(self):
        """A maker's prefix, a MAC, a port and a prefix, each."""
        scan = stage.Scan(self.street, "--never-touch", "44:19:b6", "--never-touch", "ac:cc:8e:00:00:31", "--never-touch",
                          "554", "--never-touch", "10.77.0.32/31", targets=["10.77.0.11-12", "10.77.0.31-36"])
        for address in ("10.77.0.11", "10.77.0.31", "10.77.0.32", "10.77.0.33"):
            self.assertEqual(scan.wire.devices[address].times, [], address)
        self.assertEqual(sum(device.ports[554] for device in scan.wire.devices.values()), 0)
        self.assertGreater(scan.wire.devices["10.77.0.12"].ports[80], 0)

    def test_without_raw_sockets_it_still_finds_cameras_and_says_what_it_loses(self):
        done = self.street.scan("setpriv", "--bounding-set", "-net_raw,-net_admin", "--inh-caps", "-net_raw,-net_admin",
                                stage.sensor.find_binary(), "scan", "--format", "json", "10.77.0.11-13")
        makers = [json.loads(line)["maker"] for line in done.stdout.splitlines()]
        self.assertEqual(makers, 3 * ["Hikvision"], done.stdout + done.stderr)
        self.assertIn("CAP_NET_RAW", done.stderr)


if __name__ == "__main__":
    stage.main()
