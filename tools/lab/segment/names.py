"""Multicast DNS and service discovery as a device answers them (RFC 6762, RFC 6763)."""
import struct

from ears import Ear, say

PTR, A, TXT, SRV, ANY = 12, 1, 16, 33, 255
ALL_TYPES = "_services._dns-sd._udp.local"
UNICAST, FLUSH = 0x8000, 0x8000


def questions_of(message):
    """(name, type, class) of the first 16 questions; names without compression, as questions have."""
    count, at, out = min(struct.unpack("!H", message[4:6])[0], 16), 12, []
    for _ in range(count):
        labels = []
        while at < len(message) and 0 < message[at] < 64:
            labels.append(message[at + 1:at + 1 + message[at]].decode("utf-8", "replace"))
            at += 1 + message[at]
        if at + 5 > len(message):
            break
        out.append((".".join(labels), *struct.unpack("!HH", message[at + 1:at + 5])))
        at += 5
    return out


def _instance(name, kind):
    octets = name.encode()
    return bytes([len(octets)]) + octets + say.dns_name(kind)


class Service:
    """One service: its records, as (owner's name in text, owner, type, data)."""

    def __init__(self, kind, instance, host, address, port, txt):
        owner, target = _instance(instance, kind), say.dns_name(host)
        texts = b"".join(bytes([len(line)]) + line.encode() for line in txt) or b"\0"
        self.types = (ALL_TYPES, say.dns_name(ALL_TYPES), PTR, say.dns_name(kind))
        self.pointer = (kind, say.dns_name(kind), PTR, owner)
        self.rest = [(f"{instance}.{kind}", owner, SRV, struct.pack("!HHH", 0, 0, port) + target),
                     (f"{instance}.{kind}", owner, TXT, texts),
                     (host, target, A, bytes(int(part) for part in address.split(".")))]

    def answers(self, name, kind):
        """(answers, additional records); both empty where the question is another's."""
        found = [one for one in (self.types, self.pointer, *self.rest)
                 if one[0].lower() == name.lower() and kind in (one[2], ANY)]
        more = self.rest if self.pointer in found else self.rest[2:] if found and found[0] in self.rest[:2] else []
        return found, more


def _record(record, legacy):
    _, owner, kind, octets = record
    # RFC 6762 section 6.7: to a plain resolver no flush bit, and a time to live of ten seconds at most.
    flush = 0 if legacy or kind == PTR else FLUSH
    return owner + struct.pack("!HHIH", kind, 1 | flush, 10 if legacy else 120, len(octets)) + octets


class Mdns(Ear):
    def __init__(self, services):
        super().__init__(say.MDNS_PORT, b"", None, (say.MDNS_GROUP,))
        self.services = [Service(kind, *rest) for kind, rest in services.items()]

    def answers(self, question, asker):
        if len(question) < 17 or question[2] & 0x80:
            return []
        asked, legacy = questions_of(question), asker[1] != say.MDNS_PORT
        pairs = [one.answers(name, kind) for name, kind, _ in asked for one in self.services]
        found = [record for answers, _ in pairs for record in answers]
        more = [record for _, additional in pairs for record in additional if record not in found]
        if not found:
            return []
        echo = b""
        if legacy:
            echo = b"".join(say.dns_name(name) + struct.pack("!HH", kind, 1) for name, kind, _ in asked)
        head = (question[:2] if legacy else b"\0\0") + struct.pack(
            "!5H", 0x8400, len(asked) if legacy else 0, len(found), 0, len(more))
        payload = head + echo + b"".join(_record(one, legacy) for one in (*found, *more))
        alone = legacy or any(klass & UNICAST for _, _, klass in asked)
        return [(payload, asker if alone else (say.MDNS_GROUP, say.MDNS_PORT), say.MDNS_PORT)]


def mdns(services):
    """`services`: type -> (instance, host, address, port, TXT)."""
    return Mdns(services)
