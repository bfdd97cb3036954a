"""Hosts of a usual office that are no cameras, and say what might tempt a scanner to call them so."""
from dweller import Dweller
from ears import ssdp, wsd
from names import mdns
from voices import Greeting, Rtsp, Silent, Tls, Web, answer, page

ROUTER, NEVER_TOUCH, PRINTER_RAW_PORT = "10.77.0.1", "10.77.0.69", 9100
_DEVICES = (' xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof"'
            ' xmlns:pub="http://schemas.microsoft.com/windows/pub/2005/07"'
            ' xmlns:wprt="http://schemas.microsoft.com/windows/2006/08/wdp/print"')


def host(number, name, mac, **ports):
    one = Dweller(name, mac, f"10.77.0.{number}")
    one.tcp = {int(port.lstrip("p")): voice for port, voice in ports.items()}
    return one


def router():
    one = host(1, "router", "00:1b:54:00:00:01", p80=Web({"/": answer(
        headers=["Server: lighttpd/1.4.59"], body=page("LuCI", '<a href="/cgi-bin/luci/">LuCI</a>'))}), p53=Silent(),
        p22=Greeting(b"SSH-2.0-dropbear\r\n"))
    one.udp = [ssdp(f"http://{one.address}:5000/rootDesc.xml", "OpenWRT/21.02 UPnP/1.1 MiniUPnPd/2.2.1", one.uuid,
                    ("upnp:rootdevice", "urn:schemas-upnp-org:device:InternetGatewayDevice:1"))]
    return one


def switch():
    return host(2, "switch", "28:80:88:00:00:02", p80=Web({"/": answer(body=page("NETGEAR GS308E", "<form>password</form>"))},
                                                          close=True))


def printer():
    one = host(60, "printer", "3c:d9:2b:00:00:60", p9100=Silent(), p515=Silent(),
               p80=Web({"/": answer(headers=["Server: HP HTTP Server; HP LaserJet M404dn"], body=page("HP LaserJet M404dn"))}))
    one.tcp[631] = one.tcp[80]
    one.tcp[443] = Tls(one.tcp[80], "/O=HP Inc./CN=NPI2B0060")
    one.udp = [wsd(one.uuid, [""], f"http://{one.address}:3911/", "wsdp:Device wprt:PrintDeviceType",
                   ("Device", "PrintDeviceType"), _DEVICES),
               mdns({"_http._tcp.local": ("HP LaserJet M404dn", "NPI2B0060.local", one.address, 80, ["path=/"])})]
    return one


def storage():
    one = host(61, "nas", "00:11:32:00:00:61", p5000=Web({"/": answer(headers=["Server: nginx"], body=page(
        "DiskStation - Synology DiskStation", "Surveillance Station"))}), p445=Silent(),
               p22=Greeting(b"SSH-2.0-OpenSSH_8.2\r\n"))
    one.tcp[80] = Web({"/": answer("302 Found", ["Server: nginx", f"Location: http://{one.address}:5000/"])})
    one.tcp[443] = Tls(one.tcp[80], "/C=TW/O=Synology Inc./CN=synology.com", newest=True)
    one.udp = [ssdp(f"http://{one.address}:5000/ssdp/desc-DSM-eth0.xml", "Synology/DSM/192.0.2.61", one.uuid)]
    return one


def web_server():
    """A shop's pages name cameras, an application answers every path alike."""
    shop = answer(headers=["Server: nginx/1.22.1"], body=page("Hikvision and Dahua cameras - shop",
                                                             "IPC, NVR, DS-2CD2142FWD-I: /doc/page/login.asp WEB SERVICE"))
    one = host(62, "web-server", "52:54:00:00:00:62", p80=Web({}, shop), p8080=Web({}, shop))
    one.tcp[443] = Tls(one.tcp[80], "/CN=shop.example.com", names=("shop.example.com",))
    return one


def windows():
    one = host(63, "windows", "18:66:da:00:00:63", p135=Silent(), p139=Silent(), p445=Silent(), p3389=Silent(), p5357=Web({}))
    one.udp = [wsd(one.uuid, [""], f"http://{one.address}:5357/{one.uuid}/", "wsdp:Device pub:Computer", ("Device", "Computer"),
                   _DEVICES)]
    return one


def phone():
    """It has a random MAC, answers nothing on TCP, and names itself on mDNS."""
    one = host(64, "phone", "da:a1:19:00:00:64")
    one.udp = [mdns({"_companion-link._tcp.local": ("Kamera", "iPhone.local", one.address, 49153, ["rpVr=360.4"])})]
    return one


def media_server():
    return host(65, "media-server", "b8:27:eb:00:00:65", p8554=Rtsp(
        "OPTIONS, DESCRIBE, ANNOUNCE, GET_PARAMETER, PAUSE, PLAY, RECORD, SETUP, SET_PARAMETER, TEARDOWN", [],
        ["Server: GStreamer RTSP server"]), p22=Greeting(b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"))


def desk_phone():
    """Grandstream makes cameras too."""
    return host(66, "desk-phone", "00:0b:82:00:00:66", p80=Web({"/": answer(
        headers=["Server: Grandstream GXP2170 1.0.11.48"], body=page("Grandstream | Executive IP Phone"))}))


def television():
    one = host(67, "television", "8c:79:f5:00:00:67", p554=Rtsp("OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN", [],
                                                                ["Server: AirTunes/220.68"]), p8001=Silent())
    one.udp = [ssdp(f"http://{one.address}:9197/dmr", "Samsung-Linux/4.1, UPnP/1.0, Samsung_UPnP_SDK/1.0", one.uuid,
                    ("upnp:rootdevice", "urn:schemas-upnp-org:device:MediaRenderer:1"))]
    return one


def firewalled():
    return Dweller("firewalled", "00:15:17:00:00:68", "10.77.0.68", deaf=True)


def controller():
    """A plant's controller, which must not be touched."""
    return host(69, "controller", "00:0e:8c:00:00:69", p80=Silent(), p102=Silent())


def hosts():
    return [router(), switch(), printer(), storage(), web_server(), windows(), phone(), media_server(), desk_phone(),
            television(), firewalled(), controller()]
