#!/usr/bin/python3
"""The layer check itself: it must fail on what it forbids."""
import pathlib
import subprocess
import sys
import tempfile

CHECK = pathlib.Path(__file__).with_name("check_includes.py")
BAD = {
    "right half sees bytes": ("policy/a.cc", '#include "packet/packet.h"\n'),
    "include goes up": ("base/a.h", '#include "observation/field.h"\n'),
    "unknown folder": ("misc/a.h", "\n"),
    "library outside its file": ("app/a.cc", "#include <yaml.h>\n"),
    "banned name": ("app/a.h", "class AlertManager {};\n"),
    "mutex": ("app/a.h", "std::mutex m;\n"),
}
GOOD = ("policy/a.cc", '#include "policy/b.h"\n#include "base/text.h"\n#include <vector>\n')


def exit_status(name, text):
    with tempfile.TemporaryDirectory() as root:
        path = pathlib.Path(root, name)
        path.parent.mkdir()
        path.write_text(text)
        return subprocess.run([CHECK, root], stdout=subprocess.DEVNULL).returncode


failed = [title for title, file in BAD.items() if exit_status(*file) != 1]
if exit_status(*GOOD) != 0:
    failed.append("a lawful file")
print("wrong verdict on: " + ", ".join(failed) if failed else f"{len(BAD) + 1} verdicts right")
sys.exit(1 if failed else 0)
