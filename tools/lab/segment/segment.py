"""A network with many hosts, made of two network namespaces and one veth between them.

    cw-<pid>-scanner   who looks: eth0, with an address of the network's own
    cw-<pid>-street    who is looked at: street0. Each host has an address and a MAC of its own there
                       (segment.bpf.c), and the kernel's own TCP; serve.py speaks for them all

Nothing outside these namespaces is touched, and close() removes both, whatever happened. `crowd`: on
a /16 every 32nd address is a host that answers ARP and refuses connections. `everywhere`: a MAC that answers for
every address that nobody has, as a tarpit or a router with proxy ARP does.
"""
import atexit
import ipaddress
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import network  # noqa: E402
from network import Refused, run  # noqa: E402
from processes import Processes  # noqa: E402

SCANNER_MAC = "52:54:00:5c:a7:01"
PRIME, SHIFT = 2654435761, 27  # of a multiplicative hash; what is left is one in 32
# Makers of laptops, telephones, network cards: none makes cameras.
CROWD_OUIS = (0x001517, 0xA483E7, 0x3CD92B, 0xF01898)


def crowd_address(number):
    """Does the crowd have a host there? segment.bpf.c asks the same."""
    return (number * PRIME & 0xFFFFFFFF) >> SHIFT == 0


def crowd_mac(number):
    return CROWD_OUIS[number >> 3 & 3] << 24 | number & 0xFFFFFF


def hosts_header(residents, net, crowd, reserved, everywhere=None):
    """C for `mac_of`. `residents`: address -> (MAC, deaf)."""
    lines = ["INLINE __u64 mac_of(__u32 address) {", "  switch (address) {"]
    for address, (mac, deaf) in residents.items():
        number = int(mac.replace(":", ""), 16) | (1 << 48 if deaf else 0)
        lines.append(f"    case {int(ipaddress.ip_address(address)):#x}u: return {number:#x}ull;")
    lines += [f"    case {int(ipaddress.ip_address(address)):#x}u: return 0;" for address in reserved]
    lines += ["  }"]
    if everywhere:
        lines.append(f"  if ((address & {int(net.netmask):#x}u) == {int(net.network_address):#x}u) "
                     f"return 0x{everywhere.replace(':', '')}ull;")
    if crowd:
        ouis = ", ".join(f"{oui:#x}" for oui in CROWD_OUIS)
        lines += [f"  if ((address & {int(net.netmask):#x}u) != {int(net.network_address):#x}u) return 0;",
                  f"  if (address * {PRIME}u >> {SHIFT} != 0) return 0;",
                  f"  const __u32 ouis[] = {{{ouis}}};",
                  "  __u32 oui = ouis[0], at = address >> 3 & 3;",
                  "  for (__u32 i = 1; i < 4; i++) if (at == i) oui = ouis[i];",
                  "  return (__u64)oui << 24 | (address & 0xffffff);"]
    else:
        lines.append("  return 0;")
    return "\n".join(lines) + "\n}\n"


def crowd_of(net, residents, reserved):
    """The crowd's addresses, as numbers."""
    taken = {int(ipaddress.ip_address(one)) for one in (*residents, *reserved)}
    first, last = int(net.network_address), int(net.broadcast_address)
    return [number for number in range(first, last + 1) if crowd_address(number) and number not in taken]


