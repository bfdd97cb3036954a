"""Simulated cameras and recorders of makers that law packs name, and of their labels.

Strings, realms, headers and layouts are those of the fact sheets on discovery protocols and on vendors;
serial numbers are made up. What the sheets call unverified is left out.
"""
from dweller import Dweller
from ears import EVERYBODY, Ear, dhip, sadp, say, speak, ssdp, wsd
from names import mdns
from onvif import Onvif
from voices import Greeting, Rtsp, Silent, Tls, Web, answer, digest, page

HIK_PUBLIC = "OPTIONS, DESCRIBE, PLAY, PAUSE, SETUP, TEARDOWN, SET_PARAMETER, GET_PARAMETER"
HIK_REFUSAL = bytes.fromhex("000000100000001e0000001e00000000")
HIK_SUBJECT = "/C=CN/ST=ZheJiang/L=HangZhou/O=HIKVISION/OU=DVRNVR/CN=www.hikvision.com"
DAHUA_PUBLIC = "OPTIONS, DESCRIBE, ANNOUNCE, SETUP, PLAY, RECORD, PAUSE, TEARDOWN, SET_PARAMETER, GET_PARAMETER"


def hikvision_web(server, realm, space="http://www.hikvision.com/ver20/XMLSchema"):
    """The root redirects by script; what is guarded says 401 and the realm."""
    head = ["Date: Thu, 26 Nov 2026 12:00:00 GMT", f"Server: {server}"]
    login = page("", head='<script>window.location.href = "/doc/page/login.asp?_" + (new Date()).getTime();</script>')
    activated = f'<?xml version="1.0" encoding="UTF-8"?>\n<ActivateStatus version="2.0" xmlns="{space}">\n' \
                "<Activated>true</Activated>\n</ActivateStatus>\n"
    closed = answer("401 Unauthorized", [*head, digest(realm, ', stale="FALSE"')], page("Document Error: Unauthorized"))
    missing = answer("404 Not Found", head, page("Document Error: Not Found"))
    form = answer(headers=head, body=page("login", "var g_szCacheTime; iVMS /doc/script/"))
    return Web({"/": answer(headers=head, body=login), "/doc/page/login.asp": form, "/ISAPI/System/deviceInfo": closed,
                "/ISAPI/Security/userCheck": closed,
                "/SDK/activateStatus": answer(headers=head, body=activated, kind="application/xml")}, missing)


def hikvision_rtsp(realm):
    return Rtsp(HIK_PUBLIC, [digest(realm, ', stale="FALSE"'), f'WWW-Authenticate: Basic realm="{realm}"'], date=True)


def hikvision(number, name, model, serial, server, realm, mac, label="", brand_model="", to_group=True, tls=False,
              kind="camera", space="http://www.hikvision.com/ver20/XMLSchema"):
    one = Dweller(name, mac, f"10.77.0.{number}", "Hikvision", kind, brand_model or model)
    web = hikvision_web(server, realm, space)
    one.tcp = {80: web, 554: hikvision_rtsp(realm), 8000: Greeting(HIK_REFUSAL, waits=True)}
    if tls:
        one.tcp[443] = Tls(web, HIK_SUBJECT)
    one.udp = [sadp(to_group, model=brand_model or model, serial=serial, oem=label, **one.where)]
    return one


def dahua_web(realm):
    """No Server header; the challenge of the CGI holds the serial number."""
    head = ["CONNECTION: close", "P3P: CP=CAO PSA OUR"]
    front = page("WEB SERVICE", '<div class="ui-dialog-content"></div><script src="/jsCore/rpcCore.js"></script>'
                 '<script src="/js/loginEx.js"></script><div id="t_username"></div>')
    closed = answer("401 Unauthorized", [digest(realm)], close=True)
    return Web({"/": answer(headers=head, body=front, close=True), "/cgi-bin/magicBox.cgi": closed},
               answer("404 Not Found", ["CONNECTION: close"], page("Error 404"), close=True), close=True)


def dahua(number, name, model, serial, mac, vendor="Dahua", kind="camera", device_class="IPC", tls=False):
    one = Dweller(name, mac, f"10.77.0.{number}", "Dahua", kind, model)
    realm = f"Login to {serial}"
    web = dahua_web(realm)
    one.tcp = {80: web, 37777: Silent(),
               554: Rtsp(DAHUA_PUBLIC, [digest(realm)], ["Server: Dahua Rtsp Server"], both=True)}
    if tls:
        one.tcp[443] = Tls(web, "/C=CN/ST=ZHEJIANG/L=HANGZHOU/O=DAHUA/OU=DAHUATECH/CN=192.168.1.108",
                           issuer="/C=CN/ST=ZHEJIANG/O=DahuaTech/CN=Product Root CA")
    one.udp = [dhip(model=model, serial=serial, vendor=vendor, kind=device_class, **one.where),
               mdns({"_http._tcp.local": (serial, f"{serial}.local", one.address, 80,
                                          [f"host={serial}", f"mac={mac}", f"ip={one.address}"])}),
               ssdp(f"http://{one.address}:49152/upnp_device_desc.xml", "Linux, UPnP/1.0, Private Upnp SDK",
                    f"device_3_0-{serial}", more=["X-User-Agent: redsonic"])]
    return one


