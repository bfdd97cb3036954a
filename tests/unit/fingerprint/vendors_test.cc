// The shipped fingerprints: that they load, agree with each other, and know the devices that
// matter.
#include <gmock/gmock.h>

#include <map>

#include "words.h"

namespace camwarden {
namespace {

class VendorsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Diagnostics diagnostics;
    knowledge_ = KnowledgeBase::check(kVendors, words(), diagnostics, warnings_);
    ASSERT_NE(knowledge_, nullptr) << diagnostics.to_string();
  }
  static void TearDownTestSuite() { knowledge_.reset(); }

  static std::string claim(std::string_view field, std::string_view value, Attribute attribute) {
    return claimed(*knowledge_, field, value, attribute);
  }
  static std::string maker(std::string_view field, std::string_view value) {
    return claim(field, value, Attribute::maker);
  }
  static std::string brand(std::string_view field, std::string_view value) {
    return claim(field, value, Attribute::brand);
  }
  static std::string kind(std::string_view field, std::string_view value) {
    return claim(field, value, Attribute::kind);
  }

  static std::unique_ptr<KnowledgeBase> knowledge_;
  static Diagnostics warnings_;
};
std::unique_ptr<KnowledgeBase> VendorsTest::knowledge_;
Diagnostics VendorsTest::warnings_;

TEST_F(VendorsTest, ThereAreManyMakersAndLabels) {
  EXPECT_GE(knowledge_->makers().size(), 60u);
  EXPECT_GE(knowledge_->brands().size(), 60u);
}

TEST_F(VendorsTest, TheLintsFindNothing) { EXPECT_EQ(warnings_.to_string(), ""); }

TEST_F(VendorsTest, KnowsAHikvisionCamera) {
  EXPECT_EQ(maker("mac", "44:19:b6:0a:0b:0c"), "Hikvision");
  EXPECT_EQ(maker("sadp.answer", "ProbeMatch"), "Hikvision");
  EXPECT_EQ(claim("sadp.model", "DS-2CD2143G0-I", Attribute::model), "DS-2CD2143G0-I");
  EXPECT_EQ(kind("sadp.model", "DS-2CD2143G0-I"), "camera");
  EXPECT_EQ(claim("sadp.firmware", "V5.5.6build 180326", Attribute::firmware),
            "V5.5.6build 180326");
  EXPECT_EQ(maker("rtsp.realm", "IP Camera(C1234)"), "Hikvision");
  EXPECT_EQ(kind("rtsp.realm", "IP Camera(C1234)"), "camera");
  EXPECT_EQ(maker("http.server", "App-webs/"), "Hikvision");
  EXPECT_EQ(maker("wsdd.scope_name", "HIKVISION DS-2CD2143G0-I"), "Hikvision");
  EXPECT_EQ(claim("wsdd.scope_hardware", "DS-2CD2143G0-I", Attribute::model), "DS-2CD2143G0-I");
}

TEST_F(VendorsTest, KnowsAHikvisionRecorder) {
  EXPECT_EQ(kind("sadp.model", "DS-7608NI-K2"), "recorder");
  EXPECT_EQ(kind("sadp.channels", "0/8"), "recorder");
  EXPECT_EQ(kind("wsdd.scope_hardware", "DS-7608NI-K2"), "recorder");
}

TEST_F(VendorsTest, KnowsAHikvisionSoldAsAnnke) {
  EXPECT_EQ(maker("sadp.answer", "ProbeMatch"), "Hikvision");
  EXPECT_EQ(brand("sadp.model", "C800"), "Annke");
  EXPECT_EQ(brand("sadp.oem_info", "ANNKE"), "Annke");
  EXPECT_EQ(brand("wsdd.scope_name", "ANNKE C800"), "Annke");
  EXPECT_EQ(maker("wsdd.scope_name", "ANNKE C800"), "");
  EXPECT_EQ(kind("sadp.channels", "0/1"), "camera");
}

TEST_F(VendorsTest, KnowsADahuaCamera) {
  EXPECT_EQ(maker("mac", "3c:ef:8c:0a:0b:0c"), "Dahua");
  EXPECT_EQ(maker("dhip.answer", "client.notifyDevInfo"), "Dahua");
  EXPECT_EQ(claim("dhip.device_type", "IPC-HDW5421S", Attribute::model), "IPC-HDW5421S");
  EXPECT_EQ(kind("dhip.device_class", "IPC"), "camera");
  EXPECT_EQ(claim("dhip.version", "2.800.0000000.25.R", Attribute::firmware), "2.800.0000000.25.R");
  EXPECT_EQ(maker("rtsp.realm", "Login to 4K01FD2PAJ6E3FF"), "Dahua");
  EXPECT_EQ(maker("http.realm", "Login to 4K01FD2PAJ6E3FF"), "Dahua");
}

