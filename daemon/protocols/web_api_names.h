#pragma once
// What each web API calls what a device says of itself (fact sheet on discovery protocols, sections
// 16, 18, 19, 26, 28 and 40.2; D-Link's HNAP in its captures):
//
//   sunapi   Hanwha    system.cgi        key=value lines, or the same names in JSON
//   nipca    D-Link    /common/info.cgi  key=value lines; a specification that others may take up
//   vivotek  Vivotek   getparam.cgi      lines, system_info_key='value'
//   avtech   AVTECH    Machine.cgi       lines, under a line of a number and one that says OK
//   inquiry  Sony      inquiry.cgi       lines of script, var Key="value", or a query, Key=value&..
//   prod     (several) /prod, /profile   lines of script, initProdNbr; the brand is in some
//   netwave  (clones)  get_status.cgi    lines of script, var key='value';
//   foscam   Foscam    CGIProxy.fcgi     XML, CGI_Result; a refusal has but a number in it
//   hnap     D-Link    /HNAP1/           SOAP; routers too, so the model decides
//   reolink  Reolink   api.cgi           JSON, DevInfo; the answer to a login; a refusal (rspCode)
//   lapi     Uniview   /LAPI/V1.0/       JSON, Response
//   sdcapi   Huawei    /SDCAPI/V1.0/     JSON, ESN, softVersion and devType or eth0Mac: Huawei's
//                                        modems have a serial number and a version too
//
// Thread: any; constants only.

#include <array>
#include <string_view>

namespace camwarden::web_api {

// "" where an API has none.
struct Names {
  std::string_view api, vendor, model, type, firmware, serial, mac;
};

inline constexpr Names kSunapi{.api = "sunapi",
                               .vendor = "",
                               .model = "Model",
                               .type = "DeviceType",
                               .firmware = "FirmwareVersion",
                               .serial = "SerialNumber",
                               .mac = "ConnectedMACAddress"};
inline constexpr Names kNipca{"nipca", "brand", "model", "", "version", "", "macaddr"};
// Its serial number is its MAC address.
inline constexpr Names kVivotek{"vivotek",
                                "",
                                "system_info_modelname",
                                "",
                                "system_info_firmwareversion",
                                "system_info_serialnumber",
                                "system_info_serialnumber"};
inline constexpr Names kAvtech{"avtech",           "", "",          "Product.Type",
                               "Firmware.Version", "", "MACAddress"};
inline constexpr Names kInquiry{"inquiry", "", "ModelName", "", "SoftVersion", "Serial", ""};
inline constexpr Names kProd{"prod", "initBrand", "initProdNbr", "", "", "", ""};
inline constexpr Names kProfile{"prod", "BrandCopyright", "initProdNbr", "", "", "", ""};
inline constexpr Names kNetwave{"netwave", "", "", "", "sys_ver", "", "id"};
inline constexpr Names kFoscam{"foscam", "", "productName", "", "firmwareVer", "serialNo", "mac"};
inline constexpr Names kHnap{"hnap", "VendorName", "ModelName", "", "FirmwareVersion",
                             "",     "DeviceMacId"};
inline constexpr Names kReolink{"reolink", "", "model", "type", "firmVer", "serial", ""};
inline constexpr Names kLapi{
    "lapi", "Manufacturer", "DeviceModel", "", "FirmwareVersion", "SerialNumber", ""};
// Of older firmware, in the answer itself.
inline constexpr Names kLapiOlder{.api = "lapi",
                                  .vendor = "Manufacturer",
                                  .model = "ProductModel",
                                  .type = "DeviceType",
                                  .firmware = "FirmwareVersion",
                                  .serial = "SerialNo",
                                  .mac = ""};
inline constexpr Names kSdcapi{"sdcapi",      "manufacturer", "devType", "",
                               "softVersion", "ESN",          "eth0Mac"};

// APIs that answer with lines, how these begin, and the keys that only they have together, the
// rarest first.
struct LinesApi {
  const Names& names;
  std::string_view start;
  std::array<std::string_view, 3> keys;  // "" where fewer do
};
inline constexpr std::array<LinesApi, 8> kLinesApis{
    {{kSunapi, "", {"ConnectedMACAddress", "Model", ""}},
     {kNipca, "", {"nipca", "model", "version"}},
     {kVivotek, "", {"system_info_modelname", "", ""}},
     {kAvtech, "", {"Product.ID", "Product.Type", "MACAddress"}},
     {kInquiry, "", {"SoftVersion", "ModelName", ""}},
     {kProfile, "", {"initProdNbr", "BrandCopyright", ""}},
     {kProd, "", {"initProdNbr", "initProdShortName", ""}},
     {kNetwave, "var ", {"alarm_status", "sys_ver", "app_ver"}}}};

}  // namespace camwarden::web_api
