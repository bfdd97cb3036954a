"""What a simulated device does with a TCP connection: one class for each way to speak.

A voice has serve(), a coroutine that lives as long as the connection. `note(event, what)` writes down
what the device received. HTTP and RTSP are bytes made by hand, as the devices send them: no web
server's own headers come in between.
"""
import asyncio
import re
import socket
import struct

LONGEST_HEAD, LONGEST_BODY, PATIENCE = 16384, 65536, 20.0


class Request:
    def __init__(self, head, body):
        lines = head.decode("latin-1").split("\r\n")
        self.line, self.body = lines[0], body
        self.method, _, rest = self.line.partition(" ")
        self.target = rest.rpartition(" ")[0]
        self.path = self.target.split("?", 1)[0]
        self.headers = {key.strip().lower(): value.strip() for key, _, value in (line.partition(":") for line in lines[1:])
                        if key}


def answer(status="200 OK", headers=(), body=b"", kind="text/html", close=False):
    """An HTTP answer; `headers` are lines, in the order in which the device sends them."""
    body = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", *headers]
    if body or kind:
        lines.append(f"Content-Type: {kind}")
    lines += [f"Content-Length: {len(body)}", "Connection: close" if close else "Connection: keep-alive"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def digest(realm, more=""):
    return f'WWW-Authenticate: Digest realm="{realm}", qop="auth", nonce="4e5468694e7a42694e7a4d364f444935"{more}'


def page(title, rest="", head=""):
    return f"<!DOCTYPE html>\n<html><head><title>{title}</title>{head}</head><body>{rest}</body></html>\n"


BAD = object()
_OPENING, _FIRST_LINE = re.compile(rb"[A-Z_]{1,20}( |$)"), re.compile(rb"[A-Z_]+ \S+ (HTTP|RTSP)/\d\.\d\r")


class Asked:
    """The requests of one connection, one after the other."""

    def __init__(self, reader):
        self.reader, self.octets = reader, b""

    async def _more(self):
        part = await self.reader.read(4096)
        self.octets += part
        return bool(part)

    def _is_request(self):
        first, newline, _ = self.octets.partition(b"\n")
        return _OPENING.match(self.octets) and (not newline or _FIRST_LINE.fullmatch(first))

    async def _next(self):
        while b"\r\n\r\n" not in self.octets:
            if not await self._more():
                return BAD if self.octets else None
            if len(self.octets) > LONGEST_HEAD or not self._is_request():
                return BAD
        head, _, rest = self.octets.partition(b"\r\n\r\n")
        length = re.search(rb"(?im)^content-length:\s*(\d{1,6})\s*$", head)
        size = min(int(length[1]), LONGEST_BODY) if length else 0
        while len(rest) < size and await self._more():
            rest = self.octets.partition(b"\r\n\r\n")[2]
        self.octets = rest[size:]
        return Request(head, rest[:size])

    async def next(self):
        """None where the peer has closed; BAD where it says what is too long, too slow or no request."""
        try:
            return await asyncio.wait_for(self._next(), PATIENCE)
        except TimeoutError:
            return BAD


class Web:
    """`pages`: path -> bytes, or a function of the request. `missing`: for every other path."""

    def __init__(self, pages, missing=None, close=False):
        self.pages, self.close = pages, close
        self.missing = missing or answer("404 Not Found", body=page("404 Not Found"), close=close)

    def say(self, request):
        if request.method not in ("GET", "HEAD", "POST"):
            return answer("501 Not Implemented", close=True), True
        found = self.pages.get(request.path, self.missing)
        octets = found(request) if callable(found) else found
        wish = request.headers.get("connection", "keep-alive" if request.line.endswith("/1.1") else "close")
        last = self.close or wish.lower() == "close"
        return (octets.split(b"\r\n\r\n", 1)[0] + b"\r\n\r\n" if request.method == "HEAD" else octets), last

    async def serve(self, reader, writer, note):
        asked = Asked(reader)
        while request := await asked.next():
            if request is BAD:
                note("malformed", asked.octets)
                return writer.write(answer("400 Bad Request", body=page("400 Bad Request"), close=True))
            note("http", request)
            octets, last = self.say(request)
            writer.write(octets)
            await writer.drain()
            if last:
                return


class Rtsp:
    """`public`: the header of that name; `challenge`: lines of WWW-Authenticate for DESCRIBE; `cseq`: a
    function of the number asked with; `both`: OPTIONS too asks for a password."""

    def __init__(self, public, challenge, server=(), cseq=str, both=False, date=False):
        self.public, self.challenge, self.server, self.cseq, self.both = public, challenge, server, cseq, both
        self.date = ["Date:  Thu, Nov 26 2026 12:00:00 GMT"] if date else []

    def say(self, request):
        sequence = f"CSeq: {self.cseq(request.headers.get('cseq', ''))}"
        if request.method == "OPTIONS" and not self.both:
            lines = ["RTSP/1.0 200 OK", sequence, *self.server, f"Public: {self.public}", *self.date]
        elif request.method in ("OPTIONS", "DESCRIBE"):
            lines = ["RTSP/1.0 401 Unauthorized", sequence, *self.server, *self.challenge, *self.date]
        else:
            lines = ["RTSP/1.0 405 Method Not Allowed", sequence, *self.server]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    async def serve(self, reader, writer, note):
        asked = Asked(reader)
        while request := await asked.next():
            if request is BAD or not request.line.endswith("RTSP/1.0"):
                note("malformed", asked.octets)
                return writer.write(b"RTSP/1.0 400 Bad Request\r\n\r\n")
            note("rtsp", request)
            writer.write(self.say(request))
            await writer.drain()


class Silent:
    """A control port that waits for its own protocol, and closes when something else comes."""

    async def serve(self, reader, writer, note):
        if octets := await reader.read(4096):
            note("said", octets)


class Tarpit:
    """Accepts, reads on and on, and never says a word."""

    async def serve(self, reader, writer, note):
        while octets := await reader.read(4096):
            note("said", octets)


class Greeting(Silent):
    """Speaks first, or (`waits`) to whatever comes, and then closes."""

    def __init__(self, octets, waits=False):
        self.octets, self.waits = octets, waits

    async def serve(self, reader, writer, note):
        if self.waits:
            note("said", await reader.read(4096))
        writer.write(self.octets)
        await writer.drain()
        if not self.waits:
            await super().serve(reader, writer, note)


class Reset:
    """Accepts, and resets at once."""

    async def serve(self, reader, writer, note):
        end = writer.get_extra_info("socket")
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()


class Drip:
    """`opening`, and then `more` again and again, `pause` seconds apart, for as long as anyone listens."""

    def __init__(self, opening, more, pause):
        self.opening, self.more, self.pause = opening, more, pause

    async def serve(self, reader, writer, note):
        writer.write(self.opening)
        while True:
            writer.write(self.more)
            await writer.drain()
            await asyncio.sleep(self.pause)


class Octets:
    """The same octets to whoever says anything; with `abrupt` the connection ends with them."""

    def __init__(self, octets, abrupt=True):
        self.octets, self.abrupt = octets, abrupt

    async def serve(self, reader, writer, note):
        note("said", await reader.read(4096))
        writer.write(self.octets)
        await writer.drain()
        if not self.abrupt:
            await Tarpit().serve(reader, writer, note)


class Tls:
    """`inner` behind TLS, with a certificate of `subject` (as for openssl -subj). `newest`: TLS 1.3 alone."""

    def __init__(self, inner, subject, issuer=None, newest=False, days=3650, names=()):
        self.inner, self.subject, self.issuer, self.newest = inner, subject, issuer, newest
        self.days, self.names = days, names

    async def serve(self, reader, writer, note):
        note("tls", None)  # the handshake is done: asyncio makes it before
        await self.inner.serve(reader, writer, note)
