#!/usr/bin/python3
"""syslog-ng must understand what the sinks send, with its own RFC 5424 parser. Its Debian package
removes rsyslog, so it may be unpacked into a directory instead (dpkg -x syslog-ng-core, libnet1 and
libivykis0), which SYSLOG_NG_ROOT names; without either the test is skipped."""

import glob
import json
import os
import shutil
import sys

from receiver import EVENT, HOSTILE, SKIPPED, Receiver, check_event

CONFIGURATION = """
@version: 3.38
options {{ keep-hostname(yes); }};
source s {{
  syslog(transport("tcp") ip("127.0.0.1") port({tcp}) log-msg-size(65536));
  syslog(transport("udp") ip("127.0.0.1") port({udp}));
}};
destination d {{
  file("{dir}/out.jsonl" template("$(format-json --key .SDATA.* --pair pri=$PRI --pair host=$HOST --pair app=$PROGRAM --pair process=$PID --pair id=$MSGID --pair text=$MSG)\\n"));
}};
log {{ source(s); destination(d); }};
"""

ROOT = os.environ.get("SYSLOG_NG_ROOT", "")


def program():
    return shutil.which("syslog-ng", path=ROOT + "/usr/sbin")


def command(directory, tcp, udp):
    with open(directory + "/syslog-ng.conf", "w") as file:
        file.write(CONFIGURATION.format(dir=directory, tcp=tcp, udp=udp))
    modules = glob.glob(ROOT + "/usr/lib/syslog-ng/3.*")[0]
    libraries = [os.path.dirname(modules), *glob.glob(ROOT + "/usr/lib/*-linux-gnu")]
    arguments = [program(), "-F", "--no-caps", "--module-path=" + modules]
    arguments += [f"--{what}={directory}/{what}" for what in ("persist-file", "pidfile", "control")]
    arguments += ["-f", directory + "/syslog-ng.conf"]
    return arguments, os.environ | ({"LD_LIBRARY_PATH": ":".join(libraries)} if ROOT else {})


def check(message, expected):
    header = {"pri": "163", "host": "sensor-7.lab.example", "app": "camwarden", "process": "4711", "id": "policy.violation"}
    assert header.items() <= {name: str(value) for name, value in message.items()}.items(), message
    data = message["_SDATA"]
    check_event({name: str(value) for name, value in data["event@32473"].items()}, expected, cut=False)
    assert data["origin"]["software"] == "camwarden" and str(data["meta"]["sequenceId"]) == "3", data


def main(sender):
    if not program():
        print("skipped: syslog-ng is not installed and SYSLOG_NG_ROOT does not name it")
        return SKIPPED
    with Receiver(command) as receiver:
        for transport in ("tcp", "udp"):
            for form in ("plain", "json", "cef"):
                ordinary, hostile = receiver.receive(sender, transport, "octet", form)
                check(ordinary, EVENT)
                check(hostile, EVENT | HOSTILE)
                if form == "plain":
                    assert hostile["text"] == "line1\\x0aline2 a\\b c=d Zürich", hostile["text"]
                if form == "json":
                    assert json.loads(hostile["text"])["segment"] == HOSTILE["segment"]
                print(f"{transport} {form}: understood")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
