"""A camera that nobody here wrote: the one against which npm's onvif is tested, by WS-Discovery and by SOAP.

    npm install onvif-mockup@npm:onvif@0.6.5 coffee-script dot        the newest that brings it
"""
import os
import shutil
import subprocess
import unittest

import stage
import servers

# It tells calls by the body's opening tag as its own client writes it; what is asked stays, word for word.
MOCKUP = """
const http = require('http');
const {Readable} = require('stream');
const schema = 'http://www.w3.org/2001/XMLSchema';
const listen = http.createServer;
http.createServer = (listener) => listen(async (request, response) => {
  let asked = '';
  for await (const part of request) asked += part;
  asked = asked.replace(/<\\w+:Body>/, `<s:Body xmlns:xsi="${schema}-instance" xmlns:xsd="${schema}">`);
  listener(Readable.from([asked.replace(/<\\/\\w+:Body>/, '</s:Body>')]), response);
});
require('coffee-script/register');
require('onvif-mockup/test/serverMockup.coffee');
"""
NEEDED = "['coffee-script', 'dot', 'onvif-mockup/test/serverMockup.coffee'].forEach((one) => require.resolve(one))"


def mockup_is_there():
    return shutil.which("node") and subprocess.run(["node", "-e", NEEDED], capture_output=True).returncode == 0


class Mockup(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.street = stage.Neighbourhood("servers", serve=False)
        cls.addClassCleanup(cls.street.close)
        cls.log = cls.street.folder / "mockup"
        with cls.log.open("w") as log:
            cls.street.start(cls.street.street, "node", "-e", MOCKUP, stdout=log, stderr=log,
                             env=dict(os.environ, HOSTNAME=servers.INTERFACE, PORT="8080", VERBOSE="true"))
        cls.wait_for("Listening")
        cls.scan = stage.Scan(cls.street, "--all")
        cls.found = next((one for one in cls.scan.devices().values() if servers.INTERFACE in one["ips"]), {})
        cls.said = {(one["field"], one["value"]) for one in cls.found.get("evidence", ())}

    @classmethod
    def wait_for(cls, text):
        for _ in range(100):
            if text in cls.log.read_text():
                return
            stage.pause(0.1)
        raise AssertionError(f"the mockup does not start: {cls.log.read_text()}")

    def test_it_understood_what_it_was_asked(self):
        heard = self.log.read_text()
        for text in ("Discovery received", "GetSystemDateAndTime", "GetDeviceInformation", "GetScopes"):
            self.assertIn(text, heard)

    def test_its_discovery_is_read(self):
        where = f"http://{servers.INTERFACE}:8080/onvif/device_service"
        self.assertLessEqual({("wsdd.xaddrs", where), ("wsdd.scope_name", "PREDATOR")}, self.said)

    def test_its_device_information_is_read(self):
        self.assertLessEqual({("onvif.manufacturer", "Mockup Manufacturer"), ("onvif.model", "Mockup Model"),
                              ("onvif.hardware_id", "MOCKUP")}, self.said)
        self.assertEqual((self.found["firmware"], self.found["serial"]), ("Mockup_15_14_13", "00000000"))

    def test_it_is_a_camera_that_no_law_means(self):
        self.assertEqual((self.found.get("kind"), self.found.get("restricted_by")), ("camera", []))

    def test_nothing_sent_is_malformed(self):
        if not stage.installed("tshark"):
            self.skipTest("tshark is not installed")
        self.assertEqual(stage.malformed(self.scan.path, stage.segment.SCANNER_MAC), [])


if __name__ == "__main__":
    if not mockup_is_there():
        stage.skip("npm's onvif-mockup is not installed, see above (or NODE_PATH does not lead to it)")
    stage.main()
