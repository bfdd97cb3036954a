#include "protocols/http_content.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace camwarden {
namespace {

using namespace std::string_literals;

TEST(HttpContent, TextIsToldByItsBeginning) {
  for (const auto* text :
       {"<?xml version=\"1.0\"?>", "\r\n <DeviceInfo>", "\xef\xbb\xbf<a>",
        "{\"data\":", "[ {\"cmd\"", "root.Brand.Brand=AXIS", "deviceType=IPC\r\n",
        "table.General[0].Name=x", "var id='0'", "0\nOK\nMACAddress=", "0\r\nOK\r\n"}) {
    EXPECT_EQ(is_text_body(text), Guess::yes) << text;
  }
}

TEST(HttpContent, PagesPicturesAndProseAreNoText) {
  for (const auto* text :
       {"<!DOCTYPE html><x>", "<HTML lang=en>", "<head><a>", "<title>a", "\x89PNG\r\n",
        "\xff\xd8\xff\xe0", "Not Found\r\n", "[1,2]", "=a", "--x\r\n", "0\nOff\n", "0\r\n1\r\n"}) {
    EXPECT_EQ(is_text_body(text), Guess::no) << text;
  }
  EXPECT_EQ(is_text_body(std::string(80, 'a')), Guess::no);
}

TEST(HttpContent, CannotTellFromTooLittle) {
  for (const auto* text :
       {"", " \r\n", "<", "<ht", "<!DOC", "devi", "[ ", "var", "0", "0\nO", "0\r\n"}) {
    EXPECT_EQ(is_text_body(text), Guess::maybe) << text;
  }
}

Chunks chunks_of(std::string_view coded, std::string& text) {
  std::array<char, 64> room;
  const auto chunks = read_chunks(coded, room);
  text = chunks.text;
  return chunks;
}

TEST(HttpContent, ChunksAreJoined) {
  std::string text;
  const auto coded = "4;name=x\r\n<a>b\r\nA\r\n</a>\r\n\r\n..\r\n0\r\nTrailer: x\r\n\r\n"s;
  const auto chunks = chunks_of(coded + "HTTP/1.1", text);
  EXPECT_EQ(chunks.state, Chunks::whole);
  EXPECT_EQ(chunks.size, coded.size());
  EXPECT_EQ(text, "<a>b</a>\r\n\r\n..");
}

TEST(HttpContent, ChunksWithoutTheirEndTellWhatIsThere) {
  std::string text;
  for (const auto* coded :
       {"4\r\n<a>b\r\n6\r\n</", "4\r\n<a>b\r\n6\r\n</\r", "4\r\n<a>b\r\n2\r\n</\r\n",
        "4\r\n<a>b\r\n2\r\n</\r\n0\r\n", "4\r\n<a>b\r\n2\r\n</\r\n0\r\nX: y\r\n"}) {
    EXPECT_EQ(chunks_of(coded, text).state, Chunks::partial) << coded;
    EXPECT_TRUE(text.starts_with("<a>b</")) << coded;
  }
}

TEST(HttpContent, ChunksThatLieAreBroken) {
  std::string text;
  for (const auto& coded :
       {"x\r\n"s, "-1\r\n"s, "\r\n"s, "2\r\nabcd\r\n"s, "41\r\n"s + std::string(99, 'a'),
        "ffffffffffffffff\r\na"s, "10000000000000000\r\na"s, std::string(300, '0')}) {
    EXPECT_EQ(chunks_of(coded, text).state, Chunks::broken) << coded;
  }
}

}  // namespace
}  // namespace camwarden
