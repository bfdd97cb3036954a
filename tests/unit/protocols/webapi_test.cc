#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

Recorder show(std::string_view text, bool answer = true) {
  Recorder recorder;
  const auto packet = packet_from_device();
  protocol("webapi").on_body({packet, text, answer}, recorder);
  return recorder;
}

TEST(WebApi, LinesOfSunapi) {
  const auto said = show(
      "Model=XNV-6080\r\nSerialNumber=ZNFF70GG00000AA\r\nFirmwareVersion=1.41\r\nDeviceType=NWC\r\n"
      "ConnectedMACAddress=00:09:18:0A:0B:0C\r\n");
  EXPECT_EQ(said.value("webapi.api"), "sunapi");
  EXPECT_EQ(said.value("webapi.model"), "XNV-6080");
  EXPECT_EQ(said.value("webapi.device_type"), "NWC");
  EXPECT_EQ(said.value("webapi.serial"), "ZNFF70GG00000AA");
  EXPECT_EQ(said.value("webapi.mac"), "00:09:18:0a:0b:0c");
}

TEST(WebApi, ObjectOfSunapi) {
  const auto said = show(
      "{\"Model\": \"XNV-6080\", \"SerialNumber\": \"ZNFF70GG00000AA\", \"FirmwareVersion\": "
      "\"1.41\",\n"
      " \"DeviceType\": \"NWC\", \"ConnectedMACAddress\": \"00:09:18:0A:0B:0C\"}");
  EXPECT_EQ(said.value("webapi.api"), "sunapi");
  EXPECT_EQ(said.value("webapi.model"), "XNV-6080");
  EXPECT_EQ(said.value("webapi.serial"), "ZNFF70GG00000AA");
  EXPECT_EQ(said.value("webapi.firmware"), "1.41");
  EXPECT_EQ(said.value("webapi.mac"), "00:09:18:0a:0b:0c");
  EXPECT_TRUE(show("{\"Model\":\"\",\"a\":{\"ConnectedMACAddress\":\"\"}}").facts.empty());
}

TEST(WebApi, LinesOfNipca) {
  const auto said = show(
      "model=DCS-7000L\nproduct=Yard\nbrand=D-Link\nversion=1.09\nbuild=03\nhw_version=A\n"
      "nipca=1.9.7\nname=DCS-7000L\nlocation=\nmacaddr=B0:C5:54:0A:0B:0C\nipaddr=192.0.2.7\n");
  EXPECT_EQ(said.value("webapi.api"), "nipca");
  EXPECT_EQ(said.value("webapi.vendor"), "D-Link");
  EXPECT_EQ(said.value("webapi.model"), "DCS-7000L");
  EXPECT_EQ(said.value("webapi.firmware"), "1.09");
  EXPECT_EQ(said.value("webapi.mac"), "b0:c5:54:0a:0b:0c");
}

TEST(WebApi, NipcaNamesItsVersion) {
  EXPECT_TRUE(show("model=DCS-7000L\nbrand=D-Link\nversion=1.09\nname=x\n").facts.empty());
  EXPECT_TRUE(show("nipca=1.9.7\nname=x\n").facts.empty());
}

TEST(WebApi, LinesOfVivotek) {
  const auto said = show(
      "system_hostname='Yard'\r\nsystem_info_modelname='IP7131W'\r\n"
      "system_info_serialnumber='0002D10A0B0C'\r\n"
      "system_info_firmwareversion='IP7131-VVTK-0203a'\r\n");
  EXPECT_EQ(said.value("webapi.api"), "vivotek");
  EXPECT_EQ(said.value("webapi.model"), "IP7131W");
  EXPECT_EQ(said.value("webapi.firmware"), "IP7131-VVTK-0203a");
  EXPECT_EQ(said.value("webapi.serial"), "0002D10A0B0C");
  EXPECT_EQ(said.value("webapi.mac"), "00:02:d1:0a:0b:0c");
  EXPECT_EQ(show("system_info_modelname='IB9000-EH'").value("webapi.model"), "IB9000-EH");
}

TEST(WebApi, LinesOfAvtech) {
  const auto said = show(
      "0\nOK\nFirmware.Version=1009-1003-1006-1001\nMACAddress=00:0E:53:0A:0B:0C\nProduct.Type="
      "DVR\n"
      "Product.ID=672\nProduct.ShortName=None\nVideo.System=PAL\nVideo.Input.Num=4\n");
  EXPECT_EQ(said.value("webapi.api"), "avtech");
  EXPECT_EQ(said.value("webapi.device_type"), "DVR");
  EXPECT_EQ(said.value("webapi.firmware"), "1009-1003-1006-1001");
  EXPECT_EQ(said.value("webapi.mac"), "00:0e:53:0a:0b:0c");
  EXPECT_TRUE(show("Product.Type=DVR\nMACAddress=00:0E:53:0A:0B:0C\n").facts.empty());
}