TEST_F(VendorsTest, SeesTheLabelsOfDahuasHardware) {
  EXPECT_EQ(brand("dhip.vendor", "IntelBras"), "Intelbras");
  EXPECT_EQ(brand("dhip.vendor", "QSee"), "Q-See");
  EXPECT_EQ(brand("dhip.vendor", "ADITYA"), "CP Plus");
  EXPECT_EQ(brand("dhip.vendor", "Private"), "");
  EXPECT_EQ(brand("dhip.version", "4.000.00IB001.7"), "Intelbras");
  EXPECT_EQ(brand("dhip.device_class", "BCS-XVR0801-II"), "BCS");
}

TEST_F(VendorsTest, KnowsAnAxisCamera) {
  const auto* value = "AXIS,Network Camera,M3045-V,6.53.1.2";
  EXPECT_EQ(maker("dhcp.vendor_class", value), "Axis");
  EXPECT_EQ(claim("dhcp.vendor_class", value, Attribute::model), "AXIS M3045-V");
  EXPECT_EQ(claim("dhcp.vendor_class", value, Attribute::firmware), "6.53.1.2");
  EXPECT_EQ(kind("dhcp.vendor_class", value), "camera");
  EXPECT_EQ(maker("dhcp.hostname", "axis-accc8e0a0b0c"), "Axis");
  EXPECT_EQ(maker("rtsp.realm", "AXIS_ACCC8E0A0B0C"), "Axis");
}

TEST_F(VendorsTest, OnlyTheMakersOwnProtocolsAreProprietary) {
  for (const auto* field : {"http.server", "rtsp.realm", "wsdd.scope_name", "dhcp.vendor_class"}) {
    for (const auto* value : {"App-webs/", "Login to 4K01FD2PAJ6E3FF", "HIKVISION", "AXIS,A,B,1"}) {
      for (const auto& match : knowledge_->match(*words().find(field), value)) {
        EXPECT_FALSE(match.fingerprint->proprietary) << match.fingerprint->id;
      }
    }
  }
  EXPECT_TRUE(knowledge_->match(*words().find("sadp.serial"), "x").at(0).fingerprint->proprietary);
}

TEST_F(VendorsTest, NamesThatUsersGiveAreNeverStrong) {
  for (const auto* field : {"wsdd.scope_name", "dhcp.hostname"}) {
    for (const auto* value : {"HIKVISION", "Dahua", "axis-accc8e0a0b0c", "DCS-935L", "reolink"}) {
      for (const auto& match : knowledge_->match(*words().find(field), value)) {
        EXPECT_LE(match.fingerprint->certainty, 0.7) << match.fingerprint->id;
      }
    }
  }
}

TEST_F(VendorsTest, OnvifAloneIsACameraOfNobody) {
  EXPECT_EQ(kind("wsdd.onvif", "probematch"), "camera");
  EXPECT_EQ(maker("wsdd.onvif", "probematch"), "");
}

TEST_F(VendorsTest, WideRegistrantsAreNoCameras) {
  for (const auto* mac : {"00:18:82:01:02:03", "00:01:4a:01:02:03", "00:0a:eb:01:02:03"}) {
    EXPECT_EQ(kind("mac", mac), "") << mac;
  }
}

TEST_F(VendorsTest, LaptopsPrintersAndServersAreNothing) {
  const std::multimap<std::string, std::string> values{
      {"dhcp.hostname", "LAPTOP-4F7A9B"},
      {"dhcp.vendor_class", "MSFT 5.0"},
      {"dhcp.vendor_class", "HUAWEI:android:ABC"},
      {"dhcp.vendor_class", "udhcp 1.21.1"},
      {"dhcp.vendor_class", "android-dhcp-13"},
      {"http.server", "nginx/1.22.1"},
      {"http.server", "Webs"},
      {"http.server", "HP HTTP Server; HP LaserJet"},
      {"http.title", "HP LaserJet M404"},
      {"http.title", "Web Client"},
      {"http.realm", "DSL-2640B"},
      {"rtsp.server", "GStreamer RTSP server"},
      {"http.title", "login"},
      {"dhcp.parameter_list", "1,3,6,15,31,33,43,44"},
      {"mac", "3c:52:82:01:02:03"}};
  for (const auto& [field, value] : values) {
    const auto matches = knowledge_->match(*words().find(field), value);
    EXPECT_EQ(claimed(matches, Attribute::maker), "") << field << ": " << value;
    EXPECT_EQ(claimed(matches, Attribute::kind), "") << field << ": " << value;
  }
}

TEST_F(VendorsTest, ASubsidiaryPointsAtItsParent) {
  const auto line = knowledge_->lineage("Avigilon");
  ASSERT_EQ(line.size(), 2u);
  EXPECT_EQ(line[1]->name, "Motorola Solutions");
}

}  // namespace
}  // namespace camwarden
