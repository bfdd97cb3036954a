#!/usr/bin/python3
"""Holds the #includes of daemon/ to the picture in docs/ARCHITECTURE.md.

A folder includes from folders strictly below it on its own side, plus observation and base. Heavy
libraries are included by one file each. Usage: check_includes.py DAEMON_DIR
"""
import pathlib
import re
import sys

LEFT = {
    "packet": {"observation", "base"},
    "protocols": {"packet", "observation", "base"},
    "discovery": {"protocols", "packet", "observation", "base"},
}
RIGHT = {
    "fingerprint": {"observation", "base"},
    "inventory": {"fingerprint", "observation", "base"},
    "policy": {"inventory", "fingerprint", "observation", "base"},
    "sinks": {"policy", "inventory", "fingerprint", "observation", "base"},
    "report": {"policy", "inventory", "fingerprint", "observation", "base"},
}
ALLOWED = {"base": set(), "observation": {"base"}, **LEFT, **RIGHT,
           "app": {*LEFT, *RIGHT, "observation", "base"}, ".": {"app"}}

# Library header -> the only files that may include it.
ONE_FILE = {
    r"yaml\.h$": {"base/yaml_tree.cc"},
    r"re2/": {"base/regex.cc", "base/regex.h"},
    r"SQLiteCpp/|sqlite3\.h": {"base/database.cc"},
    r"boost/json": {"base/json.h", "base/json.cc"},
    r"boost/asio": {"sinks/"},  # transports are a file each; a name that ends in / is a folder
    r"boost/lockfree": {"base/queue.h"},
    r"pcap": {"packet/source.cc"},
    r"bpf/": {"packet/shunt.cc"},  # and the kernel's side, shunt.bpf.c, which is no C++
    r"pugixml": {"protocols/xml.cc"},
    r"openssl/(?!sha\.h|evp\.h|ssl\.h|err\.h)": {"protocols/certificate.cc"},
    r"openssl/ssl\.h": {"discovery/tls_session.cc"},
    r"openssl/err\.h": {"discovery/tls_session.cc", "protocols/certificate.cc"},
    r"openssl/(sha|evp)\.h": {"base/digest.cc"},
    r"tins/": {"discovery/link_sweep.cc"},
    r"CLI/": {"app/commands.cc"},
    r"spdlog/": {"base/log.cc"},
    r"systemd/": {"app/supervision.cc"},
    r"cap-ng\.h|seccomp\.h": {"app/privileges.cc"},
}
BANNED_NAMES = re.compile(r"\b(class|struct)\s+\w*(Manager|Handler|Helper|Util|Processor|Service|Impl)\b")
BANNED_CODE = re.compile(r"std::regex|reinterpret_cast|catch\s*\(\.\.\.\)|using namespace std\b|sleep_for|\bsystem\(")


def errors_of(path, root):
    relative = path.relative_to(root).as_posix()
    folder = relative.split("/")[0] if "/" in relative else "."
    if folder not in ALLOWED:
        yield f"{relative}:1: folder \"{folder}\" is not in the table of layers"
        return
    for number, line in enumerate(path.read_text().splitlines(), 1):
        where = f"{relative}:{number}"
        code = line.split("//")[0]
        own = re.match(r'#include "([^"/]+)/', line)
        if own and own[1] != folder and own[1] not in ALLOWED[folder]:
            yield f"{where}: {folder} may not include from {own[1]}"
        library = re.match(r"#include <([^>]+)>", line)
        for pattern, files in ONE_FILE.items():
            if library and re.match(pattern, library[1]) and relative not in files and folder + "/" not in files:
                yield f"{where}: <{library[1]}> belongs to {', '.join(sorted(files))} alone"
        if BANNED_NAMES.search(code) or BANNED_CODE.search(code):
            yield f"{where}: against the house style: {line.strip()}"
        if re.search(r"\bmutex\b|condition_variable", code) and folder != "base":
            yield f"{where}: no mutex outside base/"


def main():
    root = pathlib.Path(sys.argv[1])
    files = sorted([*root.rglob("*.h"), *root.rglob("*.cc")])
    found = [error for path in files for error in errors_of(path, root)]
    print("\n".join(found) if found else f"{len(files)} files, every include goes down")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