TEST(WebApi, InquiryOfSony) {
  for (const auto* text :
       {"var ModelName=\"SNC-RZ50N\"\r\nvar Serial=\"100007\"\r\nvar SoftVersion=\"2.07\"\r\n",
        "ModelName=SNC-RZ50N&Serial=100007&SoftVersion=2.07&TitleBar=Yard"}) {
    const auto said = show(text);
    EXPECT_EQ(said.value("webapi.api"), "inquiry") << text;
    EXPECT_EQ(said.value("webapi.model"), "SNC-RZ50N") << text;
    EXPECT_EQ(said.value("webapi.serial"), "100007") << text;
    EXPECT_EQ(said.value("webapi.firmware"), "2.07") << text;
  }
  EXPECT_TRUE(show("ModelName=SNC-RZ50N&TitleBar=Yard").facts.empty());
}

TEST(WebApi, ScriptOfTheProduct) {
  const auto prod = show(
      "var initProdShortName=\"Wireless Camera\"\nvar initProdFullName=\"Wireless H.264 Camera\"\n"
      "var initProdNbr=\"TL-SC3000N\"\n");
  EXPECT_EQ(prod.value("webapi.api"), "prod");
  EXPECT_EQ(prod.value("webapi.model"), "TL-SC3000N");
  const auto profile = show("initProdNbr=\"F7000\";\nBrandCopyright=\"ZAVIO \";\n");
  EXPECT_EQ(profile.value("webapi.model"), "F7000");
  EXPECT_EQ(profile.value("webapi.vendor"), "ZAVIO");
  EXPECT_TRUE(show("var initProdNbr=\"TL-SC3000N\"\n").facts.empty());
}

TEST(WebApi, ScriptOfNetwave) {
  const auto said = show(
      "var id='00606E0A0B0C';\nvar sys_ver='17.37.2.49';\nvar app_ver='2.0.10.7';\n"
      "var alias='x';\nvar alarm_status=0;\n");
  EXPECT_EQ(said.value("webapi.api"), "netwave");
  EXPECT_EQ(said.value("webapi.firmware"), "17.37.2.49");
  EXPECT_EQ(said.value("webapi.mac"), "00:60:6e:0a:0b:0c");
}

TEST(WebApi, DocumentOfFoscam) {
  const auto said = show(
      "<CGI_Result>\n<result>0</result>\n<productName>FI9831W</productName>\n"
      "<serialNo>TEST00000001</serialNo>\n<mac>00626E0A0B0C</mac>\n"
      "<firmwareVer>1.4.1.8</firmwareVer>\n</CGI_Result>");
  EXPECT_EQ(said.value("webapi.api"), "foscam");
  EXPECT_EQ(said.value("webapi.model"), "FI9831W");
  EXPECT_EQ(said.value("webapi.firmware"), "1.4.1.8");
}

TEST(WebApi, EnvelopeOfHnap) {
  const auto said = show(
      "<soap:Envelope><soap:Body><GetDeviceSettingsResponse "
      "xmlns=\"http://purenetworks.com/HNAP1/\">"
      "<VendorName>D-Link</VendorName><ModelName>DCS-935L</ModelName>"
      "<DeviceMacId>00:00:5E:00:53:99</DeviceMacId><FirmwareVersion>1.06</FirmwareVersion>"
      "</GetDeviceSettingsResponse></soap:Body></soap:Envelope>");
  EXPECT_EQ(said.value("webapi.api"), "hnap");
  EXPECT_EQ(said.value("webapi.vendor"), "D-Link");
  EXPECT_EQ(said.value("webapi.model"), "DCS-935L");
  EXPECT_EQ(said.value("webapi.mac"), kDeviceMac);
}

TEST(WebApi, ListOfReolink) {
  const auto said = show(
      "[ {\"cmd\":\"GetTime\",\"code\":1}, "
      "{\"cmd\":\"GetDevInfo\",\"code\":0,\"value\":{\"DevInfo\":"
      "{\"firmVer\":\"v3.0.0.136\",\"model\":\"RLC-410\",\"serial\":\"00000000000000\",\"type\":"
      "\"IPC\"}}}]");
  EXPECT_EQ(said.value("webapi.api"), "reolink");
  EXPECT_EQ(said.value("webapi.model"), "RLC-410");
  EXPECT_EQ(said.value("webapi.device_type"), "IPC");
}

TEST(WebApi, RefusalsAndLoginsOfReolink) {
  for (const auto* text : {"[{\"cmd\":\"GetDevInfo\",\"code\":1,\"error\":{\"detail\":\"please "
                           "login first\",\"rspCode\":-6}}]",
                           "[{\"cmd\" : \"Login\",\"code\" : 0,\"value\" : {\"Token\" : "
                           "{\"leaseTime\" : 3600,\"name\" : "
                           "\"0a1b2c3d4e5f\"}}}]"}) {
    const auto said = show(text);
    EXPECT_EQ(said.value("webapi.api"), "reolink") << text;
    EXPECT_EQ(said.facts.size(), 1U) << text;
  }
}

