#!/usr/bin/python3
"""What HTTP carries: the answers of devices that describe themselves, and questions to them."""
import json

from hosts import AXIS, DAHUA, DAHUA_SERIAL, HIKVISION, HIKVISION_SERIAL, PRINTER, RECORDER, ROUTER, \
    add_conversation, say, talk, wire, write


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
    # A maker's own namespace: of a camera, and of a plug that describes itself alike.
    for device, kind, model, serial in (
            (("52:54:00:00:00:74", "10.10.10.74"), "NetCamSensor", "NetCamHDv0", "000000V0000007"),
            (("52:54:00:00:00:75", "10.10.10.75"), "controllee", "Socket", "000000K0000008")):
        belkin = description(
            deviceType=f"urn:Belkin:device:{kind}:1", friendlyName="Porch", manufacturer="Belkin International Inc.",
            modelDescription="Belkin Plugin Socket 1.0", modelName=model, modelNumber="1.0", serialNumber=serial,
            UDN=f"uuid:{kind}-1_0-{serial}").replace("urn:schemas-upnp-org:device-1-0", "urn:Belkin:device-1-0")
        add_conversation(capture, RECORDER, device, talk(RECORDER, device, 49153, (get, answer(belkin))))
    # A proxy hands on what a camera said: it is no camera.
    proxy = ("52:54:00:12:34:99", "10.10.10.9")
    add_conversation(capture, RECORDER, proxy, talk(RECORDER, proxy, 80, (get, answer(axis, "Via: 1.1 proxy"))))
    return capture.pcap()


SOAP = ('<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
        'xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:trt="http://www.onvif.org/ver10/media/wsdl" '
        'xmlns:tt="http://www.onvif.org/ver10/schema">{}<s:Body>{}</s:Body></s:Envelope>')


def post(path, address, body, *headers):
    octets = body.encode()
    head = "\r\n".join([f"POST {path} HTTP/1.1", f"Host: {address}", *headers, f"Content-Length: {len(octets)}"])
    return head.encode() + b"\r\n\r\n" + octets


def call(address, name, path="/onvif/device_service"):
    token = "<s:Header><Security><UsernameToken><Username>admin</Username></UsernameToken></Security></s:Header>"
    return post(path, address, SOAP.format(token, f"<tds:{name}/>"), "Content-Type: application/soap+xml")


def elements(prefix, **values):
    return "".join(f"<{prefix}:{name}>{value}</{prefix}:{name}>" for name, value in values.items())


def soap_answer(name, inside, prefix="tds", make=answer, **options):
    return make(SOAP.format("", f"<{prefix}:{name}Response>{inside}</{prefix}:{name}Response>"), **options)


def interface(mac, address):
    return ('<tds:NetworkInterfaces token="eth0"><tt:Enabled>true</tt:Enabled><tt:Info><tt:Name>eth0</tt:Name>'
            f"<tt:HwAddress>{mac}</tt:HwAddress></tt:Info><tt:IPv4><tt:Config><tt:Manual><tt:Address>{address}"
            "</tt:Address></tt:Manual></tt:Config></tt:IPv4></tds:NetworkInterfaces>")


