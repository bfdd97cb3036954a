#include <gtest/gtest.h>

#include "base/digest.h"
#include "protocols/certificate.h"
#include "protocols/client_hello.h"
#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

std::string u16(std::size_t number) {
  return {static_cast<char>(number >> 8), static_cast<char>(number & 0xff)};
}
std::string u24(std::size_t number) {
  return static_cast<char>(number >> 16) + u16(number & 0xffff);
}

std::string words(std::initializer_list<std::uint16_t> numbers) {
  std::string list;
  for (const auto number : numbers) list += u16(number);
  return list;
}

std::string record(const std::string& body) { return "\x16\3\3" + u16(body.size()) + body; }
std::string message(char type, const std::string& body) { return type + u24(body.size()) + body; }
std::string extension(std::uint16_t type, const std::string& body) {
  return u16(type) + u16(body.size()) + body;
}

std::string hello_body(const std::string& ciphers, const std::string& extensions) {
  return "\3\3"s + std::string(32, 'r') + "\0"s + u16(ciphers.size()) + ciphers + "\1\0"s +
         u16(extensions.size()) + extensions;
}

std::string alpn(const std::string& first) {
  const auto list = static_cast<char>(first.size()) + first;
  return extension(16, u16(list.size()) + list);
}

const std::string kServerName = extension(0, u16(20) + "\0"s + u16(17) + "Dev.ezvizlife.com");
const std::string kAlgorithms =
    words({0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601});

// The example of JA4's public description, with GREASE sprinkled in (RFC 8701).
std::string published_hello() {
  std::string extensions = extension(0x6a6a, "");
  for (const std::uint16_t type : {0x001b, 0x0033, 0x4469, 0x0017, 0x002d, 0x0005, 0x0023, 0x0012,
                                   0xff01, 0x000a, 0x000b, 0x0015}) {
    extensions += extension(type, "");
  }
  extensions += kServerName + alpn("h2") + extension(13, u16(kAlgorithms.size()) + kAlgorithms) +
                extension(43, "\6" + words({0xcaca, 0x0304, 0x0303}));
  return hello_body(words({0x1a1a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9,
                           0xcca8, 0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035}),
                    extensions);
}

std::string ja4_of(const std::string& body) {
  const auto hello = read_client_hello(as_bytes(body));
  return hello ? hello->ja4() : "(malformed)";
}

Recorder read(const std::string& bytes, std::size_t step = SIZE_MAX) {
  return read_stream("tls", packet_from_device(), bytes, step).recorder;
}

TEST(Sha256, KnownAnswers) {
  EXPECT_EQ(sha256_hex("abc"),  // FIPS 180-4's example
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("", 8), "e3b0c442");
}

TEST(Ja4, PublishedExample) {
  EXPECT_EQ(ja4_of(published_hello()), "t13d1516h2_8daaf6152771_e5627efa2ab1");
}

TEST(Ja4, NothingOfferedIsZeros) {
  EXPECT_EQ(ja4_of(hello_body("", "")), "t12i000000_000000000000_000000000000");
}

TEST(Ja4, WithoutAlgorithmsTheExtensionsStandAlone) {
  const auto hello = read_client_hello(as_bytes(hello_body("", extension(0x000a, ""))));
  ASSERT_TRUE(hello);
  EXPECT_TRUE(hello->ja4().ends_with("_" + sha256_hex("000a", 12)));
}

// The pairs of the description.
TEST(Ja4, ProtocolThatIsNoTextIsWrittenInHexadecimal) {
  const std::pair<std::string, std::string> kMarks[] = {
      {"http/1.1", "h1"},   {"x", "xx"},
      {"\xab", "ab"},       {" ", "20"},
      {"\xab\xcd", "ad"},   {" a", "21"},
      {"0\xab", "3b"},      {"a ", "60"},
      {"01\xab\xcd", "3d"}, {"0\xab\xcd"s + "1", "01"}};
  for (const auto& [name, mark] : kMarks) {
    EXPECT_EQ(ja4_of(hello_body("", alpn(name))).substr(8, 2), mark);
  }
}

