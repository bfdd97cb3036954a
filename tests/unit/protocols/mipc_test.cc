#include <gtest/gtest.h>

#include "unit/protocols/makers.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

std::string hello() {
  auto bytes = "\x38\0\0\0l"s + std::string(103, '\0');
  return replaced(replaced(bytes, 44, "mrmt_hello"), 92, "1jfiegbtest01\n");
}

TEST(Mipc, HelloTellsTheDeviceId) {
  for (const std::size_t step : {std::size_t{1}, std::size_t{30}, SIZE_MAX}) {
    const auto run = read_stream("mipc", packet_from_device(), hello(), step);
    EXPECT_TRUE(run.contract_kept);
    EXPECT_EQ(run.recorder.value("mipc.hello"), "mrmt_hello");
    EXPECT_EQ(run.recorder.value("mipc.device_id"), "1jfiegbtest01");
  }
}

TEST(Mipc, IsRecognisedByItsWord) {
  const auto recognise = protocol("mipc").recognise;
  EXPECT_EQ(recognise(as_bytes(hello())), Guess::yes);
  const auto bytes = hello();
  EXPECT_EQ(recognise(as_bytes(std::string_view(bytes).substr(0, 20))), Guess::maybe);
  const auto other = replaced(hello(), 44, "something!");
  EXPECT_EQ(recognise(as_bytes(other)), Guess::no);
  EXPECT_EQ(recognise(as_bytes("GET / HTTP/1.1")), Guess::no);
}

}  // namespace
}  // namespace camwarden
