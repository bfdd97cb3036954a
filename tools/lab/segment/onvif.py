"""ONVIF over HTTP as cameras answer it: what must be open is open, the rest as the maker left it.

`Onvif(manufacturer, ...)` is a page for voices.Web. Layouts: ONVIF Core specification, device service;
the access classes are those of its section on default access policy.
"""
import re

import voices

_ENVELOPE = ('<?xml version="1.0" encoding="UTF-8"?>\n<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
             'xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema" '
             'xmlns:ter="http://www.onvif.org/ver10/error"><s:Body>{body}</s:Body></s:Envelope>')
_FAULT = ('<s:Fault><s:Code><s:Value>s:{side}</s:Value><s:Subcode><s:Value>ter:{code}</s:Value></s:Subcode></s:Code>'
          '<s:Reason><s:Text xml:lang="en">{text}</s:Text></s:Reason></s:Fault>')
_NOW = ('<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType>'
        '<tt:DaylightSavings>false</tt:DaylightSavings><tt:TimeZone><tt:TZ>UTC0</tt:TZ></tt:TimeZone><tt:UTCDateTime>'
        '<tt:Time><tt:Hour>12</tt:Hour><tt:Minute>0</tt:Minute><tt:Second>0</tt:Second></tt:Time>'
        '<tt:Date><tt:Year>2026</tt:Year><tt:Month>11</tt:Month><tt:Day>26</tt:Day></tt:Date></tt:UTCDateTime>'
        '</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>')
_KIND = "application/soap+xml; charset=utf-8"


class Onvif:
    """`who`: Manufacturer, Model, FirmwareVersion, SerialNumber, HardwareId. `closed`: the challenge of a
    device that tells it only with a password, else None."""

    def __init__(self, who, xaddr, scopes=(), closed=None, headers=()):
        self.who, self.xaddr, self.scopes, self.closed, self.headers = who, xaddr, scopes, closed, list(headers)

    def __call__(self, request):
        if request.method != "POST":
            return voices.answer("405 Method Not Allowed", self.headers)
        asked = re.search(rb"<(?:[\w-]+:)?(Get\w+)[\s/>]", request.body)
        name = asked[1].decode() if asked else ""
        open_to_all = {"GetSystemDateAndTime": _NOW, "GetServices": self.services(), "GetHostname": self.hostname(),
                       "GetCapabilities": self.capabilities()}
        if name in open_to_all:
            return self.envelope("200 OK", open_to_all[name])
        guarded = {"GetDeviceInformation": self.information(), "GetScopes": self.listed_scopes()}
        if name not in guarded:
            return self.envelope("400 Bad Request", _FAULT.format(
                side="Sender", code="ActionNotSupported", text="Optional Action Not Implemented"))
        if self.closed:
            return self.envelope("401 Unauthorized", _FAULT.format(
                side="Sender", code="NotAuthorized", text="Sender not Authorized"), self.closed)
        return self.envelope("200 OK", guarded[name])

    def envelope(self, status, body, *headers):
        return voices.answer(status, [*self.headers, *headers], _ENVELOPE.format(body=body), _KIND)

    def information(self):
        names = ("Manufacturer", "Model", "FirmwareVersion", "SerialNumber", "HardwareId")
        inside = "".join(f"<tds:{name}>{value}</tds:{name}>" for name, value in zip(names, self.who))
        return f"<tds:GetDeviceInformationResponse>{inside}</tds:GetDeviceInformationResponse>"

    def listed_scopes(self):
        inside = "".join(f"<tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef><tt:ScopeItem>{scope}</tt:ScopeItem></tds:Scopes>"
                         for scope in self.scopes)
        return f"<tds:GetScopesResponse>{inside}</tds:GetScopesResponse>"

    def services(self):
        return ("<tds:GetServicesResponse><tds:Service><tds:Namespace>http://www.onvif.org/ver10/device/wsdl"
                f"</tds:Namespace><tds:XAddr>{self.xaddr}</tds:XAddr><tds:Version><tt:Major>2</tt:Major>"
                "<tt:Minor>60</tt:Minor></tds:Version></tds:Service></tds:GetServicesResponse>")

    def capabilities(self):
        return ("<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Device><tt:XAddr>"
                f"{self.xaddr}</tt:XAddr></tt:Device></tds:Capabilities></tds:GetCapabilitiesResponse>")

    @staticmethod
    def hostname():
        return ("<tds:GetHostnameResponse><tds:HostnameInformation><tt:FromDHCP>false</tt:FromDHCP><tt:Name>IPC</tt:Name>"
                "</tds:HostnameInformation></tds:GetHostnameResponse>")
