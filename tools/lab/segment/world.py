"""Simulated cameras of other makers; the sources are those of china.py."""
import json

from dweller import Dweller
from ears import EVERYBODY, Ear, say, speak, ssdp, wsd
from names import mdns
from onvif import Onvif
from voices import Rtsp, Silent, Tls, Web, answer, digest, page

import make_consumer as consumer  # of tests/replay, which ears.py put on the path

GATEWAY = "10.77.0.1"
UPNP = ('<?xml version="1.0"?>\n<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor>'
        "</specVersion><device>{}</device></root>")


def elements(**values):
    return "".join(f"<{name}>{value}</{name}>" for name, value in values.items())


def axis():
    one = Dweller("axis", "ac:cc:8e:00:00:31", "10.77.0.31", "Axis", "camera", "P3245-V")
    serial = one.mac.replace(":", "").upper()
    realm, service = f"AXIS_{serial}", "urn:axis-com:service:BasicService:1"
    told = json.dumps({"apiVersion": "1.3", "data": {"propertyList": {
        "Brand": "AXIS", "ProdShortName": "AXIS P3245-V", "ProdFullName": "AXIS P3245-V Dome Camera", "ProdNbr": "P3245-V",
        "ProdType": "Dome Camera", "SerialNumber": serial, "Version": "10.12.114"}}})
    closed = answer("401 Unauthorized", [digest(realm)], page("401 Unauthorized"))

    def basic(request):
        return answer(body=told, kind="application/json") if request.method == "POST" else closed
    web = Web({"/": answer("302 Found", ["Location: /camera/index.html"]), "/camera/index.html": answer(body=page("AXIS")),
               "/axis-cgi/basicdeviceinfo.cgi": basic, "/axis-cgi/usergroup.cgi": closed})
    about = UPNP.format(elements(
        deviceType="urn:schemas-upnp-org:device:Basic:1", friendlyName=f"AXIS P3245-V - {serial}", manufacturer="AXIS",
        modelDescription="AXIS P3245-V Network Camera", modelName="AXIS P3245-V", modelNumber="P3245-V", serialNumber=serial,
        UDN=f"uuid:Upnp-BasicDevice-1_0-{serial}"))
    one.tcp = {80: web, 443: Tls(web, f"/O=Axis Communications AB/CN=axis-{serial.lower()}", newest=True),
               49152: Web({"/rootdesc1.xml": answer(body=about, kind="text/xml")}),
               554: Rtsp("DESCRIBE, GET_PARAMETER, PAUSE, PLAY, SETUP, SET_PARAMETER, TEARDOWN", [digest(realm)])}
    one.udp = [mdns({"_axis-video._tcp.local": (f"AXIS P3245-V - {serial}", f"axis-{serial.lower()}.local", one.address, 80,
                                                [f"macaddress={serial}"])}),
               ssdp(f"http://{one.address}:49152/rootdesc1.xml",
                    "Linux/4.14.173-axis8, UPnP/1.0, Portable SDK for UPnP devices/1.8.7",
                    f"Upnp-BasicDevice-1_0-{serial}", ("upnp:rootdevice", service))]
    return one


def hanwha():
    one = Dweller("hanwha", "00:09:18:00:00:32", "10.77.0.32", "Hanwha Vision", "camera", "XNV-8080R")
    xaddr = f"http://{one.address}/onvif/device_service"
    scopes = say.onvif_scopes("XNV-8080R", "XNV-8080R", "Profile/T")
    closed = digest("iPolis_00-09-18-00-00-32")
    refused = answer("401 Unauthorized", [closed], page("401 Unauthorized"))
    one.tcp = {80: Web({"/": answer("302 Found", ["Location: /home/monitoring.cgi"]), "/home/monitoring.cgi": refused,
                        "/stw-cgi/system.cgi": refused, "/onvif/device_service": Onvif(
                            ("Hanwha Techwin", "XNV-8080R", "1.41.01_20200305", "ZNFF70GG0000032", "0"), xaddr, scopes)}),
               554: Rtsp("OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER", [digest("iPOLiS")])}
    one.udp = [Ear(7701, b"\1", speak.hanwha_answer(one.mac, one.address, GATEWAY, "XNV-8080R"), (), None),
               wsd(one.uuid, scopes, xaddr)]
    return one


