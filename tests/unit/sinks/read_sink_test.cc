#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sinks/sink.h"

namespace camwarden {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Reading {
  std::optional<SinkOptions> options;
  Diagnostics diagnostics;
};

Reading read(const std::string& yaml) {
  Reading reading;
  const auto root = YamlNode::load_text(yaml, "camwarden.yml", reading.diagnostics);
  if (root) reading.options = read_sink(*root, reading.diagnostics);
  return reading;
}

std::string error_of(const std::string& yaml) {
  const auto reading = read(yaml);
  EXPECT_FALSE(reading.options);
  return reading.diagnostics.to_string();
}

TEST(ReadSink, NameAloneGivesTheDefaults) {
  const auto reading = read("name: siem");
  ASSERT_TRUE(reading.options) << reading.diagnostics.to_string();
  SinkOptions expected;
  expected.name = "siem";
  EXPECT_EQ(*reading.options, expected);
}

TEST(ReadSink, EveryKeyIsRead) {
  const auto reading = read(
      "{name: siem, format: cef, header: none, framing: lf, bom: never, transport: tcp,"
      " host: siem.example, port: 6514, max_bytes: 16KiB, facility: local0,"
      " enterprise_number: 99, settle: 5s, types: [policy.violation, policy.resolved]}");
  ASSERT_TRUE(reading.options) << reading.diagnostics.to_string();
  const auto& sink = *reading.options;
  EXPECT_EQ(sink.format, "cef");
  EXPECT_EQ(sink.header, Header::none);
  EXPECT_EQ(sink.framing, Framing::lf);
  EXPECT_EQ(sink.bom, Bom::never);
  EXPECT_EQ(sink.host, "siem.example");
  EXPECT_EQ(sink.port, 6514);
  EXPECT_EQ(sink.max_bytes, 16384u);
  EXPECT_EQ(sink.facility, 16);
  EXPECT_EQ(sink.enterprise_number, 99u);
  EXPECT_EQ(sink.settle, std::chrono::seconds(5));
  EXPECT_THAT(sink.types, ElementsAre(AlertType::violation_opened, AlertType::violation_resolved));
}

TEST(ReadSink, DatagramsAreShortUnlessTold) {
  EXPECT_EQ(read("{name: a, transport: udp}").options->max_bytes, 1232u);
  EXPECT_EQ(read("{name: a, transport: udp, max_bytes: 1472}").options->max_bytes, 1472u);
}

TEST(ReadSink, FileAndStandardOutputHaveNoHeaderUnlessTold) {
  EXPECT_EQ(read("{name: a, transport: stdout}").options->header, Header::none);
  EXPECT_EQ(read("{name: a, transport: file, path: /x}").options->header, Header::none);
  EXPECT_EQ(read("{name: a, transport: file, path: /x, header: rfc5424}").options->header,
            Header::rfc5424);
}

TEST(ReadSink, FileNeedsAPath) {
  EXPECT_THAT(error_of("{name: a, transport: file}"), HasSubstr("transport file needs a \"path\""));
}

TEST(ReadSink, FramingMeansNothingToDatagrams) {
  EXPECT_THAT(
      error_of("{name: a, transport: udp, framing: lf}"),
      HasSubstr("camwarden.yml:1:36: \"framing\" means nothing to transport udp; remove it"));
}

TEST(ReadSink, HostMeansNothingToAFile) {
  EXPECT_THAT(error_of("{name: a, transport: file, path: /x, host: b}"), HasSubstr("\"host\""));
}

TEST(ReadSink, UnknownFormatNamesTheNearest) {
  EXPECT_THAT(error_of("{name: a, format: jsom}"), HasSubstr("did you mean \"json\"?"));
}

TEST(ReadSink, UnknownKeyNamesTheNearest) {
  EXPECT_THAT(error_of("{name: a, fromat: json}"), HasSubstr("did you mean \"format\"?"));
}

TEST(ReadSink, PortHasARange) {
  EXPECT_THAT(error_of("{name: a, port: 70000}"), HasSubstr("1 to 65535"));
}

TEST(ReadSink, MaxBytesHasARangeByTransport) {
  EXPECT_THAT(error_of("{name: a, max_bytes: 100}"), HasSubstr("from 480 to"));
  EXPECT_THAT(error_of("{name: a, transport: udp, max_bytes: 100000}"), HasSubstr("to 65507"));
}

TEST(ReadSink, BomBreaksParsers) {
  EXPECT_THAT(error_of("{name: a, format: json, bom: always}"),
              HasSubstr("breaks parsers of json"));
}

TEST(ReadSink, NoTypesAtAllIsASlip) {
  EXPECT_THAT(error_of("{name: a, types: []}"), HasSubstr("would send nothing"));
  EXPECT_THAT(error_of("{name: a, types: [policy.violated]}"), HasSubstr("policy.violation"));
}

TEST(ReadSink, NameIsRequiredAndPlain) {
  EXPECT_THAT(error_of("{format: json}"), HasSubstr("\"name\" is missing"));
  EXPECT_THAT(error_of("{name: 'a b'}"), HasSubstr("1 to 64 letters"));
}

TEST(ReadSink, HostIsNoUrl) {
  EXPECT_THAT(error_of("{name: a, host: 'tcp://siem/x'}"), HasSubstr("expected a host name"));
}

TEST(ReadSink, AllErrorsAreReportedAtOnce) {
  const auto reading = read("{name: '', format: x, port: 0, facility: local9, transport: smoke}");
  EXPECT_EQ(reading.diagnostics.errors().size(), 5u) << reading.diagnostics.to_string();
}

}  // namespace
}  // namespace camwarden