def onvif():
    capture = wire.Pcap()
    address = HIKVISION[1]
    device = elements("tds", Manufacturer="HIKVISION", Model="DS-2CD2142FWD-I", FirmwareVersion="V5.5.0 build 170725",
                      SerialNumber=HIKVISION_SERIAL, HardwareId="88")
    scopes = "".join(f"<tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef><tt:ScopeItem>onvif://www.onvif.org/{scope}"
                     "</tt:ScopeItem></tds:Scopes>" for scope in ("type/video_encoder", "hardware/DS-2CD2142FWD-I",
                                                                  "name/HIKVISION%20DS-2CD2142FWD-I"))
    uri = (f"<trt:MediaUri><tt:Uri>rtsp://{address}:554/Streaming/Channels/101?transportmode=unicast</tt:Uri>"
           "</trt:MediaUri>")
    add_conversation(capture, RECORDER, HIKVISION, talk(
        RECORDER, HIKVISION, 80,
        (call(address, "GetSystemDateAndTime"), soap_answer("GetSystemDateAndTime", "<tds:SystemDateAndTime/>")),
        (call(address, "GetDeviceInformation"), soap_answer("GetDeviceInformation", device)),
        (call(address, "GetScopes"), chunked(SOAP.format("", f"<tds:GetScopesResponse>{scopes}</tds:GetScopesResponse>"),
                                             100)),
        (call(address, "GetStreamUri", "/onvif/Media"), soap_answer("GetStreamUri", uri, "trt"))))
    # Of another site: the MAC that it gives is joined to its address, not to the router's.
    away = (ROUTER[0], "10.10.40.21")
    axis = elements("tds", Manufacturer="AXIS", Model="AXIS Q6045-E", FirmwareVersion="5.55.1.2",
                    SerialNumber="ACCC8E445566", HardwareId="1C9.2")
    add_conversation(capture, RECORDER, away, talk(
        RECORDER, away, 80,
        (call(away[1], "GetDeviceInformation"), soap_answer("GetDeviceInformation", axis)),
        (call(away[1], "GetNetworkInterfaces"),
         soap_answer("GetNetworkInterfaces", interface("AC:CC:8E:44:55:66", away[1]))), server_ttl=62))
    # A refusal, and a printer that speaks SOAP but not ONVIF.
    add_conversation(capture, RECORDER, DAHUA, talk(RECORDER, DAHUA, 80, (
        call(DAHUA[1], "GetDeviceInformation"),
        answer(SOAP.format("", "<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code></s:Fault>"),
               status="400 Bad Request"))))
    other = SOAP.replace("onvif", "example").format("", "<GetDeviceInformationResponse><Manufacturer>AXIS</Manufacturer>"
                                                    "</GetDeviceInformationResponse>")
    add_conversation(capture, RECORDER, PRINTER, talk(RECORDER, PRINTER, 80, (
        call(PRINTER[1], "GetDeviceInformation").replace(b"onvif", b"example"), answer(other))))
    return capture.pcap()


