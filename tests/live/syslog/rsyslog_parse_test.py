#!/usr/bin/python3
"""Debian's rsyslogd must understand every part of what the sinks send: the RFC 5424 header by its
own parser, each structured-data parameter by mmpstrucdata, a JSON body by mmjsonparse and a CEF
body by liblognorm's cef parser; over UDP, and over TCP with both framings."""

import glob
import json
import os
import shutil
import sys

from receiver import EVENT, HOSTILE, META, ORIGIN, SKIPPED, Receiver, check_event

CONFIGURATION = """
global(workDirectory="{dir}" maxMessageSize="64k")
module(load="mmpstrucdata") module(load="mmjsonparse") {normalize_module}
module(load="imudp") module(load="imptcp")
template(name="j" type="list" option.jsonf="on") {{
  property(outname="pri" name="pri" format="jsonf")
  property(outname="time" name="timereported" dateFormat="rfc3339" format="jsonf")
  property(outname="host" name="hostname" format="jsonf")
  property(outname="app" name="app-name" format="jsonf")
  property(outname="process" name="procid" format="jsonf")
  property(outname="id" name="msgid" format="jsonf")
  property(outname="data" name="$!rfc5424-sd" format="jsonf")
  property(outname="parsed" name="$!body" format="jsonf")
  property(outname="cef" name="$!cef" format="jsonf")
  property(outname="text" name="msg" format="jsonf")
}}
ruleset(name="r") {{
  action(type="mmpstrucdata")
  action(type="mmjsonparse" cookie="" container="$!body")
  {normalize_action}
  action(type="omfile" file="{dir}/out.jsonl" template="j")
}}
input(type="imudp" address="127.0.0.1" port="{udp}" ruleset="r")
input(type="imptcp" address="127.0.0.1" port="{tcp}" ruleset="r")
"""


def has_normalize():
    return bool(glob.glob("/usr/lib/*/rsyslog/mmnormalize.so"))


def command(directory, tcp, udp):
    rules = directory + "/cef.rulebase"
    with open(rules, "w") as file:
        file.write("version=2\nrule=:%f:cef%\n")
    normalize = has_normalize()
    with open(directory + "/rsyslog.conf", "w") as file:
        file.write(
            CONFIGURATION.format(
                dir=directory,
                tcp=tcp,
                udp=udp,
                normalize_module='module(load="mmnormalize")' if normalize else "",
                normalize_action=f'action(type="mmnormalize" rulebase="{rules}" path="$!cef" useRawMsg="off")'
                if normalize
                else "",
            )
        )
    return (
        [shutil.which("rsyslogd", path="/usr/sbin:/sbin:" + os.environ["PATH"]), "-n", "-f", directory + "/rsyslog.conf", "-i", directory + "/pid"],
        dict(os.environ),
    )


def part(value):
    return json.loads(value) if isinstance(value, str) and value else value


def check_header(message):
    expected = {
        "pri": "163",
        "time": "2026-09-10T12:34:56.789Z",
        "host": "sensor-7.lab.example",
        "app": "camwarden",
        "process": "4711",
        "id": "policy.violation",
    }
    found = {name: message[name] for name in expected}
    assert found["time"].replace("+00:00", "Z") == expected["time"], found
    assert found | {"time": expected["time"]} == expected, found


def check_data(message, expected, cut):
    data = part(message["data"])
    check_event(data["event@32473"], expected, cut)
    if not cut:
        assert data["meta"] == META, data
        assert data["origin"] == ORIGIN, data


def check_plain(ordinary, hostile):
    text = ordinary["text"].lstrip()
    assert text == "A camera made by Hikvision is on segment OT-1.", text
    text = hostile["text"].lstrip().removeprefix("\ufeff")
    assert text == "line1\\x0aline2 a\\b c=d Zürich", text


def check_json(ordinary, hostile):
    body = part(ordinary["parsed"])
    assert body["id"] == EVENT["event_id"] and body["type"] == "policy.violation", body
    assert body["device"]["mac"] == EVENT["device_mac"], body
    assert body["law_pack"][0]["pack"] == "us-ndaa-889", body
    body = part(hostile["parsed"])
    assert body["segment"] == HOSTILE["segment"], body
    assert body["device"]["model"] == HOSTILE["model"], body


def check_cef(ordinary, hostile):
    if not has_normalize():
        print("mmnormalize is not installed: CEF bodies are not parsed here")
        return
    cef = part(ordinary["cef"])["f"]
    assert cef["DeviceVendor"] == "Camwarden" and cef["SignatureID"] == "policy.violation", cef
    assert cef["Severity"] == "8", cef
    extension = cef["Extensions"]
    expected = {
        "rt": "1789043696789",
        "src": "192.0.2.50",
        "smac": "44:19:b6:0a:0b:0c",
        "dvchost": "sensor-7.lab.example",
        "cs1": "no-cam-on-ot",
        "cs2": "OT-1",
        "cs3": "Hikvision",
        "cs4": "DS-2CD2142FWD-I",
        "cs5": "V5.5.0 build 170725",
        "cs6": "sadp,http",
        "cs6Label": "evidence",
        "cn1": "300",
        "externalId": "01J8ZK3V5Q",
        "msg": "A camera made by Hikvision is on segment OT-1.",
    }
    assert expected.items() <= extension.items(), extension
    extension = part(hostile["cef"])["f"]["Extensions"]
    assert extension["cs2"] == HOSTILE["segment"], extension
    assert extension["cs4"] == "two\r\nlines \\x1b[31m", extension
    assert extension["cs5"] == HOSTILE["firmware"], extension
    assert extension["msg"] == "line1\nline2 a\\b c=d Zürich", extension


def main(sender):
    if not shutil.which("rsyslogd", path="/usr/sbin:/sbin:" + os.environ["PATH"]):
        print("skipped: rsyslogd is not installed")
        return SKIPPED
    checks = {"plain": check_plain, "json": check_json, "cef": check_cef}
    with Receiver(command) as receiver:
        for transport, framing in (("tcp", "octet"), ("tcp", "lf"), ("udp", "octet")):
            for form, check_body in checks.items():
                pair = receiver.receive(sender, transport, framing, form)
                for message, expected in zip(pair, (EVENT, EVENT | HOSTILE)):
                    check_header(message)
                    check_data(message, expected, cut=False)
                check_body(*pair)
                print(f"{transport} {framing} {form}: understood")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
