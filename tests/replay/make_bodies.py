#!/usr/bin/python3
"""What HTTP carries: the answers of devices that describe themselves, and questions to them."""
from hosts import AXIS, HIKVISION, PRINTER, RECORDER, add_conversation, say, talk, wire, write


def answer(body, *headers, status="200 OK"):
    return say.http_answer(status, list(headers), body)


def chunked(body, step, *headers):
    octets = body.encode()
    pieces = [octets[at:at + step] for at in range(0, len(octets), step)]
    coded = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    head = "\r\n".join(["HTTP/1.1 200 OK", *headers, "Transfer-Encoding: chunked"])
    return head.encode() + b"\r\n\r\n" + coded + b"0\r\n\r\n"


def description(**elements):
    device = "".join(f"<{name}>{value}</{name}>" for name, value in elements.items())
    return ('<?xml version="1.0"?>\n<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major>'
            f"<minor>0</minor></specVersion><device>{device}</device></root>")


def upnp():
    capture = wire.Pcap()
    get = say.http_get("/rootdesc1.xml", AXIS[1])
    axis = description(
        deviceType="urn:schemas-upnp-org:device:Basic:1", friendlyName="AXIS M1065-L - ACCC8E112233",
        manufacturer="AXIS", manufacturerURL="http://www.axis.com/", modelDescription="AXIS M1065-L Network Camera",
        modelName="AXIS M1065-L", modelNumber="M1065-L", serialNumber="ACCC8E112233",
        UDN="uuid:Upnp-BasicDevice-1_0-ACCC8E112233")
    add_conversation(capture, RECORDER, AXIS, talk(RECORDER, AXIS, 49152, (get, answer(axis, "Content-Type: text/xml")),
                                                   mss=400))
    swann = description(
        deviceType="urn:schemas-upnp-org:device:EmbeddedNetDevice:1", friendlyName="SWANN 10.10.10.64",
        manufacturer="SWANN", modelName="DVR8-1550", modelNumber="DVR8-1550", serialNumber="0820200101AAWR000000001",
        UDN="uuid:00000000-0000-4000-8000-0000000000ad")
    add_conversation(capture, RECORDER, HIKVISION, talk(RECORDER, HIKVISION, 49152, (get, chunked(swann, 90))))
    printer = description(
        deviceType="urn:schemas-upnp-org:device:Printer:1", friendlyName="Printer at the gate camera",
        manufacturer="Hewlett-Packard", modelName="HP LaserJet Pro M404dn", modelNumber="M404dn",
        UDN="uuid:00000000-0000-4000-8000-0000000000ae")
    add_conversation(capture, RECORDER, PRINTER, talk(RECORDER, PRINTER, 80, (get, answer(printer))))
    # A proxy hands on what a camera said: it is no camera.
    proxy = ("52:54:00:12:34:99", "10.10.10.9")
    add_conversation(capture, RECORDER, proxy, talk(RECORDER, proxy, 80, (get, answer(axis, "Via: 1.1 proxy"))))
    return capture.pcap()


def captures():
    return [("upnp.pcap", upnp())]


if __name__ == "__main__":
    write(captures())