def amcrest():
    one = dahua(23, "amcrest", "IP4M-1051", "AMC0001234567890", "9c:8e:cd:00:00:23", "Amcrest")
    xaddr = f"http://{one.address}/onvif/device_service"
    scopes = [f"onvif://www.onvif.org/{scope}" for scope in (
        "location/country/china", "name/Amcrest", "hardware/IP4M-1051", "Profile/Streaming",
        "type/Network_Video_Transmitter", "extension/unique_identifier/1")]
    one.tcp[80].pages["/onvif/device_service"] = Onvif(("Amcrest",), xaddr, scopes,
                                                       digest("Login to AMC0001234567890"))
    one.udp.append(wsd(one.uuid, scopes, xaddr))
    return one


def uniview():
    one = Dweller("uniview", "48:ea:63:00:00:41", "10.77.0.41", "Uniview", "camera", "IPC322LR3-VSPF28-D")
    xaddr = f"http://{one.address}:80/onvif/device_service"
    scopes = say.onvif_scopes("UNIVIEW", one.model, f"mac/{one.mac}")
    refused = '{"Response": {"ResponseURL": "/LAPI/V1.0/System/DeviceBasicInfo", "CreatedID": -1, "StatusCode": 401, ' \
              '"StatusString": "Not Authorized", "Data": "null"}}'
    front = page("login", '<script>var gjs_oemtype = "0"; var GJS_LANG = "en";</script>'
                 '<iframe src="/cgi-bin/main-cgi?json="></iframe>')
    one.tcp = {80: Web({"/": answer(body=front), "/LAPI/V1.0/System/DeviceBasicInfo": answer(
        "401 Unauthorized", [digest("48ea63000041")], refused, "application/json"),
        "/onvif/device_service": Onvif(("UNIVIEW", one.model, "IPC_D1202-B0004P50D1911C01", "210235T0000000000041",
                                        "A"), xaddr, scopes)}),
        554: Rtsp("OPTIONS, DESCRIBE, SETUP, TEARDOWN, PLAY, GET_PARAMETER, SET_PARAMETER", [digest("48ea63000041")])}
    one.udp = [wsd(one.uuid, scopes, xaddr)]
    return one


def tvt():
    one = Dweller("tvt", "00:18:ae:00:00:43", "10.77.0.43", "TVT", "camera", "TD-9421S3")
    missing = answer("404 Not Found", ["Server: Cross Web Server"], page("404"))
    one.tcp = {80: Web({"/": answer(headers=["Server: Cross Web Server"], body=page("IPCamera Components Download"))}, missing),
               554: Rtsp("OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN", [digest("TVT")], ["Server: TVT RTSP Server"]),
               6036: Greeting(b"head\0\0\0\0\xf9" + bytes(23))}
    announce = speak.mhed_announce(one.mac, one.address, "10.77.0.1", "IPC", "I0A1B2C3D443", "5.1.2.34", one.model, "TVT")
    one.udp = [Ear(23456, b"MHED", announce, (speak.MHED_TOOLS,), (speak.MHED_DEVICES, 23456), 9407)]
    return one


def xiongmai():
    one = Dweller("xiongmai", "00:12:16:00:00:44", "10.77.0.44", "Xiongmai", "recorder")
    xaddr = f"http://{one.address}:8899/onvif/device_service"
    scopes = say.onvif_scopes("H264", "NBD8008R-PL", "type/ptz")
    web = Web({"/": answer(headers=["Server: uc-httpd 1.0.0"], body=page("NETSurveillance WEB"), close=True)},
              answer("404 Not Found", ["Server: uc-httpd 1.0.0"], close=True), close=True)
    one.tcp = {80: web, 34567: Silent(),
               8899: Web({"/onvif/device_service": Onvif(("H264", "NBD8008R-PL", "V4.03.R11", "fedcba9876543210", "1.00"),
                                                         xaddr, scopes, headers=["Server: gSOAP/2.8"])}, close=True),
               554: Rtsp("OPTIONS, DESCRIBE, SETUP, TEARDOWN, GET_PARAMETER, SET_PARAMETER, PLAY, PAUSE",
                         [digest("fedcba9876543210")], ["Server: H264DVR 1.0"])}
    told = speak.xiongmai_answer(one.mac, one.address, "10.77.0.1", "fedcba9876543210", "V4.03.R11.C7430126", 8)
    request = speak.xiongmai(1530)
    one.udp = [Ear(34569, request, told, ("239.255.255.250",), (EVERYBODY, 34569)), wsd(one.uuid, scopes, xaddr)]
    return one


def cameras():
    return [
        hikvision(11, "hikvision", "DS-2CD2142FWD-I", "DS-2CD2142FWD-I20170601AAWR123450011", "App-webs/",
                  "IP Camera(50011)", "44:19:b6:00:00:11"),
        hikvision(12, "hikvision-recorder", "DS-7608NI-K2", "DS-7608NI-K20820200101CCRR123450012WCVU", "DNVRS-Webs",
                  "Hikvision", "c0:56:e3:00:00:12", tls=True, kind="recorder", to_group=False),
        hikvision(13, "annke", "DS-2CD2087G2", "C80020220101AAWR123450013", "webserver", "IP Camera(50013)",
                  "44:47:cc:00:00:13", label="ANNKE", brand_model="C800", to_group=False,
                  space="http://www.isapi.org/ver20/XMLSchema"),
        dahua(21, "dahua", "IPC-HDW5421S", "3K04B5CPAG00021", "3c:ef:8c:00:00:21"),
        dahua(22, "dahua-recorder", "NVR5216-4KS2", "3K04B5CPAG00022", "a0:bd:1d:00:00:22", "Dahua", "recorder", "NVR", True),
        amcrest(), uniview(), tvt(), xiongmai()]
