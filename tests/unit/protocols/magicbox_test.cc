#include <gtest/gtest.h>

#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

Recorder show(std::string_view text, bool answer = true, Packet packet = packet_from_device()) {
  Recorder recorder;
  protocol("magicbox").on_body({packet, text, answer}, recorder);
  return recorder;
}

TEST(Magicbox, CapabilitiesOfItsWebInterface) {
  const auto said = show(
      "{\"WebVersion\":\"3.2.1.200001\",\"deviceType\":\"IPC-HDW5231R-ZE\",\"vendor\":"
      "\"General\"}");
  EXPECT_EQ(said.value("magicbox.answer"), "caps");
  EXPECT_EQ(said.value("magicbox.device_type"), "IPC-HDW5231R-ZE");
  EXPECT_EQ(said.value("magicbox.vendor"), "General");
  for (const auto* text :
       {"{\"WebVersion\":\"3.2\",\"deviceType\":\"x\"}",
        "{\"WebVersion\":3,\"deviceType\":\"x\",\"vendor\":\"y\"}",
        "{\"a\":{\"WebVersion\":\"3.2\",\"deviceType\":\"x\",\"vendor\":\"y\"}}"}) {
    EXPECT_TRUE(show(text).facts.empty()) << text;
  }
}

TEST(Magicbox, SystemLinesNameTheDevice) {
  const auto said = show(
      "appAutoStart=true\r\ndeviceType=IPC-HDW5231R-ZE\r\nhardwareVersion=1.00\r\nprocessor="
      "S2LM\r\n"
      "serialNumber=TESTSERIAL00001\r\nupdateSerial=IPC-HDW5X3X\r\n");
  EXPECT_EQ(said.value("magicbox.answer"), "system");
  EXPECT_EQ(said.value("magicbox.device_type"), "IPC-HDW5231R-ZE");
  EXPECT_EQ(said.value("magicbox.serial"), "TESTSERIAL00001");
  EXPECT_EQ(said.who("magicbox.serial").ip, ip(kDeviceIp));
}

TEST(Magicbox, NumberIsNoModel) {
  EXPECT_EQ(show("appAutoStart=true\ndeviceType=31\nserialNumber=TESTSERIAL00001\nupdateSerial=IPC-"
                 "HFW4300\n")
                .value("magicbox.device_type"),
            "IPC-HFW4300");
}

TEST(Magicbox, SingleLinesAreReadWhenTheyCanBeLittleElse) {
  EXPECT_EQ(show("version=2.800.0000000.16.R,build:2020-06-19\r\n").value("magicbox.version"),
            "2.800.0000000.16.R");
  EXPECT_EQ(show("sn=3K04B5CPAG00042\r\n").value("magicbox.serial"), "3K04B5CPAG00042");
  EXPECT_EQ(show("type=IPC-HDW5231R-ZE\r\n").value("magicbox.device_type"), "IPC-HDW5231R-ZE");
  EXPECT_EQ(show("class=IPC\r\n").value("magicbox.device_class"), "IPC");
  EXPECT_EQ(show("Code=VideoMotion;action=Start;index=0\r\n").value("magicbox.answer"), "event");
}

TEST(Magicbox, OtherLinesAreSilent) {
  for (const auto* text : {"version=1.2\r\n", "sn=1\r\n", "sn=1234567890123\r\n", "type=text\r\n",
                           "class=big\r\n", "deviceType=x\r\nserialNumber=y\r\n", "name=cam\r\n",
                           "type=IPC-HDW5231R\r\na=b\r\n", "Code=1\r\n", "", "<a/>", "[{}]"}) {
    EXPECT_TRUE(show(text).facts.empty()) << text;
  }
}

constexpr std::string_view kChallenge =
    "{\"error\":{\"code\":268632079,\"message\":\"Component error: login challenge!\"},\"id\":1,"
    "\"params\":{\"encryption\":\"Default\",\"random\":\"1\",\"realm\":\"Login to "
    "TESTSERIAL00001\"},"
    "\"result\":false,\"session\":\"a\"}";

TEST(Magicbox, LoginByJsonTellsItsRealm) {
  const auto said = show(kChallenge);
  EXPECT_EQ(said.value("magicbox.answer"), "login");
  EXPECT_EQ(said.value("magicbox.realm"), "Login to TESTSERIAL00001");
}

TEST(Magicbox, CallIsEvidenceOfItsClient) {
  const auto said =
      show("{\"method\":\"global.login\",\"params\":{\"userName\":\"admin\"},\"id\":1}", false,
           packet_from_client());
  EXPECT_EQ(said.value("magicbox.probe"), "global.login");
  EXPECT_EQ(said.who("magicbox.probe").ip, ip(kClientIp));
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Magicbox, WhatAClientSendsIsNotAnAnswer) {
  EXPECT_TRUE(show("sn=3K04B5CPAG00042", false).facts.empty());
  EXPECT_TRUE(show(kChallenge, false).facts.empty());
}

TEST(Magicbox, OtherJsonIsSilent) {
  for (const auto* text :
       {"{\"params\":{\"encryption\":\"x\",\"random\":\"1\"}}", "{\"encryption\":1}",
        "{\"params\":[],\"session\":1,\"encryption\":1}", "{\"encryption\"", "{}"}) {
    EXPECT_TRUE(show(text).facts.empty()) << text;
  }
}

}  // namespace
}  // namespace camwarden
