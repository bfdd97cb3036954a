#include "packet/source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "unit/packet/frames.h"

namespace camwarden::test {
namespace {

using testing::HasSubstr;

Octets le32(std::uint32_t value) {
  Octets octets = be32(value);
  std::reverse(octets.begin(), octets.end());
  return octets;
}
Octets le16(unsigned value) {
  return {static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8)};
}

// draft-ietf-opsawg-pcap: the file header and one record.
Octets pcap_header(std::uint32_t link_type, std::uint32_t magic = 0xa1b2c3d4) {
  return le32(magic) + le16(2) + le16(4) + le32(0) + le32(0) + le32(65535) + le32(link_type);
}
Octets record(std::uint32_t seconds, std::uint32_t fraction, const Octets& bytes,
              std::uint32_t wire_len = 0) {
  const auto size = static_cast<std::uint32_t>(bytes.size());
  return le32(seconds) + le32(fraction) + le32(size) + le32(std::max(wire_len, size)) + bytes;
}

// draft-ietf-opsawg-pcapng: section header, interface description, enhanced packet.
Octets block(std::uint32_t type, const Octets& body) {
  const auto size = static_cast<std::uint32_t>(12 + body.size());
  return le32(type) + le32(size) + body + le32(size);
}
Octets section() {
  return block(0x0a0d0d0a, le32(0x1a2b3c4d) + le16(1) + le16(0) + Octets(8, 0xff));
}
Octets described(unsigned link_type) { return block(1, le16(link_type) + le16(0) + le32(65535)); }
Octets enhanced(const Octets& bytes) {
  const auto size = static_cast<std::uint32_t>(bytes.size());
  return block(6, le32(0) + le32(0x6) + le32(0x0b000000) + le32(size) + le32(size) + bytes +
                      Octets((4 - size % 4) % 4, 0));
}

class SourceFile : public testing::Test {
 protected:
  SourceFile() {
    std::string name = testing::TempDir() + "camwarden-source-XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~SourceFile() override { std::filesystem::remove_all(folder_); }

  std::string write(const Octets& octets) {
    const std::string path = folder_ + "/capture";
    std::ofstream(path, std::ios::binary) << text_of(octets);
    return path;
  }
  std::string error_of(const Octets& octets) {
    const auto source = Source::open_file(write(octets), 0);
    return source.ok() ? "" : source.error();
  }

  std::string folder_;
};

TEST_F(SourceFile, GivesFramesThenEnd) {
  const Octets file = pcap_header(1) + record(10, 5, text("one")) + record(11, 6, text("two!"), 90);
  auto source = Source::open_file(write(file), 3);
  ASSERT_TRUE(source.ok()) << source.error();
  Frame one;
  ASSERT_EQ(source->next(one), Source::Next::frame);
  EXPECT_EQ(text_of(one.bytes), "one");
  EXPECT_EQ(to_unix_ns(one.time), 10'000'005'000);
  EXPECT_EQ(one.number, 1u);
  EXPECT_EQ(one.interface, 3);
  EXPECT_EQ(one.link_type, 1);
  ASSERT_EQ(source->next(one), Source::Next::frame);
  EXPECT_EQ(one.number, 2u);
  EXPECT_EQ(one.wire_len, 90u);
  EXPECT_EQ(source->next(one), Source::Next::end);
  EXPECT_EQ(source->next(one), Source::Next::end);
  EXPECT_EQ(source->counters().frames, 2u);
  EXPECT_EQ(source->counters().octets, 93u);
}

TEST_F(SourceFile, NanosecondsAreKept) {
  auto source =
      Source::open_file(write(pcap_header(1, 0xa1b23c4d) + record(1, 123456789, text("x"))), 0);
  Frame one;
  ASSERT_EQ(source->next(one), Source::Next::frame);
  EXPECT_EQ(to_unix_ns(one.time), 1'123'456'789);
}

TEST_F(SourceFile, AbsurdTimesAreClamped) {
  auto source =
      Source::open_file(write(pcap_header(1) + record(0xffffffff, 0xffffffff, text("x"))), 0);
  Frame one;
  ASSERT_EQ(source->next(one), Source::Next::frame);
  EXPECT_GE(to_unix_ns(one.time), 0);
  EXPECT_LE(to_unix_ns(one.time), 0x1'0000'0000 * 1'000'000'000);
}

TEST_F(SourceFile, PcapngIsRead) {
  auto source = Source::open_file(write(section() + described(1) + enhanced(text("one"))), 0);
  ASSERT_TRUE(source.ok()) << source.error();
  Frame one;
  ASSERT_EQ(source->next(one), Source::Next::frame);
  EXPECT_EQ(text_of(one.bytes), "one");
  EXPECT_EQ(source->next(one), Source::Next::end);
}

TEST_F(SourceFile, TruncatedFileIsBrokenAfterWhatCouldBeRead) {
  Octets file = pcap_header(1) + record(1, 0, text("one")) + record(2, 0, text("two"));
  file.pop_back();
  auto source = Source::open_file(write(file), 0);
  Frame one;
  ASSERT_EQ(source->next(one), Source::Next::frame);
  EXPECT_EQ(source->next(one), Source::Next::broken);
  EXPECT_THAT(source->error(), HasSubstr(folder_ + "/capture: packet 2: "));
  EXPECT_EQ(source->next(one), Source::Next::broken);
}

TEST_F(SourceFile, PacketLengthBeyondTheSnapLengthIsBroken) {
  const Octets lie = le32(1) + le32(0) + le32(0x7fffffff) + le32(0x7fffffff);
  auto source = Source::open_file(write(pcap_header(1) + lie), 0);
  Frame one;
  EXPECT_EQ(source->next(one), Source::Next::broken);
  EXPECT_THAT(source->error(), HasSubstr("packet 1"));
}

TEST_F(SourceFile, EmptyFileSaysSo) { EXPECT_THAT(error_of({}), HasSubstr("empty file")); }

TEST_F(SourceFile, CompressedFileSaysHowToUnpack) {
  EXPECT_THAT(error_of({0x1f, 0x8b, 8, 0, 0, 0, 0, 0}), HasSubstr("gunzip"));
  EXPECT_THAT(error_of({0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0}), HasSubstr("unzstd"));
}

TEST_F(SourceFile, TextIsNoCapture) {
  EXPECT_THAT(error_of(text("segments:\n  - name: office\n")),
              HasSubstr("expected pcap or pcapng"));
}

TEST_F(SourceFile, CutFileHeaderIsNoCapture) {
  EXPECT_THAT(error_of({0xd4, 0xc3, 0xb2, 0xa1, 2, 0}), HasSubstr("not a readable capture"));
}

TEST_F(SourceFile, DirectoryIsNoCapture) {
  EXPECT_THAT(Source::open_file(folder_, 0).error(), HasSubstr("is a directory"));
}

TEST_F(SourceFile, AbsentFileIsNamed) {
  const std::string path = folder_ + "/absent.pcap";
  EXPECT_EQ(Source::open_file(path, 0).error(), path + ": No such file or directory");
}

TEST_F(SourceFile, UnsupportedLinkTypeIsNamed) {
  EXPECT_THAT(error_of(pcap_header(105)), HasSubstr("IEEE802_11"));
}

TEST_F(SourceFile, SupportedLinkTypesOpen) {
  for (const std::uint32_t link_type : {0u, 1u, 101u, 108u, 113u, 228u, 229u, 276u}) {
    EXPECT_EQ(error_of(pcap_header(link_type)), "") << link_type;
  }
}

TEST_F(SourceFile, SeveralLinkTypesInOneFileSayHowToSplit) {
  auto source = Source::open_file(
      write(section() + described(1) + enhanced(text("one")) + described(113)), 0);
  ASSERT_TRUE(source.ok());
  Frame one;
  ASSERT_EQ(source->next(one), Source::Next::frame);
  ASSERT_EQ(source->next(one), Source::Next::broken);
  EXPECT_THAT(source->error(), HasSubstr("frame.interface_id"));
}

TEST(SourceLive, AbsentInterfaceIsNamedWithThoseThereAre) {
  Source::LiveOptions options;
  options.interface = "nosuch0";
  const auto source = Source::open_live(options, 0);
  ASSERT_FALSE(source.ok());
  EXPECT_THAT(source.error(), HasSubstr("nosuch0"));
}

TEST(SourceLive, LoopbackIsAmongTheInterfaces) {
  EXPECT_THAT(interface_names(), testing::Contains("lo"));
}

}  // namespace
}  // namespace camwarden::test
