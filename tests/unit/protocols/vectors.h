#pragma once
// Messages byte by byte, made of documentation addresses (RFC 5737, RFC 7042) and false serials:
// device 00:00:5e:00:53:99 at 192.0.2.64, asker 00:00:5e:00:53:01 at 192.0.2.10.

#include <string_view>

namespace camwarden::vectors {

inline constexpr std::string_view kSadpProbe(
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><Probe><Uuid>00000000-0000-4000-8000-00000"
    "0000001</Uuid><Types>inquiry</Types></Probe>",
    124);

inline constexpr std::string_view kSadpReply(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
    "<ProbeMatch>\r\n"
    "<Uuid>00000000-0000-4000-8000-000000000001</Uuid>\r\n"
    "<Types>inquiry</Types>\r\n"
    "<DeviceType>142378</DeviceType>\r\n"
    "<DeviceDescription>DS-TEST</DeviceDescription>\r\n"
    "<DeviceSN>DS-TEST20200101AAWR000000001</DeviceSN>\r\n"
    "<CommandPort>8000</CommandPort>\r\n"
    "<HttpPort>80</HttpPort>\r\n"
    "<MAC>00-00-5e-00-53-99</MAC>\r\n"
    "<IPv4Address>192.0.2.64</IPv4Address>\r\n"
    "<IPv4SubnetMask>255.255.255.0</IPv4SubnetMask>\r\n"
    "<IPv4Gateway>192.0.2.1</IPv4Gateway>\r\n"
    "<IPv6Address>::</IPv6Address>\r\n"
    "<IPv6Gateway>::</IPv6Gateway>\r\n"
    "<IPv6MaskLen>64</IPv6MaskLen>\r\n"
    "<DHCP>false</DHCP>\r\n"
    "<AnalogChannelNum>0</AnalogChannelNum>\r\n"
    "<DigitalChannelNum>1</DigitalChannelNum>\r\n"
    "<SoftwareVersion>V5.5.6build 180326</SoftwareVersion>\r\n"
    "<DSPVersion>V7.3 build 180301</DSPVersion>\r\n"
    "<BootTime>2024-01-01 00:00:00</BootTime>\r\n"
    "<Encrypt>true</Encrypt>\r\n"
    "<ResetAbility>false</ResetAbility>\r\n"
    "<DiskNumber>0</DiskNumber>\r\n"
    "<Activated>true</Activated>\r\n"
    "<PasswordResetAbility>true</PasswordResetAbility>\r\n"
    "<HCPlatformEnable>flase</HCPlatformEnable>\r\n"
    "<IsModifyVerificationCode>true</IsModifyVerificationCode>\r\n"
    "</ProbeMatch>\r\n",
    1097);

inline constexpr std::string_view kDhipProbe(
    " \000\000\000DHIP\000\000\000\000\000\000\000\000I\000\000\000\000\000\000\000I\000\000"
    "\000\000\000\000\000{ \"method\" : \"DHDiscover.search\", \"params\" : { \"mac\" : \""
    "\", \"uni\" : 1 } }\n",
    105);

inline constexpr std::string_view kDhipReply(
    " \000\000\000DHIP\000\000\000\000\000\000\000\000\011\003\000\000\000\000\000\000\011"
    "\003\000\000\000\000\000\000{ \"mac\" : \"00:00:5e:00:53:99\", \"method\" : \"client"
    ".notifyDevInfo\", \"params\" : { \"deviceInfo\" : { \"AlarmInputChannels\" : 0, \"Al"
    "armOutputChannels\" : 0, \"DeviceClass\" : \"IPC\", \"DeviceType\" : \"IPC-TEST\", \""
    "Find\" : \"BC\", \"HttpPort\" : 80, \"IPv4Address\" : { \"DefaultGateway\" : \"192.0"
    ".2.1\", \"DhcpEnable\" : false, \"IPAddress\" : \"192.0.2.64\", \"SubnetMask\" : \"2"
    "55.255.255.0\" }, \"IPv6Address\" : { \"DefaultGateway\" : \"\", \"DhcpEnable\" : fa"
    "lse, \"IPAddress\" : \"\\/112\", \"LinkLocalAddress\" : \"fe80::1\\/64\" }, \"Init\""
    " : 150, \"MachineName\" : \"TESTSERIAL01\", \"Manufacturer\" : \"General\", \"Port\""
    " : 37777, \"RemoteVideoInputChannels\" : 0, \"SerialNo\" : \"TESTSERIAL01\", \"UnLog"
    "inFuncMask\" : 1, \"Vendor\" : \"General\", \"Version\" : \"2.800.0000000.1.R\", \"V"
    "ideoInputChannels\" : 1, \"VideoOutputChannels\" : 16 } } }\n",
    809);

inline constexpr std::string_view kWsdProbeNvt(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><e:Envelope xmlns:e=\"http://www.w3.org/20"
    "03/05/soap-envelope\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" x"
    "mlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\" xmlns:dn=\"http://www.onv"
    "if.org/ver10/network/wsdl\"><e:Header><a:MessageID>urn:uuid:00000000-0000-4000-8000-"
    "000000000001</a:MessageID><a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To><"
    "a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action></e:Header>"
    "<e:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></e:Body></e"
    ":Envelope>",
    586);

inline constexpr std::string_view kWsdProbeAny(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><e:Envelope xmlns:e=\"http://www.w3.org/20"
    "03/05/soap-envelope\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" x"
    "mlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\"><e:Header><a:MessageID>ur"
    "n:uuid:00000000-0000-4000-8000-000000000003</a:MessageID><a:To>urn:schemas-xmlsoap-o"
    "rg:ws:2005:04:discovery</a:To><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discov"
    "ery/Probe</a:Action></e:Header><e:Body><d:Probe><d:Types></d:Types><d:Scopes></d:Sco"
    "pes></d:Probe></e:Body></e:Envelope>",
    530);

inline constexpr std::string_view kWsdProbeMatch(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><e:Envelope xmlns:e=\"http://www.w3.org/20"
    "03/05/soap-envelope\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" x"
    "mlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\" xmlns:dn=\"http://www.onv"
    "if.org/ver10/network/wsdl\" xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\"><e:"
    "Header><a:MessageID>urn:uuid:00000000-0000-4000-8000-0000000000aa</a:MessageID><a:Re"
    "latesTo>urn:uuid:00000000-0000-4000-8000-000000000001</a:RelatesTo><a:To>http://sche"
    "mas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To><a:Action>http://schemas."
    "xmlsoap.org/ws/2005/04/discovery/ProbeMatches</a:Action><d:AppSequence InstanceId=\""
    "1700000000\" MessageNumber=\"1\"/></e:Header><e:Body><d:ProbeMatches><d:ProbeMatch><"
    "a:EndpointReference><a:Address>urn:uuid:00000000-0000-4000-8000-00005e005399</a:Addr"
    "ess></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter tds:Device</d:Types><d"
    ":Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/Profile/Strea"
    "ming onvif://www.onvif.org/MAC/00:00:5e:00:53:99 onvif://www.onvif.org/hardware/DS-T"
    "EST onvif://www.onvif.org/name/HIKVISION%20DS-TEST onvif://www.onvif.org/location/ci"
    "ty/hangzhou</d:Scopes><d:XAddrs>http://192.0.2.64/onvif/device_service http://[2001:"
    "db8::64]/onvif/device_service</d:XAddrs><d:MetadataVersion>10</d:MetadataVersion></d"
    ":ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>",
    1377);

inline constexpr std::string_view kWsdHello(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><e:Envelope xmlns:e=\"http://www.w3.org/20"
    "03/05/soap-envelope\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" x"
    "mlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\" xmlns:dn=\"http://www.onv"
    "if.org/ver10/network/wsdl\" xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\"><e:"
    "Header><a:MessageID>urn:uuid:00000000-0000-4000-8000-0000000000aa</a:MessageID><a:To"
    ">urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To><a:Action>http://schemas.xmlsoap"
    ".org/ws/2005/04/discovery/Hello</a:Action><d:AppSequence InstanceId=\"1700000000\" M"
    "essageNumber=\"1\"/></e:Header><e:Body><d:Hello><a:EndpointReference><a:Address>urn:"
    "uuid:00000000-0000-4000-8000-00005e005399</a:Address></a:EndpointReference><d:Types>"
    "dn:NetworkVideoTransmitter tds:Device</d:Types><d:Scopes>onvif://www.onvif.org/type/"
    "video_encoder onvif://www.onvif.org/Profile/Streaming onvif://www.onvif.org/MAC/00:0"
    "0:5e:00:53:99 onvif://www.onvif.org/hardware/DS-TEST onvif://www.onvif.org/name/HIKV"
    "ISION%20DS-TEST onvif://www.onvif.org/location/city/hangzhou</d:Scopes><d:XAddrs>htt"
    "p://192.0.2.64/onvif/device_service http://[2001:db8::64]/onvif/device_service</d:XA"
    "ddrs><d:MetadataVersion>10</d:MetadataVersion></d:Hello></e:Body></e:Envelope>",
    1236);

inline constexpr std::string_view kWsdBye(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><e:Envelope xmlns:e=\"http://www.w3.org/20"
    "03/05/soap-envelope\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" x"
    "mlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\" xmlns:dn=\"http://www.onv"
    "if.org/ver10/network/wsdl\" xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\"><e:"
    "Header><a:MessageID>urn:uuid:00000000-0000-4000-8000-0000000000aa</a:MessageID><a:To"
    ">urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To><a:Action>http://schemas.xmlsoap"
    ".org/ws/2005/04/discovery/Bye</a:Action><d:AppSequence InstanceId=\"1700000000\" Mes"
    "sageNumber=\"1\"/></e:Header><e:Body><d:Bye><a:EndpointReference><a:Address>urn:uuid"
    ":00000000-0000-4000-8000-00005e005399</a:Address></a:EndpointReference></d:Bye></e:B"
    "ody></e:Envelope>",
    755);

inline constexpr std::string_view kRtspOptions(
    "OPTIONS rtsp://192.0.2.64:554/ RTSP/1.0\r\n"
    "CSeq: 1\r\n"
    "User-Agent: probe\r\n"
    "\r\n",
    71);

inline constexpr std::string_view kDhipReply7B(
    " \000\000\000DHIP\000\000\000\000\000\000\000\000{\002\000\000\000\000\000\000{\002\000"
    "\000\000\000\000\000{\"mac\":\"00:00:5e:00:53:99\",\"method\":\"client.notifyDevInfo"
    "\",\"params\":{\"deviceInfo\":{\"AlarmInputChannels\":0,\"AlarmOutputChannels\":0,\""
    "DeviceClass\":\"IPC\",\"DeviceType\":\"IPC-TEST\",\"HttpPort\":80,\"IPv4Address\":{\""
    "DefaultGateway\":\"192.0.2.1\",\"DhcpEnable\":false,\"IPAddress\":\"192.0.2.64\",\"S"
    "ubnetMask\":\"255.255.255.0\"},\"MachineName\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxxxxxxxx\",\"Port\":37777,\"SerialNo\":\"TESTSERIAL01\",\"Vendor\""
    ":\"Private\",\"Version\":\"2.420.0.3\"}}}\000",
    667);

inline constexpr std::string_view kWsdHelloDahua(
    "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\" ?><s:Envelope xmlns:s=\""
    "http://www.w3.org/2003/05/soap-envelope\" xmlns:dn=\"http://www.onvif.org/ver10/netw"
    "ork/wsdl\" xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\" xmlns:d=\"http://sch"
    "emas.xmlsoap.org/ws/2005/04/discovery\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004"
    "/08/addressing\"><s:Header><a:MessageID>uuid:00000000-0000-4000-8000-0000000000ab</a"
    ":MessageID><a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To><a:Action>http:/"
    "/schemas.xmlsoap.org/ws/2005/04/discovery/Hello</a:Action></s:Header><s:Body><d:Hell"
    "o><a:EndpointReference><a:Address>uuid:00000000-0000-4000-8000-0000000000ac</a:Addre"
    "ss></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter tds:Device</d:Types><d:"
    "Scopes>onvif://www.onvif.org/location/country/china onvif://www.onvif.org/name/Amcre"
    "st onvif://www.onvif.org/hardware/IPM-TEST onvif://www.onvif.org/Profile/Streaming o"
    "nvif://www.onvif.org/type/Network_Video_Transmitter onvif://www.onvif.org/extension/"
    "unique_identifier  onvif://www.onvif.org/Profile/Q/Operational</d:Scopes><d:XAddrs>h"
    "ttp://192.0.2.64/onvif/device_service</d:XAddrs><d:MetadataVersion>1</d:MetadataVers"
    "ion></d:Hello></s:Body></s:Envelope>",
    1196);

}  // namespace camwarden::vectors
