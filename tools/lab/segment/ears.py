"""What a simulated device does with a datagram: for each way to answer a question, a port, the groups
that the device has joined, and answers(question, asker) -> [(payload, destination, source port)].

Where a maker's devices answer to everybody, the destination says so. The payloads are those of
tests/replay's dialects: the fact sheet's vectors, with other addresses.
"""
import re
import sys
from pathlib import Path

LAB = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(LAB), str(LAB.parents[1] / "tests" / "replay")]

import dialects as say  # noqa: E402
import maker_dialects as speak  # noqa: E402

EVERYBODY = "255.255.255.255"


class Ear:
    """`opens`: how a question begins; others are not answered."""

    def __init__(self, port, opens, answer, groups=(), to=None, source_port=None):
        self.port, self.opens, self.answer, self.groups, self.to = port, opens, answer, groups, to
        self.source_port = source_port or port

    def answers(self, question, asker):
        if not question.startswith(self.opens):
            return []
        payload = self.answer(question, asker) if callable(self.answer) else self.answer
        if payload is None:
            return []
        return [(payload, self.to or asker, self.source_port)]


def tag(question, name):
    found = re.search(rb"<(?:[\w-]+:)?" + name + rb"[^>]*>\s*([^<]*?)\s*</", question)
    return found[1].decode("latin-1") if found else ""


def sadp(to_group=True, **match):
    """Older firmware answers to the group, newer to who asked."""
    def answer(question, _):
        if tag(question, b"Types") not in ("inquiry", "inquiry_v32"):
            return None  # anything else would be an order
        return say.sadp_match(tag(question, b"Uuid"), **match)
    to = (say.SADP_GROUP, say.SADP_PORT) if to_group else None
    return Ear(say.SADP_PORT, b"<?xml", answer, (say.SADP_GROUP,), to)


def dhip(**match):
    def answer(question, _):
        return say.dhip_match(**match) if b"DHDiscover.search" in question[32:] else None
    return Ear(say.DHIP_PORT, b"\x20\0\0\0DHIP", answer, (say.DHIP_GROUP,))


def wsd(uuid, scopes, xaddrs, types="dn:NetworkVideoTransmitter tds:Device", wanted=("NetworkVideoTransmitter", "Device"),
        more=None):
    """Answers who asks for everything, or for one of `wanted`."""
    def answer(question, _):
        asked = [one.rpartition(":")[2] for one in tag(question, b"Types").split()]
        if b"/discovery/Probe<" not in question or not all(one in wanted for one in asked):
            return None
        message = re.search(rb"MessageID[^>]*>\s*(?:urn:)?(?:uuid:)?([^<]*?)\s*<", question)
        options = {} if more is None else {"more": more}
        return say.wsd_match("00000000-0000-4000-8000-" + uuid[-12:], message[1].decode() if message else "", uuid,
                             scopes, xaddrs, types, **options)
    return Ear(say.WSD_PORT, b"<", answer, (say.WSD_GROUP,))


def ssdp(location, server, uuid, targets=("upnp:rootdevice",), more=()):
    def answer(question, _):
        asked = re.search(rb"(?im)^ST:\s*(\S+)", question)
        target = asked[1].decode("latin-1") if asked else ""
        if target == "ssdp:all":
            target = targets[0]
        if target not in targets:
            return None
        lines = ["HTTP/1.1 200 OK", "CACHE-CONTROL: max-age=1800", "EXT:", f"LOCATION: {location}", f"SERVER: {server}",
                 *more, f"ST: {target}", f"USN: uuid:{uuid}::{target}", "", ""]
        return "\r\n".join(lines).encode()
    return Ear(say.SSDP_PORT, b"M-SEARCH * HTTP/1.1\r\n", answer, (say.SSDP_GROUP,))