class Segment:
    def __init__(self, residents, prefix="10.77.0.0/24", crowd=False, everywhere=None):
        """`residents`: address -> (MAC, deaf)."""
        self.net = ipaddress.ip_network(prefix)
        self.address = str(self.net.broadcast_address - 5)  # the scanner's
        self.residents, self.crowd, self.everywhere = residents, crowd, everywhere
        self.scanner, self.street = f"cw-{os.getpid()}-scanner", f"cw-{os.getpid()}-street"
        self.folder = Path(tempfile.mkdtemp(prefix="camwarden-segment-"))
        self.processes = Processes()
        atexit.register(self.close)  # should nobody else come to it
        try:
            self._build()
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    @property
    def reserved(self):
        return [self.address, str(self.net.network_address), str(self.net.broadcast_address)]

    def crowd_size(self):
        return len(crowd_of(self.net, self.residents, self.reserved)) if self.crowd else 0

    def _build(self):
        if os.geteuid() != 0:
            raise Refused("the lab needs root, to make network namespaces")
        for namespace in (self.scanner, self.street):
            run("ip", "netns", "add", namespace)
            run(*self.inside(namespace, "sh", "-c", "for f in /proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 1 > $f; done"))
            run("ip", "-n", namespace, "link", "set", "lo", "up")
        run("ip", "-n", self.scanner, "link", "add", "eth0", "address", SCANNER_MAC, "type", "veth", "peer", "name",
            "street0", "netns", self.street)
        for namespace, interface in ((self.scanner, "eth0"), (self.street, "street0")):
            # Offloads would show segments larger than the MTU, and checksums not yet computed.
            subprocess.run(self.inside(namespace, "ethtool", "-K", interface, "tx", "off", "tso", "off", "gso", "off",
                                       "gro", "off"), capture_output=True)
            run("ip", "-n", namespace, "link", "set", interface, "up")
        self._settle()
        self._attach()

    def _settle(self):
        """Addresses, routes and who is behind the scanner's address."""
        gateway, size = str(self.net.network_address + 1), self.net.prefixlen
        run("ip", "-n", self.scanner, "addr", "add", f"{self.address}/{size}", "brd", "+", "dev", "eth0")
        run("ip", "-n", self.scanner, "route", "add", "default", "via", gateway)
        lines = [f"addr add {gateway}/{size} brd + dev street0",
                 f"route add {self.address}/32 dev street0 table local",
                 f"neigh add {self.address} lladdr {SCANNER_MAC} dev street0 nud permanent",
                 "route add 224.0.0.0/4 dev street0"]
        if self.crowd or self.everywhere:
            lines.append(f"route add local {self.net} dev lo table local")
        lines += [f"route add local {address}/32 dev lo table local" for address in self.residents if address != gateway]
        batch = self.folder / "batch"
        batch.write_text("\n".join(lines) + "\n")
        run("ip", "-n", self.street, "-batch", str(batch))

    def _attach(self):
        clang = shutil.which("clang") or shutil.which("clang-14")
        if not clang:
            raise Refused("clang is not installed; see tools/packages")
        (self.folder / "hosts.h").write_text(hosts_header(
            self.residents, self.net, self.crowd, self.reserved, self.everywhere))
        program = self.folder / "segment.o"
        run(clang, "-O2", "-g", "-target", "bpf", f"-I{self.folder}", "-I/usr/include/x86_64-linux-gnu",
            "-I/usr/include/aarch64-linux-gnu", "-c", str(HERE / "segment.bpf.c"), "-o", str(program))
        tc = ("tc", "-n", self.street)
        run(*tc, "qdisc", "add", "dev", "street0", "clsact")
        for side, section in (("ingress", "enter"), ("egress", "leave")):
            run(*tc, "filter", "add", "dev", "street0", side, "bpf", "da", "obj", str(program), "sec", section)

    @staticmethod
    def inside(namespace, *command):
        return ["ip", "netns", "exec", namespace, *map(str, command)]

    def start(self, namespace, *command, **options):
        return self.processes.start(namespace, *map(str, command), **options)

    def scan(self, *command, timeout=300, **options):
        """A program run where the scanner stands."""
        return subprocess.run(self.inside(self.scanner, *command), capture_output=True, text=True, timeout=timeout,
                              **options)

    def close(self):
        self.processes.close()
        for namespace in (self.scanner, self.street):
            subprocess.run(["ip", "netns", "delete", namespace], capture_output=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        atexit.unregister(self.close)
