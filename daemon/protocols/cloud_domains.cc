// Source: fact sheet on discovery protocols, sections 32 to 35 and 43; the vendors' sections of the
// fact sheet on vendors. Which maker a name speaks for, and how much, is the fingerprints' to say.
// A test holds that every example of a fingerprint on a DNS name is in one of these domains.

#include "protocols/cloud_domains.h"

#include <algorithm>
#include <iterator>

namespace camwarden {
namespace {

// Sorted.
constexpr std::string_view kDomains[] = {
    "ajcloud.net",
    "amcrestcloud.com",
    "amcrestsecurity.com",
    "amcrestview.com",
    "aqara.cn",
    "arlo.com",
    "arloxcld.com",
    "autonat.com",
    "autonat.us",
    "autonatglb.com",
    "av380.net",
    "axis.com",
    "bcloud365.net",
    "boschsecurity.com",
    "camera.home.nest.com",
    "cloud-links.net",
    "cloudedge360.com",
    "cloudlinks.cn",
    "cloudsee.net",
    "cloudseeplus.com",
    "dahua2w.com",
    "dahuaddns.com",
    "dahuap2p.com",
    "dahuap2pcloud.com",
    "dahuasecurity.com",
    "dahuatech.com",
    "dlink.com",
    "dropcam.com",
    "dvr163.com",
    "eagleeyenetworks.com",
    "easy4ip.com",
    "easy4ipcloud.com",
    "eseecloud.com",
    "eufylife.com",
    "eye4.cn",
    "eye4.so",
    "eyeincloud.com",
    "eziot.com",
    "ezviz7.com",
    "ezvizlife.com",
    "guardingvision.com",
    "hanwhavision.cloud",
    "hicloudcam.com",
    "hiddns.com",
    "hik-connect.com",
    "hik-partner.com",
    "hikops.com",
    "hikvision.com",
    "hikvisioneurope.com",
    "hostedcloudvideo.com",
    "immedia-semi.com",
    "imou.com",
    "imoulife.com",
    "ivyiot.io",
    "jooancloud.com",
    "jovecloud.com",
    "jovision.com",
    "lechange.cn",
    "lechange.com",
    "lorexddns.net",
    "mearicloud.com",
    "mercuryclouds.com.cn",
    "mijia.tech",
    "mipcm.com",
    "myboschcam.net",
    "mycamdns.com",
    "mydlink.com",
    "mymobotix.com",
    "myp2pcloud.com",
    "myzmodo.com",
    "ngxcld.com",
    "nvcam.net",
    "nvdvr.net",
    "p2plivecam.com",
    "p2psy2.io.mi.com",
    "p2psy3.io.mi.com",
    "provisionisr-nat2.com",
    "quickddns.com",
    "reolink.com",
    "rhombussystems.com",
    "ring.com",
    "secu100.net",
    "shipin7.com",
    "smartcamera.api.io.mi.com",
    "star4live.com",
    "tplinkcloud.com",
    "tplinkcloud.com.cn",
    "tplinknbu.com",
    "umeye.cn",
    "uniview.com",
    "v380.tv",
    "veepai.com",
    "verkada.com",
    "vimtag.com",
    "vstarcam.cn",
    "vstarcam.com",
    "wyzecam.com",
    "xiaoyi.com",
    "xmcsrv.net",
    "xmeye.net",
    "ys7.com",
};
static_assert(std::is_sorted(std::begin(kDomains), std::end(kDomains)));

constexpr int kMaxLabels = 5;  // of the longest above

}  // namespace

bool in_cloud_domain(std::string_view name) {
  auto dot = name.size();
  for (int labels = 1; labels <= kMaxLabels && dot != std::string_view::npos && dot > 0; ++labels) {
    dot = name.rfind('.', dot - 1);
    const auto tail = dot == std::string_view::npos ? name : name.substr(dot + 1);
    if (std::binary_search(std::begin(kDomains), std::end(kDomains), tail)) return true;
  }
  return false;
}

}  // namespace camwarden