def device_info(name_space, **values):
    inside = "".join(f"<{name}>{value}</{name}>\n" for name, value in values.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<DeviceInfo version="2.0" xmlns="{name_space}">\n{inside}</DeviceInfo>\n'


def alert(camera):
    return ('<EventNotificationAlert version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">\n'
            f"<ipAddress>{camera[1]}</ipAddress>\n<portNo>80</portNo>\n<protocol>HTTP</protocol>\n"
            f"<macAddress>{camera[0]}</macAddress>\n<channelID>1</channelID>\n<eventType>VMD</eventType>\n"
            "<eventState>active</eventState>\n</EventNotificationAlert>\n")


def isapi():
    capture = wire.Pcap()
    hikvision = "http://www.hikvision.com/ver20/XMLSchema"
    get = say.http_get("/ISAPI/System/deviceInfo", HIKVISION[1])
    camera = device_info(hikvision, deviceName="Gate & yard", model="DS-2CD2142FWD-I", serialNumber=HIKVISION_SERIAL,
                         macAddress=HIKVISION[0], firmwareVersion="V5.5.0", firmwareReleasedDate="build 170725",
                         deviceType="IPCamera", manufacturer="hikvision")
    add_conversation(capture, RECORDER, HIKVISION, talk(
        RECORDER, HIKVISION, 80, (get, answer(camera, "Content-Type: application/xml")),
        (post("/ISAPI/System/time", HIKVISION[1], f'<Time version="2.0" xmlns="{hikvision}"></Time>'),
         answer(f'<ResponseStatus version="2.0" xmlns="{hikvision}"></ResponseStatus>'))))
    # A recorder behind a router, in a label's neutral build: found by its MAC and its serial number.
    away = (ROUTER[0], "10.10.40.22")
    recorder = device_info("http://www.isapi.org/ver20/XMLSchema", deviceName="nvr", model="DS-7608NXI-I2/8P/S",
                           serialNumber="DS-7608NXI-I2/8P/S0820230101CCRRJ00000001WCVU",
                           macAddress="44:19:b6:99:88:77", firmwareVersion="V4.62.210",
                           firmwareReleasedDate="build 230619", deviceType="NVR")
    add_conversation(capture, RECORDER, away, talk(RECORDER, away, 80, (get, answer(recorder)), server_ttl=62))
    # A camera that posts an alert to whoever it was told to.
    ezviz = ("44:19:b6:0a:0b:99", "10.10.10.66")
    listener = ("14:18:77:00:00:44", "10.10.10.44")
    add_conversation(capture, ezviz, listener, talk(ezviz, listener, 8080, (
        post("/alerts", listener[1], alert(ezviz), "Content-Type: application/xml"), answer(""))))
    # Without a namespace: what stands in the documents is the platform's own, or says nothing.
    bare = ("52:54:00:00:00:67", "10.10.10.67")
    described = device_info(hikvision, deviceName="Yard", model="DS-2CD2T40G0-I",
                            serialNumber="DS-2CD2T40G0-I20200101AAWR000000001", firmwareVersion="V5.7.1",
                            deviceType="IPCamera").replace(f' xmlns="{hikvision}"', "")
    ask(capture, bare, (get, answer(described)))
    door = ("52:54:00:00:00:68", "10.10.10.68")
    event = ('<EventNotificationAlert version="2.0">\n<channelID>1</channelID>\n<eventType>AccessControllerEvent'
             "</eventType>\n<AccessControllerEvent>\n<majorEventType>5</majorEventType>\n<subEventType>75</subEventType>"
             "\n</AccessControllerEvent>\n</EventNotificationAlert>\n")
    add_conversation(capture, door, listener, talk(door, listener, 8080, (post("/alerts", listener[1], event), answer(""))))
    other = "<DeviceInfo>\n<model>MF-740</model>\n<serialNumber>MF-740</serialNumber>\n</DeviceInfo>\n"
    ask(capture, PRINTER, (get, answer(other)))
    return capture.pcap()


def ask(capture, device, *exchanges, port=80):
    add_conversation(capture, RECORDER, device, talk(RECORDER, device, port, *exchanges))


def magicbox():
    capture = wire.Pcap()
    cgi = "/cgi-bin/magicBox.cgi?action="
    lines = "\r\n".join(["appAutoStart=true", "deviceType=IPC-HDW5231R-ZE", "hardwareVersion=1.00", "processor=S2LM",
                         f"serialNumber={DAHUA_SERIAL}", "updateSerial=IPC-HDW5X3X", ""])
    challenge = json.dumps({"error": {"code": 268632079, "message": "Component error: login challenge!"}, "id": 1,
                            "params": {"encryption": "Default", "random": "1234567890", "realm":
                                       f"Login to {DAHUA_SERIAL}"}, "result": False, "session": "0a1b"})
    login = json.dumps({"method": "global.login", "params": {"userName": "admin", "password": ""}, "id": 1})
    ask(capture, DAHUA,
        (say.http_get(cgi + "getSystemInfo", DAHUA[1]), answer(lines, "Content-Type: text/plain")),
        (say.http_get(cgi + "getSoftwareVersion", DAHUA[1]), answer("version=2.800.0000000.16.R,build:2020-06-19\r\n")),
        (post("/RPC2_Login", DAHUA[1], login), answer(challenge)))
    label = ("52:54:00:00:00:73", "10.10.10.73")
    ask(capture, label, (say.http_get("/web_caps/webCapsConfig", label[1]), answer(json.dumps(
        {"WebVersion": "3.2.1.200001", "deviceType": "QCN7001B", "vendor": "QSee"}))))
    # Another device's lines.
    ask(capture, PRINTER, (say.http_get("/status", PRINTER[1]), answer("type=laser\r\nversion=1\r\n")))
    return capture.pcap()


def vapix():
    capture = wire.Pcap()
    properties = {"Brand": "AXIS", "ProdShortName": "AXIS M1065-LW", "ProdFullName": "AXIS M1065-LW Network Camera",
                  "ProdType": "Network Camera", "Version": "9.80.1", "SerialNumber": "ACCC8E112233"}
    call = json.dumps({"apiVersion": "1.0", "method": "getAllUnrestrictedProperties"})
    ask(capture, AXIS, (post("/axis-cgi/basicdeviceinfo.cgi", AXIS[1], call),
                        answer(json.dumps({"apiVersion": "1.3", "data": {"propertyList": properties}}))))
    door = ("ac:cc:8e:0d:00:01", "10.10.10.47")
    lines = ("root.Brand.Brand=AXIS\nroot.Brand.ProdFullName=AXIS A1001 Network Door Controller\n"
             "root.Brand.ProdShortName=AXIS A1001\nroot.Brand.ProdType=Network Door Controller\n")
    ask(capture, door, (say.http_get("/axis-cgi/param.cgi?action=list&group=root.Brand", door[1]), answer(lines)))
    older = ("ac:cc:8e:0d:00:02", "10.10.10.48")
    brand = {"Brand": "AXIS", "ProdType": "Network Camera", "ProdNbr": "M1114", "ProdShortName": "AXIS M1114"}
    ask(capture, older, (say.http_get("/axis-cgi/admin/getbrand.cgi", older[1]), answer(json.dumps({"Brand": brand}))))
    # Asked for a few properties only.
    few = ("ac:cc:8e:0d:00:03", "10.10.10.49")
    ask(capture, few, (post("/axis-cgi/basicdeviceinfo.cgi", few[1], json.dumps({"method": "getProperties"})),
                       answer(json.dumps({"apiVersion": "1.0", "method": "getProperties", "data": {"propertyList": {
                           "Brand": "AXIS", "ProdNbr": "M3006-V", "SerialNumber": "ACCC8E0D0003"}}}))))
    return capture.pcap()


WEB_APIS = (
    (("00:09:18:0a:0b:0c", "10.10.10.81"), "Model=XNV-6080\r\nSerialNumber=ZNFF70GG00000AA\r\nFirmwareVersion=1.41"
     "\r\nDeviceType=NWC\r\nConnectedMACAddress=00:09:18:0a:0b:0c\r\n"),
    (("52:54:00:00:00:82", "10.10.10.82"), "var id='00606E0A0B0C';\nvar sys_ver='17.37.2.49';\nvar app_ver='2.0.10.7';"
     "\nvar alias='x';\nvar alarm_status=0;\n"),
    (("52:54:00:00:00:83", "10.10.10.83"), "<CGI_Result>\n<result>0</result>\n<productName>FI9831W</productName>\n"
     "<serialNo>TEST00000001</serialNo>\n<mac>00626E0A0B0C</mac>\n<firmwareVer>1.4.1.8</firmwareVer>\n</CGI_Result>"),
    (("52:54:00:00:00:84", "10.10.10.84"), '<soap:Envelope><soap:Body><GetDeviceSettingsResponse '
     'xmlns="http://purenetworks.com/HNAP1/"><VendorName>D-Link</VendorName><ModelName>DIR-615</ModelName>'
     "<FirmwareVersion>5.10</FirmwareVersion></GetDeviceSettingsResponse></soap:Body></soap:Envelope>"),
    (("52:54:00:00:00:85", "10.10.10.85"), json.dumps([{"cmd": "GetDevInfo", "code": 0, "value": {"DevInfo": {
        "firmVer": "v3.0.0.136", "model": "RLC-410", "serial": "00000000000000", "type": "IPC"}}}])),
    (("52:54:00:00:00:86", "10.10.10.86"), json.dumps({"Response": {"ResponseURL": "/LAPI/V1.0/System/DeviceInfo",
     "StatusCode": 0, "Data": {"DeviceModel": "IPC3614SR3-ADPF28-F", "SerialNumber": "210235TEST0001"}}})),
    (("52:54:00:00:00:87", "10.10.10.87"), json.dumps({"devType": "IPC6325-WD-VF", "softVersion": "SDC 8.0.0",
     "manufacturer": "Huawei", "ESN": "TEST000000000001", "eth0Mac": "52:54:00:00:00:87"})),
    (("b0:c5:54:0a:0b:88", "10.10.10.88"), "model=DCS-7000L\nproduct=Yard\nbrand=D-Link\nversion=1.09\nbuild=03\n"
     "hw_version=A\nnipca=1.9.7\nname=DCS-7000L\nlocation=\nmacaddr=B0:C5:54:0A:0B:88\nipaddr=10.10.10.88\n"),
    (("00:02:d1:0a:0b:89", "10.10.10.89"), "system_info_modelname='IP7131W'\r\nsystem_info_extendedmodelname='IP7131W'\r\n"
     "system_info_serialnumber='0002D10A0B89'\r\nsystem_info_firmwareversion='IP7131-VVTK-0203a'\r\n"),
    (("00:09:18:0a:0b:90", "10.10.10.90"), json.dumps({"Model": "XNV-6080", "SerialNumber": "ZNFF70GG00000AB",
     "FirmwareVersion": "1.41", "DeviceType": "NWC", "ConnectedMACAddress": "00:09:18:0A:0B:90"})),
    (("52:54:00:00:00:91", "10.10.10.91"), json.dumps([{"cmd": "GetDevInfo", "code": 1, "error": {
        "detail": "please login first", "rspCode": -6}}])),
    (("52:54:00:00:00:92", "10.10.10.92"), json.dumps([{"cmd": "Login", "code": 0, "value": {"Token": {
        "leaseTime": 3600, "name": "0a1b2c3d4e5f607"}}}])),
    (("52:54:00:00:00:93", "10.10.10.93"), "<CGI_Result>\n    <result>-2</result>\n</CGI_Result>\n"),
    (("00:0e:53:0a:0b:94", "10.10.10.94"), "0\nOK\nFirmware.Version=1009-1003-1006-1001\nMACAddress=00:0E:53:0A:0B:94\n"
     "Product.Type=DVR\nProduct.ID=672\nProduct.ShortName=None\nVideo.System=PAL\nVideo.Input.Num=4\n"),
    (("52:54:00:00:00:95", "10.10.10.95"), 'var ModelName="SNC-RZ50N"\r\nvar Serial="100007"\r\nvar SoftVersion="2.07"'
     "\r\n"),
    (("52:54:00:00:00:96", "10.10.10.96"), "ModelName=SNC-CH140&Serial=100008&SoftVersion=1.79.00&TitleBar=Yard"),
    (("52:54:00:00:00:97", "10.10.10.97"), 'var initProdShortName="Wireless Camera"\nvar initProdNbr="TL-SC3000N"\n'),
    (("52:54:00:00:00:98", "10.10.10.98"), json.dumps({"Response": {"ResponseURL": "/LAPI/V1.0/System/DeviceBasicInfo",
     "DeviceType": "IPC", "ProductModel": "OET-000H-XX", "SerialNo": "210235TEST0002", "FirmwareVersion": "IPC_B2"}})),
)


def webapi():
    capture = wire.Pcap()
    for device, body in WEB_APIS:
        ask(capture, device, (say.http_get("/", device[1]), answer(body)))
    return capture.pcap()


def captures():
    return [("upnp.pcap", upnp()), ("onvif.pcap", onvif()), ("isapi.pcap", isapi()), ("magicbox.pcap", magicbox()),
            ("vapix.pcap", vapix()), ("webapi.pcap", webapi())]


if __name__ == "__main__":
    write(captures())
