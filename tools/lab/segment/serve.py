"""All the simulated devices of a segment, as one process inside the street's namespace.

    serve.py POPULATION LOG BROADCAST [NAME...]    a module with everyone(), or those of them; LOG: one JSON document a
                                                   line for what is received; the network's broadcast address

Prints "ready" once every port is open; ends on SIGTERM. Sockets are bound to each device's own address,
so a closed port of one refuses although another has it open.
"""
import argparse
import asyncio
import importlib
import json
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import voices  # noqa: E402

INTERFACE = "street0"


class Ledger:
    """What each device received, as it came."""

    def __init__(self, path):
        self.file = open(path, "w", buffering=1)

    def write(self, device, event, port, peer, **more):
        self.file.write(json.dumps({"time": time.time(), "device": device.name, "event": event, "port": port,
                                    "peer": peer, **more}) + "\n")

    def note_of(self, device, port, peer):
        def note(event, what):
            more = {}
            if isinstance(what, voices.Request):
                more = {"line": what.line, "headers": what.headers, "body": what.body.decode("latin-1")[:2000]}
            elif what:
                more = {"octets": what[:200].hex()}
            self.write(device, event, port, peer, **more)
        return note


class Certificates:
    """Made with openssl, each with a key of its own."""

    def __init__(self, folder):
        self.folder, self.count = Path(folder), 0

    def _run(self, *command):
        subprocess.run(["openssl", *map(str, command)], check=True, capture_output=True)

    def _self_signed(self, subject, days, name, names=()):
        key, crt = self.folder / f"{name}.key", self.folder / f"{name}.crt"
        more = ["-addext", "subjectAltName=" + ",".join(f"DNS:{one}" for one in names)] if names else []
        self._run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-sha256",
                  "-subj", subject, "-days", days, "-keyout", key, "-out", crt, *more)
        return key, crt

    def make(self, voice):
        self.count += 1
        name = f"c{self.count}"
        if not voice.issuer:
            return self._self_signed(voice.subject, voice.days, name, voice.names)
        ca_key, ca = self._self_signed(voice.issuer, 3650, name + "ca")
        key, request, crt = (self.folder / f"{name}.{end}" for end in ("key", "csr", "crt"))
        self._run("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
                  voice.subject, "-keyout", key, "-out", request)
        self._run("x509", "-req", "-in", request, "-CA", ca, "-CAkey", ca_key, "-CAcreateserial", "-days", voice.days,
                  "-out", crt)
        return key, crt

    def context(self, voice):
        key, crt = self.make(voice)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(crt, key)
        if voice.newest:
            context.minimum_version = ssl.TLSVersion.TLSv1_3
        else:
            context.maximum_version = ssl.TLSVersion.TLSv1_2
        return context


class Slow:
    """A reader that hands on what came only after a pause, as a small processor takes its time."""

    def __init__(self, reader, pause):
        self.reader, self.pause = reader, pause

    async def read(self, most):
        octets = await self.reader.read(most)
        await asyncio.sleep(self.pause)
        return octets


def tcp_socket(address, port):
    sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # one address beside all of them
    sock.bind((address, port))
    return sock


async def listen(device, port, voice, ledger, certificates, pause):
    async def connected(reader, writer):
        peer = "{}:{}".format(*writer.get_extra_info("peername")[:2])
        ledger.write(device, "connection", port, peer)
        try:
            await voice.serve(Slow(reader, pause) if pause else reader, writer, ledger.note_of(device, port, peer))
            await asyncio.sleep(0)
        except (OSError, ssl.SSLError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the scanner has gone, or we are
        finally:
            writer.close()
    context = certificates.context(voice) if isinstance(voice, voices.Tls) else None
    await asyncio.start_server(connected, sock=tcp_socket(device.address, port), ssl=context, limit=voices.LONGEST_HEAD,
                               backlog=256)


def datagram_socket(address, port, group=None):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for option in (socket.SO_REUSEADDR, socket.SO_BROADCAST):
        sock.setsockopt(socket.SOL_SOCKET, option, 1)
    index = socket.if_nametoindex(INTERFACE)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, INTERFACE.encode() + b"\0")
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("4s4si", bytes(4), bytes(4), index))
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
    if group:
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                        struct.pack("4s4si", socket.inet_aton(group), bytes(4), index))
    sock.bind((address, port))
    sock.setblocking(False)
    return sock


class Datagrams:
    """`listeners`: (device, ear) for everybody who has a port open; one socket for each device, group and broadcast."""

    def __init__(self, devices, broadcast, ledger):
        self.ledger, self.outlets = ledger, {}
        loop = asyncio.get_running_loop()
        listeners = [(device, ear) for device in devices for ear in device.udp]
        for port in {ear.port for _, ear in listeners}:
            here = [(device, ear) for device, ear in listeners if ear.port == port]
            for group in {group for _, ear in here for group in ear.groups}:
                self._open(loop, datagram_socket(group, port, group), [(device, ear) for device, ear in here
                                                                      if group in ear.groups])
            for address in ("255.255.255.255", broadcast):
                self._open(loop, datagram_socket(address, port), here)
            for owner in {device.address for device, _ in here}:
                self._open(loop, self._outlet(owner, port), [(device, ear) for device, ear in here
                                                             if device.address == owner])

    def _outlet(self, address, port):
        if (address, port) not in self.outlets:
            self.outlets[address, port] = datagram_socket(address, port)
        return self.outlets[address, port]

    def _open(self, loop, sock, here):
        to_all = sock.getsockname()[0] not in {device.address for device, _ in here}
        loop.add_reader(sock, self._received, sock, here, to_all)

    def _received(self, sock, here, to_all):
        try:
            question, asker = sock.recvfrom(65535)
        except OSError:
            return  # an ICMP error of an answer that nobody waited for
        for device in {id(device): device for device, _ in here}.values():
            self.ledger.write(device, "question" if to_all else "datagram", sock.getsockname()[1], "{}:{}".format(*asker),
                              octets=question[:2000].hex())
        for device, ear in here:
            for payload, destination, port in ear.answers(question, asker):
                # RFC 6762 section 6: who shares an answer's time with others waits a little. So do these.
                pause = int(device.address.rpartition(".")[2]) % 10 / 200
                asyncio.get_running_loop().call_later(pause, self._send, device, payload, destination, port)

    def _send(self, device, payload, destination, port):
        try:
            self._outlet(device.address, port).sendto(payload, destination)
        except OSError:
            pass


async def live(devices, log, broadcast, pause):
    ledger = Ledger(log)
    with tempfile.TemporaryDirectory() as folder:
        certificates = Certificates(folder)
        for device in devices:
            for port, voice in device.tcp.items():
                await listen(device, port, voice, ledger, certificates, pause)
    Datagrams(devices, broadcast, ledger)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    print("ready", flush=True)
    await stop.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("population")
    parser.add_argument("log")
    parser.add_argument("broadcast")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--pause", type=float, default=0, help="seconds before a device answers on TCP")
    given = parser.parse_args()
    everyone = importlib.import_module(given.population).everyone()
    chosen = [one for one in everyone if one.name in given.names or not given.names]
    asyncio.run(live(chosen, given.log, given.broadcast, given.pause))


if __name__ == "__main__":
    main()
