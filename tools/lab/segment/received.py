"""What a scanner sent, from a capture of its own interface: by device, by second, by connection.

Nobody is asked but the wire: the figures are those of the devices' side of the veth. Reads classic pcap
files with Ethernet frames, as tcpdump writes them.
"""
import collections
import socket
import struct
from pathlib import Path

FIN, SYN, RST, ACK = 1, 2, 4, 16


def frames(path):
    octets = Path(path).read_bytes()
    order = "<" if octets[:4] in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1") else ">"
    fraction = 1e9 if octets[:4] in (b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d") else 1e6
    at = 24
    while at + 16 <= len(octets):
        seconds, part, kept, _ = struct.unpack_from(order + "IIII", octets, at)
        yield seconds + part / fraction, octets[at + 16:at + 16 + kept]
        at += 16 + kept


def most_in(times, seconds):
    """The most of these moments that fall into any window of that length."""
    first, most = 0, 0
    for last, when in enumerate(times):
        while when - times[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


class Received:
    """One device's share."""

    def __init__(self):
        self.times, self.asked = [], []  # of every packet; of those that are no bare acknowledgement
        self.ports, self.questions = collections.Counter(), 0
        self.open, self.most_open, self.connections = set(), 0, 0
        self.payload = 0

    def most_in(self, seconds=1.0):
        return most_in(self.times, seconds)

    def opened(self, key):
        if key not in self.open:
            self.open.add(key)
            self.connections += 1
            self.most_open = max(self.most_open, len(self.open))


class Capture:
    def __init__(self, path, scanner_mac):
        self.mac = bytes.fromhex(scanner_mac.replace(":", ""))
        self.devices = collections.defaultdict(Received)   # by address
        self.arp, self.to_all, self.to_others = collections.Counter(), collections.Counter(), collections.Counter()
        self.octets = self.other = 0
        self.times = []  # of everything it sent
        for when, frame in frames(path):
            self._frame(when, frame)

    def _frame(self, when, frame):
        mine, kind = frame[6:12] == self.mac, frame[12:14]
        if mine:
            self.times.append(when)
            self.octets += len(frame)
        if kind == b"\x08\x06":
            if mine and frame[20:22] == b"\0\1":
                self.arp[socket.inet_ntoa(frame[38:42])] += 1
        elif kind == b"\x08\0":
            self._ipv4(when, frame, mine)
        elif mine:
            self.other += 1

    def _ipv4(self, when, frame, mine):
        start = 14 + (frame[14] & 15) * 4
        peer = socket.inet_ntoa(frame[30:34] if mine else frame[26:30])
        if mine and frame[0] & 1:
            port = struct.unpack_from("!H", frame, start + 2)[0] if frame[23] == 17 else 0
            self.to_all[peer, port] += 1
            return
        device = self.devices[peer]
        if mine:
            device.times.append(when)
            self.to_others[peer] += 1
        if frame[23] == 6:
            self._tcp(device, frame, start, when if mine else None)
        elif frame[23] == 17 and mine:
            device.questions += 1
            device.asked.append(when)
            device.ports[struct.unpack_from("!H", frame, start + 2)[0]] += 1

    @staticmethod
    def _tcp(device, frame, start, when):
        mine = when is not None
        source, target, _, _, size, flags = struct.unpack_from("!HHIIBB", frame, start)
        key = (source, target) if mine else (target, source)
        if mine and flags & (SYN | ACK) == SYN:
            device.ports[target] += 1
        if not mine and flags & (SYN | ACK) == SYN | ACK:
            device.opened(key)
        if flags & RST or (mine and flags & FIN):
            device.open.discard(key)
        filled = 14 + struct.unpack_from("!H", frame, 16)[0] > start + (size >> 4) * 4
        if mine and filled:
            device.payload += 1
        if mine and (filled or flags & (SYN | FIN | RST)):
            device.asked.append(when)

    @property
    def sent(self):
        return len(self.times)

    @property
    def asked(self):
        """Without the ARP and the IGMP (RFC 3376 section 4.2.14) by which the kernel looks after its neighbours and
        leaves groups, whoever ran before."""
        to_all = sum(count for (group, _), count in self.to_all.items() if group != "224.0.0.22")
        return sum(self.to_others.values()) + to_all + self.other + max(0, sum(self.arp.values()) - 8)

    def most_in(self, seconds=1.0):
        return most_in(self.times, seconds)

    def addresses(self):
        """Everybody that anything was sent to, or asked after by ARP."""
        return set(self.to_others) | set(self.arp)