TEST(Ja4, MoreThanAnyClientOffersHasNone) {
  std::string ciphers;
  for (std::size_t i = 0; i <= OfferedNumbers::kMost; ++i) ciphers += u16(i);
  EXPECT_EQ(ja4_of(hello_body(ciphers, "")), "");
}

TEST(Tls, ClientTellsWhereItGoesAndWhatItIs) {
  const auto said = read(record(message(1, published_hello())));
  EXPECT_EQ(said.value("tls.sni"), "dev.ezvizlife.com");
  EXPECT_EQ(said.value("tls.alpn"), "h2");
  EXPECT_EQ(said.value("tls.ja4"), "t13d1516h2_8daaf6152771_e5627efa2ab1");
  EXPECT_EQ(said.who("tls.sni").ip, ip(kDeviceIp));  // never of the host that it calls
  EXPECT_TRUE(said.facts[0].field->hearsay);
}

TEST(Tls, NamesThatPeopleReadAreNotTold) {
  const auto name = extension(0, u16(11) + "\0"s + u16(8) + "news.org");
  const auto said = read(record(message(1, hello_body("", name))));
  EXPECT_FALSE(said.said("tls.sni"));
  EXPECT_TRUE(said.value("tls.ja4").starts_with("t12d"));
}

TEST(Tls, MessageCutIntoRecordsAndSegmentsIsReadTheSame) {
  const auto hello = message(1, published_hello());
  std::string bytes;
  for (std::size_t at = 0; at < hello.size(); at += 7) bytes += record(hello.substr(at, 7));
  for (const std::size_t step : {1U, 11U, 1000U}) {
    EXPECT_EQ(read(bytes, step).value("tls.ja4"), "t13d1516h2_8daaf6152771_e5627efa2ab1");
  }
}

TEST(Tls, ExtensionBeyondTheHelloIsMalformed) {
  auto body = published_hello();
  body[body.size() - 8] = '\x7f';  // the length of the last extension
  EXPECT_EQ(read(record(message(1, body))).anomalies, std::vector{"tls.client_hello"s});
}

TEST(Tls, EncryptedRecordsEndTheReading) {
  const auto run = read_stream("tls", packet_from_device(), "\x17\3\3\0\1x"s);
  EXPECT_EQ(run.verdict, Progress::done);
  EXPECT_TRUE(run.recorder.anomalies.empty());
}

TEST(Tls, RecordOfImpossibleLengthIsAnAnomaly) {
  EXPECT_EQ(read("\x16\3\3\xff\xff\1"s).anomalies, std::vector{"tls.record"s});
}

TEST(Tls, GarbageForACertificateIsAnAnomaly) {
  const auto list = u24(8) + u24(5) + "junk!";
  EXPECT_EQ(read(record(message(11, list))).anomalies, std::vector{"tls.certificate"s});
}

TEST(Tls, EmptyListOfAClientIsNoCertificate) {
  const auto said = read(record(message(11, u24(0))));
  EXPECT_TRUE(said.facts.empty() && said.anomalies.empty());
}

TEST(Tls, RecognisesHandshakesOnly) {
  const auto guess = [](std::string_view bytes) {
    return protocol("tls").recognise(as_bytes(bytes));
  };
  EXPECT_EQ(guess("\x16\3\1\2\0\1"s), Guess::yes);
  EXPECT_EQ(guess("\x15\3\3\0\2\1\x70\x16"s), Guess::yes);  // a warning, then the handshake
  EXPECT_EQ(guess("\x16\3"s), Guess::maybe);
  EXPECT_EQ(guess("\x15\3\3\0\2\2\x28"s), Guess::no);  // a fatal alert
  EXPECT_EQ(guess("\x16\3\1\2\0\x10"s), Guess::no);
  EXPECT_EQ(guess("\x16\2\1\2\0\1"s), Guess::no);
  EXPECT_EQ(guess("GET / "), Guess::no);
}

TEST(Certificate, NothingFromNothing) {
  EXPECT_FALSE(read_certificate({}));
  EXPECT_FALSE(read_certificate(as_bytes(std::string(Certificate::kMaxBytes + 1, '\x30'))));
}

}  // namespace
}  // namespace camwarden
