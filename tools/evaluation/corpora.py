"""The corpora as they lie on disk: rows, labelled captures, the truth of the DHIP answers, the background."""
import base64
import json
import shutil
import struct
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Row:
    number: int  # of its line
    field: str
    value: bytes
    label: str
    product: str
    kind: str
    source: str


@dataclass
class Labelled:
    path: Path
    macs: list
    ips: list
    vendor: str
    model: str
    strong: bool


def _lines(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        next(file)
        for number, line in enumerate(file, 2):
            yield number, line.rstrip("\n").split("\t")


def rows(path):
    out = []
    for number, cells in _lines(path):
        if len(cells) >= 6:
            raw = cells[2].encode("utf-8", "surrogateescape")
            out.append(Row(number, cells[0], base64.b64decode(raw) if cells[1] == "b64" else raw, *cells[3:6], cells[6] if len(cells) > 6 else ""))
    return out


def labelled_captures(folder):
    """Those with one camera in each; the many answers of one capture have a truth of their own."""
    out = []
    for _, cells in _lines(folder / "captures.tsv"):
        path = folder / "captures" / "camera" / cells[0]
        if cells[1] != "camera" or not path.exists() or truth_of(path):
            continue
        out.append(Labelled(path, cells[8].split("/"), cells[9].split("/"), cells[10], cells[11],
                            cells[12].startswith("strong")))
    return out


def hard_notes(folder):
    """What the background has that looks like a camera, by name of the capture."""
    return {cells[0]: cells[14] for _, cells in _lines(folder / "captures.tsv") if cells[1] == "background" and len(cells) > 14}


def truth_of(capture):
    path = capture.parents[1] / f"{capture.stem}.truth.tsv"
    return path if path.exists() else None


def answers(truth):
    """Rows of (frame, address, MAC, vendor, manufacturer, class, type, version)."""
    return [cells for _, cells in _lines(truth) if len(cells) >= 8]


def _frames(capture):
    """Each frame of a classic little-endian capture."""
    data = capture.read_bytes()
    at = 24
    while at + 16 <= len(data):
        length = struct.unpack_from("<I", data, at + 8)[0]
        yield data[at + 16:at + 16 + length]
        at += 16 + length


def serials(capture):
    """What each DHIP answer says its serial number is, by number of the frame: read here, not by Camwarden."""
    out = {}
    for number, frame in enumerate(_frames(capture), 1):
        start, end = frame.find(b"{"), frame.rfind(b"}")
        try:
            said = json.loads(frame[start:end + 1].decode("latin-1"))
            out[number] = said["params"]["deviceInfo"]["SerialNo"].strip()
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return out


@contextmanager
def background(folder):
    """The captures with no camera in them, unpacked for as long as it takes; None where that cannot be."""
    archive = folder / "captures" / "background.tar.zst"
    if not archive.exists() or not shutil.which("zstd"):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="camwarden-background-") as place:
        subprocess.run(["tar", "--zstd", "-xf", archive, "-C", place], check=True)
        yield sorted(path for path in Path(place).rglob("*") if path.is_file())
