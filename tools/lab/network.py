"""The lab's network: a switch with two VLANs and a SPAN port, made of network namespaces.

    cw-<pid>-switch   bridges br10 and br20, one for each VLAN; a port for each device; port `span`
    cw-<pid>-<name>   a device, its port is eth0
    cw-<pid>-sensor   the far end of the SPAN port, `span0`: receives a copy of every frame, tagged

Nothing outside these namespaces is touched. close() ends the processes that were started here, by
their ids, and removes the namespaces; `with Network() as network` does so whatever happens.
"""
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from processes import Processes

HERE = Path(__file__).resolve().parent
VLANS = {"core": 10, "cctv": 20}
SUBNETS = {"core": "10.10.10", "cctv": "10.20.20"}


class Refused(Exception):
    """The kernel, or who runs us, does not allow the lab. Says why."""


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Refused(f"{' '.join(command)}: {done.stderr.strip() or 'failed'}")
    return done.stdout


def compile_tagger(folder, span_index):
    """The BPF program that tags, or None with a reason where there is no clang."""
    clang = shutil.which("clang") or shutil.which("clang-14")
    if not clang:
        return None, "clang is not installed"
    target = Path(folder, "vlan.o")
    done = subprocess.run([clang, "-O2", "-g", "-target", "bpf", "-I/usr/include/x86_64-linux-gnu",
                           "-I/usr/include/aarch64-linux-gnu", f"-DSPAN_IFINDEX={span_index}",
                           "-c", str(HERE / "vlan.bpf.c"), "-o", str(target)],
                          capture_output=True, text=True)
    return (target, "") if done.returncode == 0 else (None, done.stderr.strip())


class Network:
    SPAN_INDEX = 4000  # of the SPAN port inside the switch's namespace

    def __init__(self, tagged=True):
        self.prefix = f"cw-{os.getpid()}-"
        self.folder = tempfile.mkdtemp(prefix="camwarden-lab-")
        os.chmod(self.folder, 0o755)  # rsyslogd and the daemon give up root
        self.namespaces, self.processes, self.ports = [], Processes(), 0
        self.tagger, self.untagged_because = None, "asked for"
        try:
            self._build(tagged)
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    @property
    def tagged(self):
        return self.tagger is not None

    def namespace(self, name):
        full = self.prefix + name
        run("ip", "netns", "add", full)
        self.namespaces.append(full)
        run("ip", "-n", full, "link", "set", "lo", "up")
        return full

    def _build(self, tagged):
        if os.geteuid() != 0:
            raise Refused("the lab needs root, to make network namespaces")
        self.switch = self.namespace("switch")
        # The switch itself says nothing: no router solicitations, no multicast reports.
        run("ip", "netns", "exec", self.switch, "sh", "-c",
            "for f in /proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 1 > $f; done")
        self.sensor = self.namespace("sensor")
        run("ip", "netns", "exec", self.sensor, "sh", "-c",
            "echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6")
        run("ip", "-n", self.switch, "link", "add", "span", "index", str(self.SPAN_INDEX), "type", "veth",
            "peer", "name", "span0", "netns", self.sensor)
        run("ip", "-n", self.switch, "link", "set", "span", "up")
        run("ip", "-n", self.sensor, "link", "set", "span0", "up")
        for vlan in VLANS.values():
            run("ip", "-n", self.switch, "link", "add", f"br{vlan}", "type", "bridge", "stp_state", "0",
                "mcast_snooping", "0")
            run("ip", "-n", self.switch, "link", "set", f"br{vlan}", "up")
        if tagged:
            self.tagger, self.untagged_because = compile_tagger(self.folder, self.SPAN_INDEX)

    def plug(self, namespace, segment, interface="eth0", mac=None):
        """Gives a namespace a port on a segment's VLAN."""
        port = f"port{self.ports}"
        run("ip", "-n", self.switch, "link", "add", port, "type", "veth", "peer", "name", interface,
            "netns", namespace)
        if mac:
            run("ip", "-n", namespace, "link", "set", interface, "address", mac)
        run("ip", "-n", self.switch, "link", "set", port, "master", f"br{VLANS[segment]}", "up")
        self._mirror(port, VLANS[segment])
        self.ports += 1
        run("ip", "-n", namespace, "link", "set", interface, "up")

    def try_tagging(self):
        """Learns, before any device is there, whether this kernel lets frames be tagged."""
        if not self.tagger:
            return
        run("ip", "-n", self.switch, "link", "add", "trial", "type", "bridge")
        try:
            self._mirror("trial", VLANS["core"])
        except Refused as refused:
            self.tagger, self.untagged_because = None, str(refused)
        run("ip", "-n", self.switch, "link", "delete", "trial")

    def _mirror(self, port, vlan):
        tc = ("tc", "-n", self.switch)
        run(*tc, "qdisc", "add", "dev", port, "clsact")
        ingress = (*tc, "filter", "add", "dev", port, "ingress")
        if self.tagger:
            run(*ingress, "bpf", "da", "obj", str(self.tagger), "sec", f"vlan{vlan}")
        else:
            run(*ingress, "protocol", "all", "u32", "match", "u32", "0", "0", "action", "mirred", "egress",
                "mirror", "dev", "span")

    def host(self, name, segment, mac=None):
        namespace = self.namespace(name)
        self.plug(namespace, segment, "eth0", mac)
        return namespace

    def start(self, namespace, *command, **options):
        """A process inside a namespace; ended by close() if it has not ended before."""
        return self.processes.start(namespace, *command, **options)

    def close(self):
        self.processes.close()
        for namespace in reversed(self.namespaces):
            subprocess.run(["ip", "netns", "delete", namespace], capture_output=True)
        self.namespaces = []
        shutil.rmtree(self.folder, ignore_errors=True)
