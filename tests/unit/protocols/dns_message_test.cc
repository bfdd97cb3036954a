#include "protocols/dns_message.h"

#include <gtest/gtest.h>

#include "unit/protocols/dns_messages.h"

namespace camwarden {
namespace {

using namespace std::string_literals;
using namespace dns_test;

std::string first_name(const std::string& bytes, bool& malformed) {
  DnsReader reader(as_bytes(bytes));
  DnsQuestion question;
  const bool read = reader.next(question);
  malformed = reader.malformed();
  return read ? std::string(question.name.text()) : "(none)";
}

TEST(DnsMessage, NameIsItsLabelsJoined) {
  bool malformed = false;
  const auto bytes = message({.flags = 0, .questions = {question(name("a.bc.local"), 1)}});
  EXPECT_EQ(first_name(bytes, malformed), "a.bc.local");
  EXPECT_FALSE(malformed);
}

TEST(DnsMessage, LabelMayHoldADot) {
  DnsName name;
  ASSERT_TRUE(name.add(as_bytes("v1.2 camera")) && name.add(as_bytes("_http")) &&
              name.add(as_bytes("_tcp")));
  EXPECT_EQ(name.label(0), "v1.2 camera");
  EXPECT_EQ(name.joined(1, 3), "_http._tcp");
  EXPECT_EQ(name.joined(2, 9), "_tcp");
  EXPECT_EQ(name.label(3), "");
}

TEST(DnsMessage, PointerLeadsBack) {
  const auto bytes = message({.questions = {question(name("cam.local"), 1)},
                              .answers = {record("\xc0\x0c"s, 1, "\xc0\0\2\x40"s)}});
  DnsReader reader(as_bytes(bytes));
  DnsRecord record;
  ASSERT_TRUE(reader.next(record));
  EXPECT_EQ(record.name.text(), "cam.local");
  EXPECT_EQ(record.address(), IpAddress::parse("192.0.2.64"));
  EXPECT_FALSE(reader.next(record));
  EXPECT_FALSE(reader.malformed());
}

TEST(DnsMessage, PointerToItselfOrForwardIsMalformed) {
  bool malformed = false;
  for (const auto& pointer : {"\xc0\x0c"s, "\xc0\x0e"s, "\1a\xc0\x0c"s, "\xff\xff"s}) {
    const auto bytes = message({.flags = 0, .questions = {question(pointer, 1)}});
    EXPECT_EQ(first_name(bytes, malformed), "(none)");
    EXPECT_TRUE(malformed);
  }
}

TEST(DnsMessage, JumpsAreCounted) {
  // Each name is a pointer to the one before it: the last takes twenty jumps.
  std::vector<std::string> questions{question(name("a"), 1)};
  for (unsigned at = 12, i = 0; i < 20; ++i) {
    questions.push_back(question(u16(0xc000 | at), 1));
    at = i == 0 ? 12 + 7 : at + 6;
  }
  const auto bytes = message({.flags = 0, .questions = questions});
  DnsReader reader(as_bytes(bytes));
  DnsQuestion one;
  int read = 0;
  while (reader.next(one)) ++read;
  EXPECT_EQ(read, 1 + DnsReader::kMaxJumps);
  EXPECT_TRUE(reader.malformed());
}

TEST(DnsMessage, NameOfMoreThan255OctetsIsMalformed) {
  std::string owner;
  for (int i = 0; i < 5; ++i) owner += '\x3f' + std::string(63, 'x');
  bool malformed = false;
  const auto bytes = message({.flags = 0, .questions = {question(owner + '\0', 1)}});
  EXPECT_EQ(first_name(bytes, malformed), "(none)");
  EXPECT_TRUE(malformed);
}

TEST(DnsMessage, LongestNameIsRead) {
  std::string owner;
  for (int i = 0; i < 3; ++i) owner += '\x3f' + std::string(63, 'x');
  owner += '\x3d' + std::string(61, 'y');  // 3 * 64 + 62 + 1 = 255
  bool malformed = false;
  const auto bytes = message({.flags = 0, .questions = {question(owner + '\0', 1)}});
  EXPECT_EQ(first_name(bytes, malformed).size(), 253U);
  EXPECT_FALSE(malformed);
}

TEST(DnsMessage, RecordsAreCountedNotBelieved) {
  auto bytes = message({});
  bytes[6] = bytes[7] = '\xff';  // 65535 answers
  for (int i = 0; i < 200; ++i) bytes += record(name("a"), 16, "\1x"s);
  DnsReader reader(as_bytes(bytes));
  DnsRecord one;
  int read = 0;
  while (reader.next(one)) ++read;
  EXPECT_EQ(read, DnsReader::kMaxRecords);
}

TEST(DnsMessage, DataThatRunsPastTheEndIsMalformed) {
  auto bytes = message({.answers = {record(name("a"), 16, "\1x"s)}});
  bytes.pop_back();
  DnsReader reader(as_bytes(bytes));
  DnsRecord one;
  EXPECT_FALSE(reader.next(one));
  EXPECT_TRUE(reader.malformed());
}

TEST(DnsMessage, NameInDataEndsWithinIt) {
  const auto bytes =
      message({.answers = {record(name("a"), 12, "\3abc"s), record(name("b"), 12, name("c"))}});
  DnsReader reader(as_bytes(bytes));
  DnsRecord one;
  DnsName target;
  ASSERT_TRUE(reader.next(one));
  EXPECT_FALSE(reader.name_in(one, 0, target));
  EXPECT_FALSE(reader.name_in(one, 9, target));
  ASSERT_TRUE(reader.next(one));
  EXPECT_TRUE(reader.name_in(one, 0, target));
  EXPECT_EQ(target.text(), "c");
}

}  // namespace
}  // namespace camwarden
