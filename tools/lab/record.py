"""Records scene.pcap: the lab's scene as tcpdump saw it at the SPAN port. Run as root."""
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import network
import scene

TARGET = Path(__file__).resolve().parent / "scene.pcap"


def record(target=TARGET, pause=3.0):
    with network.Network() as lab:
        lab.try_tagging()
        if not lab.tagged:
            sys.exit(f"the frames would not be tagged: {lab.untagged_because}")
        tcpdump = lab.start(lab.sensor, "tcpdump", "--immediate-mode", "-q", "-U", "-Z", "root", "-i", "span0", "-w", str(target),
                            stderr=subprocess.DEVNULL)
        while not target.exists() or target.stat().st_size == 0:
            time.sleep(0.05)
        stage = scene.Scene(lab)
        stage.play(pause)
        tcpdump.terminate()
        tcpdump.wait()
        if stage.check_alive():
            sys.exit(f"devices ended: {stage.check_alive()}")


if __name__ == "__main__":
    TARGET.unlink(missing_ok=True)
    record()
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")
