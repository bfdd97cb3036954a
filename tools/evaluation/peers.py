"""What other public fingerprints say of the same rows: Recog's XML files and nmap's service probes.

Both are read where they lie and never kept. A row counts for a peer when it has a database for such a
field. Named: a fingerprint fires that names a vendor (Recog), or a product (nmap, which has no vendors).
Right: the vendor is the label's, by the names that Camwarden's own files have; for nmap, the text of the
match holds one of them. Rows that were taken from a peer's own examples prove nothing and are left out.
"""
import re
import sys
import xml.etree.ElementTree as xml
from collections import Counter

from labels import spellings, squeezed

# Our rows' fields -> Recog's files.
RECOG = {
    "http.server": "http_servers", "http.title": "html_title", "http.www_authenticate": "http_wwwauth",
    "http.set_cookie": "http_cookies", "http.x_powered_by": "http_xpoweredby", "rtsp.server": "rtsp_servers",
    "ftp.banner": "ftp_banners", "telnet.banner": "telnet_banners", "smtp.banner": "smtp_banners",
    "ssh.banner": "ssh_banners", "sip.user_agent": "sip_user_agents", "sip.server": "sip_banners",
    "snmp.sysdescr": "snmp_sysdescr", "snmp.sysobjid": "snmp_sysobjid", "dhcp.vendor_class": "dhcp_vendor_class",
    "favicon.md5": "favicons", "tls.subject": "x509_subjects", "tls.issuer": "x509_issuers", "tls.jarm": "tls_jarm",
    "mdns.device_info_txt": "mdns_device-info_txt", "ntp.readvar": "ntp_banners",
}

# Our rows' fields -> (nmap's services, what the service would answer).
NMAP = {
    "http.server": ("http", lambda value: _http(b"Server: " + value)),
    "http.www_authenticate": ("http", lambda value: _http(b"WWW-Authenticate: " + value, b"401 Unauthorized")),
    "http.set_cookie": ("http", lambda value: _http(b"Set-Cookie: " + value)),
    "http.title": ("http", lambda value: _http(b"Content-Type: text/html", body=b"<html><head><title>" + value + b"</title>")),
    "http.headers": ("http", lambda value: value),
    "rtsp.server": ("rtsp", lambda value: b"RTSP/1.0 200 OK\r\nCSeq: 42\r\nServer: " + value + b"\r\n\r\n"),
    "rtsp.www_authenticate": ("rtsp", lambda value: b"RTSP/1.0 401 Unauthorized\r\nCSeq: 42\r\nWWW-Authenticate: " + value + b"\r\n\r\n"),
    "rtsp.realm": ("rtsp", lambda value: b'RTSP/1.0 401 Unauthorized\r\nCSeq: 42\r\nWWW-Authenticate: Digest realm="' + value + b'"\r\n\r\n'),
    "ftp.banner": ("ftp", lambda value: _line(value, b"220 ")), "smtp.banner": ("smtp", lambda value: _line(value, b"220 ")),
    "telnet.banner": ("telnet", lambda value: value), "ssh.banner": ("ssh", lambda value: _line(value, b"SSH-2.0-")),
    "sip.server": ("sip", lambda value: b"SIP/2.0 200 OK\r\nServer: " + value + b"\r\n\r\n"),
    "sip.user_agent": ("sip", lambda value: b"SIP/2.0 200 OK\r\nUser-Agent: " + value + b"\r\n\r\n"),
    "ssdp.server": ("upnp", lambda value: b"HTTP/1.1 200 OK\r\nSERVER: " + value + b"\r\n\r\n"),
    "ssdp.notify": ("upnp", lambda value: value),
}


def _http(header, status=b"200 OK", body=b""):
    return b"HTTP/1.1 " + status + b"\r\n" + header + b"\r\n\r\n" + body


def _line(value, before):
    return (value if value.startswith(before[:3]) or value[:3].isdigit() else before + value).rstrip(b"\r\n") + b"\r\n"


def _compiled(pattern, flags, kind):
    try:
        return re.compile(pattern if kind is str else pattern.encode("latin-1"), flags)
    except (re.error, OverflowError):
        return None


class Recog:
    name = "recog"

    def __init__(self, folder):
        """`folder`: a directory of XML files, or of Recog's repository."""
        self.folder = folder / "xml" if (folder / "xml").is_dir() else folder
        self.files = {}

    def _rules(self, file):
        if file not in self.files:
            path = self.folder / f"{file}.xml"
            root = xml.parse(path).getroot() if path.exists() else ()
            self.files[file] = [(self._pattern(one), one) for one in root if one.tag == "fingerprint"]
        return self.files[file]

    @staticmethod
    def _pattern(one):
        given = one.get("flags", "")
        flags = re.IGNORECASE if "REG_ICASE" in given else 0
        if "REG_DOT_NEWLINE" in given or "REG_MULTILINE" in given:
            flags |= re.DOTALL
        return _compiled(one.get("pattern"), flags, str)

    def names(self, row):
        """None where it has nothing for such a field; else what it names, the first match's."""
        if row.field not in RECOG:
            return None
        text = row.value.decode("utf-8", "replace").strip()
        for pattern, one in self._rules(RECOG[row.field]):
            if pattern and pattern.search(text):
                return [param.get("value") for param in one.iter("param")
                        if param.get("name", "").endswith(".vendor") and param.get("value")]
        return []


class Nmap:
    name = "nmap"

    def __init__(self, path):
        self.rules, wanted = {}, {service for service, _ in NMAP.values()}
        for line in path.read_text(encoding="latin-1").splitlines():
            head = re.match(r"match (\S+) m(.)", line)
            if not head or head.group(1).partition("-")[0] not in wanted:
                continue
            pattern, _, rest = line[head.end():].partition(head.group(2))
            flags = rest.split(" ")[0]
            made = _compiled(pattern, (re.DOTALL if "s" in flags else 0) | (re.IGNORECASE if "i" in flags else 0), bytes)
            if made:
                self.rules.setdefault(head.group(1).partition("-")[0], []).append((made, rest))

    def names(self, row):
        if row.field not in NMAP:
            return None
        service, answer = NMAP[row.field]
        for pattern, rest in self.rules.get(service, ()):
            if pattern.search(answer(row.value)):
                product = re.search(r"\bp(.)(.*?)\1", rest)
                return [rest] if product else []
        return []


def _is_right(said, label, judge):
    meant, _ = judge.makers_meant(label)
    words = [squeezed(name) for name in [*spellings(label), *meant]]
    return any(word and word in squeezed(text) for word in words for text in said)


def count(peer, rows, judge):
    """A Counter of rows, asked, named, right; of rows that are the peer's own examples, only how many."""
    counts = Counter()
    for row in rows:
        if row.source.lower().startswith(peer.name):
            counts["its own examples, left out"] += 1
            continue
        counts["rows"] += 1
        said = peer.names(row)
        counts["asked"] += said is not None
        counts["named"] += bool(said)
        counts["right"] += bool(said and row.label and _is_right(said, row.label, judge))
    return counts


def available(recog, nmap):
    peers = []
    if recog and recog.is_dir():
        peers.append(Recog(recog))
    if nmap.exists():
        peers.append(Nmap(nmap))
    if not peers:
        print("evaluate: no peers: give --recog DIR (a copy of rapid7/recog), or install nmap", file=sys.stderr)
    return peers