def bosch():
    one = Dweller("bosch", "00:07:5f:00:00:33", "10.77.0.33", "Bosch", "camera", "FLEXIDOME IP 4000i")
    head = ["Server: VCS-VideoJet-Webserver"]
    realm = "Use 'live' as User Name and your password"
    web = Web({"/": answer("401 Unauthorized", [*head, digest(realm)])}, answer("404 Not Found", head), close=True)
    web.pages["/rcp.xml"] = web.pages["/"]
    factory = "/O=Bosch Sicherheitssysteme GmbH/OU=ST-VS/CN=00-07-5f-00-00-33/serialNumber=044412345033"
    one.tcp = {80: web, 443: Tls(web, "/O=Bosch Sicherheitssysteme GmbH/CN=local.myboschcam.net", issuer=factory),
               554: Rtsp("OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER", [digest(realm)])}
    told = speak.rcp_description(one.mac, one.address, one.model, "Hall", "044412345033:12345033")
    one.udp = [Ear(1757, b"\x99\x39\xa4\x27", told, (), (EVERYBODY, 1758))]
    return one


def ipro():
    one = Dweller("i-pro", "d4:2d:c5:00:00:34", "10.77.0.34", "i-PRO", "camera", "WV-S1136")
    front = page("WV-S1136 Network Camera", '<script>location.href="/cgi-bin/getuid?FILE=index.html";</script>')
    one.tcp = {80: Web({"/": answer(headers=["Server: HTTPD"], body=front)}, close=True),
               554: Rtsp("OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER", [digest("i-PRO WV-S1136")])}

    def told(question, _):
        if question[4:6] != b"\0\x0d" or len(question) < 52:
            return None  # other commands set what a device is
        asker = (question[12:18].hex(":"), ".".join(str(part) for part in question[18:22]))
        return speak.easyip_answer(one.mac, one.address, GATEWAY, asker, one.model, "2.31", "Yard", "ABC0123450034")
    one.udp = [Ear(10670, b"\0\1", told, (), (EVERYBODY, 10669))]
    return one


def vivotek():
    one = Dweller("vivotek", "00:02:d1:00:00:35", "10.77.0.35", "Vivotek", "camera", "FD8169A")
    realm = digest("streaming_server")
    closed = answer("401 Unauthorized", ["Server: Vivotek Network Camera", realm], page("Protected Object"))
    one.tcp = {80: Web({"/": closed, "/cgi-bin/viewer/getparamjs.cgi": closed},
                       answer("404 Not Found", ["Server: Vivotek Network Camera"]), close=True),
               554: Rtsp("OPTIONS, DESCRIBE, PLAY, SETUP, TEARDOWN", [realm], cseq=lambda _: "-1", date=True)}

    def told(question, _):
        if len(question) != 5 or question[1:] != bytes.fromhex("4a5d8f1c"):
            return None
        return speak.vivotek_answer(one.mac, one.address, "Corridor", one.model, question[0])
    one.udp = [Ear(10000, b"", told)]
    return one


def sony():
    one = Dweller("sony", "00:01:4a:00:00:36", "10.77.0.36", "Sony", "camera", "SNC-EM630")
    realm = 'WWW-Authenticate: Basic realm="Sony Network Camera SNC-EM630"'
    one.tcp = {80: Web({"/": answer(headers=["Server: gen5th/2.7.2"], body=page("Sony Network Camera SNC-EM630")),
                        "/command/inquiry.cgi": answer("401 Unauthorized", [realm])}),
               554: Rtsp("OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN", [digest("Sony Network Camera SNC-EM630")],
                         ["Server: Linux/2.6.35.14_nl-xarina+ Ze-PRO"])}
    one.udp = [Ear(2380, speak.sony_search(), speak.sony_answer(one.mac, one.address, GATEWAY, one.model, "4500036", "2.7.2"))]
    return one


def mobotix():
    one = Dweller("mobotix", "00:03:c5:00:00:37", "10.77.0.37", "Mobotix", "camera")
    closed = answer("401 Unauthorized", ['WWW-Authenticate: Basic realm="MOBOTIX Camera User"'], page("401"))
    front = answer("302 Found", ["Location: /control/userimage.html"], page(
        "Redirect to userimage: /control/userimage.html", head='<meta name="publisher" content="MOBOTIX AG">'))
    one.tcp = {80: Web({"/": front, "/control/userimage.html": closed})}
    return one


