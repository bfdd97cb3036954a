#!/usr/bin/python3
"""A second opinion on the lab's scene: what tshark reads in it, Camwarden must have read too.

tshark was written by nobody here. Compared by sender: ARP bindings, DHCP host names and vendor
classes, HTTP Server headers, RTSP Server headers, and the scopes of WS-Discovery answers that came
as IP fragments. Exit status 77: tshark is not installed.

Usage: tshark_test.py CAMWARDEN
"""
import json
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENE = ROOT / "tools/lab/scene.pcap"
CONFIG = ROOT / "tests/replay/replay.yml"

# What it is, tshark's filter, tshark's field of the owner, of the value; our field of the same.
QUESTIONS = [
    ("ARP binding", "arp and not arp.src.proto_ipv4 == 0.0.0.0", "arp.src.hw_mac", "arp.src.proto_ipv4", "arp.announce"),
    ("DHCP host name", "dhcp.type == 1 and dhcp.option.hostname", "dhcp.hw.mac_addr", "dhcp.option.hostname", "dhcp.hostname"),
    ("DHCP vendor class", "dhcp.type == 1 and dhcp.option.vendor_class_id", "dhcp.hw.mac_addr",
     "dhcp.option.vendor_class_id", "dhcp.vendor_class"),
    ("HTTP Server", "tcp and http.server", "eth.src", "http.server", "http.server"),
]


def tshark(*arguments):
    command = ["tshark", "-r", str(SCENE), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def rows(filter_, *fields):
    out = tshark("-Y", filter_, "-T", "fields", "-E", "occurrence=f", *[word for field in fields for word in ("-e", field)])
    return {tuple(line.split("\t")) for line in out.splitlines() if line.strip()}


def our_facts(binary):
    """(mac, field) -> values."""
    out = subprocess.run([binary, "replay", "-c", str(CONFIG), "--format", "json", str(SCENE)],
                         capture_output=True, text=True)
    facts = {}
    for line in out.stdout.splitlines():
        device = json.loads(line)
        if device["object"] != "device" or not device["mac"]:
            continue
        for item in device["evidence"]:
            facts.setdefault((device["mac"], item["field"]), set()).add(item["value"])
    return facts


def rtsp_servers():
    """tshark has no field for it, but shows the lines of a message in its text."""
    out = tshark("-Y", 'rtsp.response and frame contains "Server:"', "-T", "json", "-e", "eth.src", "-e", "tcp.payload")
    for packet in json.loads(out):
        layers = packet["_source"]["layers"]
        text = bytes.fromhex("".join(layers["tcp.payload"])).decode("latin-1")
        for line in text.split("\r\n"):
            if line.startswith("Server:"):
                yield layers["eth.src"][0], line.split(":", 1)[1].strip()


def fragmented_answers():
    """Owners of WS-Discovery datagrams that tshark put together from fragments."""
    return {mac for (mac,) in rows("udp.srcport == 3702 and ip.fragments", "eth.src")}


def main():
    if not shutil.which("tshark"):
        print("skipped: tshark is not installed")
        return 77
    facts = our_facts(sys.argv[1])
    wrong, compared = [], 0
    expected = [(what, mac, value, field) for what, filter_, owner, value_field, field in QUESTIONS
                for mac, value in rows(filter_, owner, value_field)]
    expected += [("RTSP Server", mac, value, "rtsp.server") for mac, value in set(rtsp_servers())]
    for what, mac, value, field in sorted(expected):
        compared += 1
        if value not in facts.get((mac, field), set()):
            wrong.append(f"{what}: tshark reads {value!r} of {mac}; Camwarden has {sorted(facts.get((mac, field), []))}")
    fragmented = fragmented_answers()
    for mac in fragmented:
        compared += 1
        if not facts.get((mac, "wsdd.scopes")):
            wrong.append(f"WS-Discovery: {mac} answered in fragments, and Camwarden has no scopes of it")
    kinds = {what for what, *_ in expected}
    missing = ({question[0] for question in QUESTIONS} | {"RTSP Server"}) - kinds
    if missing or not fragmented:
        wrong.append(f"the scene lacks: {sorted(missing)}{'' if fragmented else ' fragments'}")
    print("\n".join(wrong) if wrong else f"{compared} values read alike")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
