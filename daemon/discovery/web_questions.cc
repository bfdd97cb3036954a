// THE LIST of questions to web servers. What is worth asking depends on what the server's first
// page said: a maker's question is put first where its own words stand there, last where nothing is
// known, and not at all to another maker's server.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "discovery/web_question.h"

namespace camwarden {
namespace {

template <std::size_t n>
bool has_any(const WebClues& clues, const std::array<std::string_view, n>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](auto word) { return clues.text.find(word) != std::string::npos; });
}

constexpr std::array<std::string_view, 9> kHikvision{"hikvision",  "dnvrs-webs",      "app-webs",
                                                     "dvrdvs",     "/doc/page/login", "/doc/script",
                                                     "ip camera(", "isapi",           "/sdk/"};
constexpr std::array<std::string_view, 6> kDahua{"dahua",      "login to ",   "rpc2",
                                                 "t_username", "web service", "amcrest"};
constexpr std::array<std::string_view, 3> kAxis{"axis", "axis-cgi", "/camera/index"};
constexpr std::array<std::string_view, 4> kHanwha{"ipolis", "hanwha", "wisenet", "stw-cgi"};
constexpr std::array<std::string_view, 4> kUniview{"uniview", "lapi", "unv", "main-cgi"};
constexpr std::array<std::string_view, 2> kReolink{"reolink", "api.cgi"};
constexpr std::array<std::string_view, 4> kVivotek{"vivotek", "network camera", "viewer/",
                                                   "getparam"};
constexpr std::array<std::string_view, 4> kBosch{"bosch", "vcs-videojet", "rcp.xml", "use 'live'"};
constexpr std::array<std::string_view, 2> kFoscam{"foscam", "netwave"};
constexpr std::array<std::string_view, 2> kMilesight{"milesight", "operator.cgi"};
constexpr std::array<std::string_view, 2> kHuawei{"huawei", "sdcapi"};
constexpr std::array<std::string_view, 3> kDlink{"d-link", "dcs-", "alphapd"};

bool known(const WebClues& clues) {
  return has_any(clues, kHikvision) || has_any(clues, kDahua) || has_any(clues, kAxis) ||
         has_any(clues, kHanwha) || has_any(clues, kUniview) || has_any(clues, kReolink) ||
         has_any(clues, kBosch);
}

// Its own words: first. Nothing known: last. Another's: never.
template <const auto& words>
int own(const WebClues& clues) {
  if (has_any(clues, words)) return 9;
  return clues.named || known(clues) ? 0 : 1;
}

// For makers that are rarer: only where their words stand.
template <const auto& words>
int only(const WebClues& clues) {
  return has_any(clues, words) ? 8 : 0;
}

int always(const WebClues&) { return 5; }
int of_onvif(const WebClues& clues) { return clues.onvif ? 7 : 0; }
int of_pages(const WebClues& clues) { return clues.icon ? 4 : 0; }

constexpr std::string_view kSoap = "application/soap+xml; charset=utf-8";

// clang-format off
constexpr std::string_view kOnvifDate =
    R"(<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><GetSystemDateAndTime xmlns="http://www.onvif.org/ver10/device/wsdl"/></e:Body></e:Envelope>)";
constexpr std::string_view kOnvifDevice =
    R"(<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><GetDeviceInformation xmlns="http://www.onvif.org/ver10/device/wsdl"/></e:Body></e:Envelope>)";
constexpr std::string_view kOnvifScopes =
    R"(<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><GetScopes xmlns="http://www.onvif.org/ver10/device/wsdl"/></e:Body></e:Envelope>)";

constexpr std::array kQuestions{
    // Needs no password by the standard, and changes nothing: whether it is ONVIF at all.
    WebQuestion{"onvif date", kOnvifPath, kSoap, kOnvifDate, always, "onvif", "section 3"},
    // Needs one by the standard, and some answer without. A refusal is not asked again.
    WebQuestion{"onvif device", kOnvifPath, kSoap, kOnvifDevice, of_onvif, "onvif", "section 3"},
    WebQuestion{"onvif scopes", kOnvifPath, kSoap, kOnvifScopes, of_onvif, "onvif", "section 3"},
    WebQuestion{"isapi", "/ISAPI/System/deviceInfo", "", "", own<kHikvision>, "isapi", "section 8.2"},
    WebQuestion{"hikvision activation", "/SDK/activateStatus", "", "", only<kHikvision>, "isapi", "section 8.2"},
    WebQuestion{"magicbox", "/cgi-bin/magicBox.cgi?action=getDeviceType", "", "", own<kDahua>, "magicbox", "section 40.2"},
    WebQuestion{"axis", "/axis-cgi/basicdeviceinfo.cgi", "application/json",
                R"({"apiVersion":"1.0","method":"getAllUnrestrictedProperties"})", own<kAxis>, "vapix", "section 20"},
    WebQuestion{"hanwha", "/stw-cgi/system.cgi?msubmenu=deviceinfo&action=view", "", "", own<kHanwha>, "http", "section 40.2"},
    WebQuestion{"uniview", "/LAPI/V1.0/System/DeviceBasicInfo", "", "", own<kUniview>, "webapi", "section 40.2"},
    WebQuestion{"reolink", "/api.cgi", "", "", only<kReolink>, "webapi", "section 40.2"},
    WebQuestion{"bosch", "/rcp.xml", "", "", only<kBosch>, "http", "section 40.2"},
    WebQuestion{"vivotek", "/cgi-bin/viewer/getparamjs.cgi", "", "", only<kVivotek>, "http", "section 40.2"},
    WebQuestion{"foscam", "/cgi-bin/CGIProxy.fcgi", "", "", only<kFoscam>, "webapi", "section 40.2"},
    WebQuestion{"netwave", "/get_status.cgi", "", "", only<kFoscam>, "webapi", "section 40.2"},
    WebQuestion{"milesight", "/cgi-bin/operator/operator.cgi?action=get.system.information", "", "",
                only<kMilesight>, "http", "section 40.2"},
    WebQuestion{"huawei", "/SDCAPI/V1.0/AuthIaas/ActivaionStatus", "", "", only<kHuawei>, "webapi", "section 40.2"},
    WebQuestion{"d-link", "/common/info.cgi", "", "", only<kDlink>, "http", "section 36"},
    WebQuestion{"icon", "/favicon.ico", "", "", of_pages, "http", "section 40.4"},
};
// clang-format on

}  // namespace

std::span<const WebQuestion> web_questions() { return kQuestions; }

// What many servers guard or refuse as a whole stays: the folder of scripts, the ending, the query.
// A folder that is one maker's own does not.
std::string wrong_path(std::string_view path) {
  constexpr std::string_view kScripts = "/cgi-bin/";
  const auto kept = path.substr(0, path.starts_with(kScripts) ? kScripts.size() : 1);
  const auto name = path.substr(kept.size());
  const auto rest = name.substr(std::min(name.find_first_of("/.?"), name.size()));
  return fmt::format("{}{}{}", kept, kControlPath.substr(1), rest);
}

std::string web_request(std::string_view host, std::string_view path, std::string_view type,
                        std::string_view body) {
  auto request =
      fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: camwarden\r\nAccept: */*\r\n",
                  body.empty() ? "GET" : "POST", path, host);
  if (!body.empty())
    request += fmt::format("Content-Type: {}\r\nContent-Length: {}\r\n", type, body.size());
  return request + "\r\n" + std::string(body);
}

}  // namespace camwarden