def reolink():
    one = Dweller("reolink", "ec:71:db:00:00:42", "10.77.0.42", "Reolink", "camera", "RLC-410")
    xaddr = f"http://{one.address}:8000/onvif/device_service"
    scopes = say.onvif_scopes("IPC-BO", "RLC-410", "Profile/T")
    login = '[{"cmd":"Unknown","code":1,"error":{"detail":"please login first","rspCode":-6}}]\n'
    one.tcp = {80: Web({"/": answer(headers=["Server: nginx"], body=page("Reolink")),
                        "/api.cgi": answer(headers=["Server: nginx"], body=login)}),
               8000: Web({"/onvif/device_service": Onvif(("Reolink", "RLC-410", "v3.0.0.136", "00000000000042", "IPC_515B8M5M"),
                                                         xaddr, scopes, headers=["Server: gSOAP/2.8"])}),
               554: Rtsp("OPTIONS, DESCRIBE, SETUP, TEARDOWN, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER",
                         [digest("BC Streaming Media")]), 9000: Silent()}
    record = consumer.reolink_record((one.mac, one.address), b"Front door", b"952700TESTUID042")
    one.udp = [Ear(2000, b"\xaa\xaa\0\0", record, (), (EVERYBODY, 3000)), wsd(one.uuid, scopes, xaddr)]
    return one


def foscam():
    one = Dweller("foscam", "00:62:6e:00:00:45", "10.77.0.45", "Foscam", "camera", "FI9831W")
    told = "<CGI_Result>\n    <result>-2</result>\n</CGI_Result>\n"
    web = Web({"/": answer(body=page("IPCam Client", '<object codebase="IPCWebComponents.exe"></object>')),
               "/cgi-bin/CGIProxy.fcgi": answer(body=told, kind="text/plain")})
    one.tcp = {88: web, 554: Rtsp("OPTIONS, DESCRIBE, SETUP, TEARDOWN, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER",
                                  [digest("Foscam IPCam Living Video")])}
    record = consumer.netwave_reply((one.mac, one.address), b"00626E000045", b"Stairs")
    one.udp = [Ear(10000, b"MO_I\0\0", record, (), (EVERYBODY, 10000))]
    return one


def ubiquiti():
    one = Dweller("ubiquiti", "fc:ec:da:00:00:46", "10.77.0.46", "Ubiquiti", "camera", "UVC G3 Flex")
    web = Web({"/": answer(body=page("UniFi Protect Camera"))})
    one.tcp = {443: Tls(web, "/C=US/ST=CA/L=San Jose/O=Ubiquiti Networks Inc./OU=devint/CN=camera.ubnt.dev"), 22: Silent()}
    told = consumer.ubiquiti_answer((one.mac, one.address), b"UVC G3 Flex", b"UVC.S2L.v4.75.62.67.c1fae0c")
    one.udp = [Ear(10001, b"\1\0\0\0", told, ("233.89.188.1",)), Ear(10001, b"\2\x08\0\0", told, ("233.89.188.1",))]
    return one


def tp_link():
    one = Dweller("tp-link", "00:31:92:00:00:47", "10.77.0.47", "TP-Link", "camera", "C200")
    xaddr = f"http://{one.address}:2020/onvif/device_service"
    scopes = say.onvif_scopes("TP-IPC", "C200", "location/Hong%20Kong")
    stream = answer("401 Unauthorized", ["Server: Streamd", digest("TP-Link IP-Camera")])
    one.tcp = {2020: Web({"/onvif/device_service": Onvif(("tp-link",), xaddr, scopes, digest("TP-LINK IP-Camera"))}),
               8800: Web({"/stream": stream}, stream),
               554: Rtsp("OPTIONS, DESCRIBE, SETUP, TEARDOWN, PLAY", [digest("TP-LINK IP-Camera")])}
    told = consumer.tdp_answer((one.mac, one.address), "SMART.IPCAMERA", "C200", "1.0.10 Build 200101", "0123456789ABCDEF")
    one.udp = [Ear(20002, b"\2\0\0\1", told), wsd(one.uuid, scopes, xaddr)]
    return one


def cameras():
    return [axis(), hanwha(), bosch(), ipro(), vivotek(), sony(), mobotix(), reolink(), foscam(), ubiquiti(), tp_link()]
