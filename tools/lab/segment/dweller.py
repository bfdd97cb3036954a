"""What a simulated device is: who, where, and how it speaks on its ports."""
import dataclasses


@dataclasses.dataclass
class Dweller:
    name: str
    mac: str
    address: str
    maker: str = ""     # as camwarden must name it; "" for what is no camera
    kind: str = "host"  # camera, recorder or host
    model: str = ""
    tcp: dict = dataclasses.field(default_factory=dict)  # port -> voice of voices.py
    udp: list = dataclasses.field(default_factory=list)  # ears of ears.py
    deaf: bool = False                                   # hears ARP and nothing else

    @property
    def is_video(self):
        return self.kind != "host"

    @property
    def where(self):
        return {"mac": self.mac, "address": self.address}

    @property
    def uuid(self):
        return "00000000-0000-4000-8000-" + self.mac.replace(":", "")


def residents(devices):
    """For segment.Segment."""
    return {device.address: (device.mac, device.deaf) for device in devices}