TEST(WebApi, CommandsOfOthersAreNotReolinks) {
  for (const auto* text :
       {"[{\"code\":1,\"error\":{\"detail\":\"x\",\"rspCode\":-6}}]",
        "[{\"cmd\":\"a\",\"code\":\"1\",\"error\":{\"detail\":\"x\",\"rspCode\":\"97\"}}]",
        "{\"cmd\":\"a\",\"code\":1,\"error\":{\"detail\":\"x\",\"rspCode\":-6}}",
        "[{\"cmd\":\"Renew\",\"code\":0,\"value\":{\"Token\":{\"leaseTime\":1,\"name\":\"x\"}}}]",
        "[{\"cmd\":\"Login\",\"value\":{\"Token\":{\"leaseTime\":1,\"name\":\"\"}}}]",
        "[1,{\"error\":0,\"rspCode\":0}]"}) {
    EXPECT_TRUE(show(text).facts.empty()) << text;
  }
}

TEST(WebApi, RefusalOfFoscam) {
  const auto said = show("<CGI_Result>\n    <result>-2</result>\n</CGI_Result>\n");
  EXPECT_EQ(said.value("webapi.api"), "foscam");
  EXPECT_EQ(said.facts.size(), 1U);
  for (const auto* text : {"<CGI_Result><result>denied</result></CGI_Result>",
                           "<CGI_Result></CGI_Result>", "<Result><result>-2</result></Result>"}) {
    EXPECT_TRUE(show(text).facts.empty()) << text;
  }
}

TEST(WebApi, EnvelopeOfLapi) {
  const auto said = show(
      "{\"Response\":{\"ResponseURL\":\"/LAPI/V1.0/System/DeviceInfo\",\"StatusCode\":0,\"Data\":"
      "{\"DeviceModel\":\"IPC3614SR3\",\"SerialNumber\":\"TEST0001\",\"FirmwareVersion\":\"B1\"}}"
      "}");
  EXPECT_EQ(said.value("webapi.api"), "lapi");
  EXPECT_EQ(said.value("webapi.model"), "IPC3614SR3");
  EXPECT_EQ(
      show("{\"Response\":{\"ResponseURL\":\"/LAPI/V1.0/\",\"StatusCode\":401,\"Data\":\"null\"}}")
          .value("webapi.api"),
      "lapi");
}

TEST(WebApi, OlderEnvelopeOfLapi) {
  const auto said = show(
      "{\"Response\":{\"ResponseURL\":\"/LAPI/V1.0/System/DeviceBasicInfo\",\"DeviceType\":\"IPC\","
      "\"ProductModel\":\"OET-000H-XX\",\"SerialNo\":\"210235TEST0002\",\"FirmwareVersion\":\"IPC_"
      "B2\"}}");
  EXPECT_EQ(said.value("webapi.api"), "lapi");
  EXPECT_EQ(said.value("webapi.model"), "OET-000H-XX");
  EXPECT_EQ(said.value("webapi.device_type"), "IPC");
  EXPECT_EQ(said.value("webapi.serial"), "210235TEST0002");
  EXPECT_EQ(said.value("webapi.firmware"), "IPC_B2");
}

TEST(WebApi, ObjectOfSdcapi) {
  const auto said = show(
      "{\"devType\":\"IPC6325\",\"softVersion\":\"SDC 8.0\",\"manufacturer\":\"Huawei\","
      "\"ESN\":\"TEST00000001\",\"eth0Mac\":\"00:00:5E:00:53:99\"}");
  EXPECT_EQ(said.value("webapi.api"), "sdcapi");
  EXPECT_EQ(said.value("webapi.serial"), "TEST00000001");
  EXPECT_EQ(said.value("webapi.vendor"), "Huawei");
}

TEST(WebApi, SdcapiNeedsATypeOrAPort) {
  for (const auto* third : {"devType", "eth0Mac"}) {
    const auto text = std::string("{\"softVersion\":\"8.0\",\"ESN\":\"TEST00000001\",\"") + third +
                      "\":\"00:00:5E:00:53:99\"}";
    EXPECT_EQ(show(text).value("webapi.api"), "sdcapi") << third;
  }
}

TEST(WebApi, OtherTextIsSilent) {
  for (const auto* text : {"Model=x\r\n", "var a=1;", "<Envelope>HNAP1</Envelope>",
                           "{\"DevInfo\":{}}", "[{\"DevInfo\":1}]", "{\"a\":\"/LAPI/V1.0\"}",
                           "{\"ESN\":\"TEST00000001\",\"softVersion\":\"21.1\"}", "{}", "[]", ""}) {
    const auto said = show(text);
    EXPECT_TRUE(said.facts.empty() && said.anomalies.empty()) << text;
  }
  EXPECT_TRUE(show("{\"ESN\":1,\"softVersion\":", true).said("webapi.api") == false);
}

TEST(WebApi, RequestsAreSilent) {
  EXPECT_TRUE(show("Model=a\nConnectedMACAddress=b\n", false).facts.empty());
}

}  // namespace
}  // namespace camwarden
