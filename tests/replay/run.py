#!/usr/bin/python3
"""Replays each capture here and compares what camwarden says with NAME.expect.

A capture is replayed twice and must come out the same, byte for byte. The .expect files hold its JSON
as lines that a person can read: devices with every fact and what it proves, then the alerts.
`--bless` writes them: read the difference before you commit it. The captures themselves are made by make_*.py, and
`--captures` checks that the scripts still make these bytes.
"""
import argparse
import difflib
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LAB_SCENE = ROOT / "tools" / "lab" / "scene.pcap"
MAKERS = sorted(path.stem for path in HERE.glob("make_*.py"))


def captures():
    return sorted([*HERE.glob("*.pcap"), *HERE.glob("*.pcapng"), LAB_SCENE])


LONGEST = 160  # of a value in an .expect file


def shown(value):
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}... ({len(text)} characters)"


def device_lines(device):
    yield f"device {device['id']}"
    for key in ("ips", "vlans", "segment", "kind", "maker", "brand", "model", "firmware", "serial", "hostname",
                "component", "grade", "confidence", "restricted_by", "violation", "first_seen", "last_seen"):
        if device[key] not in ("", [], None):
            yield f"  {key}: {shown(device[key])}"
    for item in device["evidence"]:
        claims = "".join(f" {key}={shown(value)}" for key, value in item["claims"].items())
        reason = f"  <- {item['fingerprint']}:{claims}" if item["fingerprint"] else ""
        yield f"  {item['packet']:>4} {item['field']} = {shown(item['value'])}{reason}"
    for conflict in device["conflicts"]:
        yield f"  conflict: {shown(conflict)}"


def alert_lines(alert):
    laws = " ".join(law["pack"] for law in alert["law_pack"])
    yield f"alert {alert['time']} {alert['type']} {alert['severity']} {alert['rule']} {alert['device']['id']} {laws}".rstrip()
    yield f"  {json.dumps(alert['why'])[:600]}"


def readable(said):
    """The JSON lines of a replay, for people. What is no JSON stays as it is."""
    out = []
    for line in said.splitlines():
        if not line.startswith("{"):
            out.append(line)
            continue
        document = json.loads(line)
        out += device_lines(document) if document.get("object") == "device" else alert_lines(document)
    return "\n".join(out) + "\n"


def replay(binary, capture):
    """Standard output, what it complained of, and its exit status, as one text."""
    done = subprocess.run([binary, "replay", "-c", str(HERE / "replay.yml"), "--format", "json", str(capture)],
                          capture_output=True, timeout=120, env=dict(os.environ, TZ="UTC", LC_ALL="C"))
    complaints = done.stderr.decode(errors="backslashreplace").replace(str(capture), capture.name)
    return (done.stdout.decode(errors="backslashreplace") + "".join(f"! {line}\n" for line in complaints.splitlines())
            + f"exit {done.returncode}\n")


def unprintable(text):
    """Characters that must not leave the process, whatever a device said."""
    return sorted({c for c in text if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160)})


def compare(binary, capture, bless):
    """What is wrong, as a text; empty when all is well."""
    said = replay(binary, capture)
    if said != replay(binary, capture):
        return "two replays differ"
    if unprintable(said):
        return f"control characters in the output: {unprintable(said)!r}"
    if not said.endswith(("exit 0\n", "exit 1\n", "exit 2\n")):
        return said[-2000:]
    said = readable(said)
    expect = HERE / f"{capture.stem}.expect"
    if bless:
        expect.write_text(said)
        return ""
    if not expect.exists():
        return f"there is no {expect.name}; --bless writes it, to be read"
    wanted = expect.read_text()
    return "".join(difflib.unified_diff(wanted.splitlines(True), said.splitlines(True), expect.name, "now", n=1))


def check_captures():
    """The makers' bytes against the files."""
    sys.path.insert(0, str(HERE))
    wrong, made = [], set()
    for maker in MAKERS:
        for name, octets in importlib.import_module(maker).captures():
            made.add(name)
            path = HERE / name
            if not path.exists() or path.read_bytes() != octets:
                wrong.append(f"{name}: {maker}.py makes other bytes; run it")
    return wrong + [f"{path.name}: no script makes it" for path in captures()
                    if path.parent == HERE and path.name not in made]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=os.environ.get("CAMWARDEN_BIN", str(ROOT / "build" / "release" / "camwarden")))
    parser.add_argument("--bless", action="store_true", help="write the .expect files")
    parser.add_argument("--captures", action="store_true", help="only check that the scripts make these captures")
    parser.add_argument("names", nargs="*", help="captures to replay; all by default")
    given = parser.parse_args()
    if given.captures:
        wrong = check_captures()
    else:
        chosen = [path for path in captures() if not given.names or path.stem in given.names]
        wrong = [f"{path.name}: {problem}" for path in chosen
                 if (problem := compare(given.binary, path, given.bless))]
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
