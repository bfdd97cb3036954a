#!/usr/bin/python3
"""What devices say in TCP connections: HTTP, RTSP, and both from behind a router."""
from hosts import AXIS, DAHUA, DAHUA_SERIAL, HIKVISION, PRINTER, RECORDER, ROUTER, add_conversation, say, talk, \
    wire, write

LOGIN = "<html><head><title>index</title></head><script>window.location.href = \"/doc/page/login.asp?_\"</script></html>"
HIK_REALM = "IP Camera(F5678)"


def http():
    capture = wire.Pcap()
    get = say.http_get("/", "camera")
    hikvision = talk(RECORDER, HIKVISION, 80,
                     (get, say.http_answer("200 OK", ["Server: App-webs/"], LOGIN)),
                     (say.http_get("/ISAPI/System/deviceInfo", HIKVISION[1]),
                      say.http_answer("401 Unauthorized", ["Server: App-webs/", say.http_digest(HIK_REALM)])))
    add_conversation(capture, RECORDER, HIKVISION, hikvision)
    # No Server header, known by its page; in segments of 64 bytes, of which two are swapped and one comes twice.
    dahua = talk(RECORDER, DAHUA, 80, (get, say.http_answer(
        "200 OK", [], say.html("WEB SERVICE", '<div class="ui-dialog-content"></div>'))), mss=64)
    order = list(range(len(dahua.packets)))
    order[6], order[7] = order[7], order[6]
    order.insert(9, order[8])
    add_conversation(capture, RECORDER, DAHUA, dahua, order=order)
    axis = talk(RECORDER, AXIS, 80, (get, say.http_answer(
        "401 Unauthorized", ["Server: Apache", 'WWW-Authenticate: Digest realm="AXIS_ACCC8E112233", nonce="1"'])))
    add_conversation(capture, RECORDER, AXIS, axis)
    page = say.html("HP LaserJet Pro M404dn").encode()
    chunked = (b"HTTP/1.1 200 OK\r\nServer: HP HTTP Server; HP LaserJet Pro M404dn\r\nTransfer-Encoding: chunked\r\n\r\n"
               + b"%x\r\n" % 20 + page[:20] + b"\r\n" + b"%x\r\n" % (len(page) - 20) + page[20:] + b"\r\n0\r\n\r\n")
    add_conversation(capture, RECORDER, PRINTER, talk(RECORDER, PRINTER, 80, (get, chunked)))
    # A client's own words must not be taken for the server's.
    liar = ("14:18:77:00:00:99", "10.10.10.99")
    boast = b"GET /?Server:App-webs/ HTTP/1.1\r\nHost: x\r\nServer: App-webs/\r\nUser-Agent: DNVRS-Webs\r\n\r\n"
    add_conversation(capture, liar, PRINTER, talk(liar, PRINTER, 8080, (
        boast, say.http_answer("404 Not Found", ["Server: lighttpd/1.4.69"]))))
    return capture.pcap()


def _ask(address, answers):
    options, describe = answers
    return [(say.rtsp_ask("OPTIONS", address, 1), say.rtsp_answer("200 OK", 1, options)),
            (say.rtsp_ask("DESCRIBE", address, 2), say.rtsp_answer("401 Unauthorized", 2, describe))]


HIK_RTSP = (["Public: OPTIONS, DESCRIBE, PLAY, PAUSE, SETUP, TEARDOWN, SET_PARAMETER, GET_PARAMETER"],
            [f'WWW-Authenticate: Digest realm="{HIK_REALM}", nonce="b1946ac9", stale="FALSE"'])
DAHUA_RTSP = (["Server: Dahua Rtsp Server", "Public: OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN"],
              [f'WWW-Authenticate: Digest realm="Login to {DAHUA_SERIAL}", nonce="5f9f"'])
AXIS_RTSP = (["Public: DESCRIBE, GET_PARAMETER, PAUSE, PLAY, SETUP, SET_PARAMETER, TEARDOWN"],
             ['WWW-Authenticate: Digest realm="AXIS_ACCC8E112233", nonce="0c3f"',
              'WWW-Authenticate: Basic realm="AXIS_ACCC8E112233"'])


def rtsp():
    capture = wire.Pcap()
    for camera, answers, port in ((HIKVISION, HIK_RTSP, 554), (DAHUA, DAHUA_RTSP, 10554), (AXIS, AXIS_RTSP, 554)):
        add_conversation(capture, RECORDER, camera, talk(RECORDER, camera, port, *_ask(camera[1], answers)))
    # A media server of software; then video inside the connection (RFC 2326 section 10.12).
    server = ("52:54:00:12:34:56", "10.10.10.55")
    sdp = ("v=0\r\no=- 1 1 IN IP4 10.10.10.55\r\ns=Session streamed with GStreamer\r\nt=0 0\r\na=tool:GStreamer\r\n"
           "m=video 0 RTP/AVP 26\r\n")
    described = ("RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Type: application/sdp\r\nServer: GStreamer RTSP server\r\n"
                 f"Content-Length: {len(sdp)}\r\n\r\n{sdp}").encode()
    video = b"".join(b"$\0" + (200).to_bytes(2, "big") + bytes([channel]) * 200 for channel in range(40))
    add_conversation(capture, RECORDER, server, talk(RECORDER, server, 8554,
                     (say.rtsp_ask("DESCRIBE", server[1], 2), described),
                     (say.rtsp_ask("PLAY", server[1], 3), say.rtsp_answer("200 OK", 3, ["Session: 1"]) + video)))
    return capture.pcap()


def router():
    """Cameras of another site: every frame carries the router's MAC and a TTL that was counted down."""
    capture = wire.Pcap()
    for number in range(8):
        camera = (ROUTER[0], f"10.10.40.{number + 10}")
        serial = f"3K04B5CPAG0010{number}"
        answers = HIK_RTSP if number % 2 else (
            DAHUA_RTSP[0], [f'WWW-Authenticate: Digest realm="Login to {serial}", nonce="5f9f"'])
        conversation = talk(RECORDER, camera, 554, *_ask(camera[1], answers), client_port=41000 + number, server_ttl=62)
        add_conversation(capture, RECORDER, camera, conversation)
    # The router's own page.
    add_conversation(capture, RECORDER, ROUTER, talk(RECORDER, ROUTER, 80, (
        say.http_get("/", ROUTER[1]), say.http_answer("200 OK", ["Server: lighttpd/1.4.69"], say.html("OpenWrt")))))
    return capture.pcap()


def captures():
    return [("http.pcap", http()), ("rtsp.pcap", rtsp()), ("router.pcap", router())]


if __name__ == "__main__":
    write(captures())
