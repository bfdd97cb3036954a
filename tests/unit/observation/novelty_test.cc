// What is news, and that no host's facts pass for another's.

#include "observation/novelty.h"

#include <gtest/gtest.h>

namespace camwarden {
namespace {

using std::chrono::seconds;

constexpr Field kField{"test.answer", FieldKind::text, FieldRole::attribute, "a test's"};
const Time kNow = from_unix_ns(1'700'000'000'000'000'000);

Subject host(std::uint32_t mac, std::uint32_t ip) {
  Subject who;
  for (int i = 0; i < 4; ++i) who.mac.octets[5 - i] = static_cast<std::uint8_t>(mac >> 8 * i);
  who.ip = IpAddress::v4(ip);
  return who;
}

TEST(Novelty, TellsAFactOnceAMinute) {
  Novelty novelty({});
  const auto key = Novelty::key(host(1, 0x0a000001), kField, "value");
  EXPECT_TRUE(novelty.is_news(key, kNow));
  novelty.said(key, kNow);
  EXPECT_FALSE(novelty.is_news(key, kNow + seconds(59)));
  EXPECT_TRUE(novelty.is_news(key, kNow + seconds(60)));
  EXPECT_TRUE(novelty.is_news(key, kNow - seconds(1))) << "a clock that steps back";
}

// Cameras of one box have MACs in a row, and mostly addresses in a row too: whatever bits of the one
// change with whatever bits of the other, each is a host of its own.
TEST(Novelty, HostsInARowAreToldApart) {
  Novelty novelty({});
  for (const int mac_shift : {0, 8, 16}) {
    for (const int ip_shift : {0, 8, 16}) {
      for (std::uint32_t i = 0; i < 200; ++i) {
        const auto who = host(0xdbee0000u + (i << mac_shift), 0x0a0a1edbu ^ (i << ip_shift));
        const auto key = Novelty::key(who, kField, "record");
        EXPECT_TRUE(i == 0 || novelty.is_news(key, kNow)) << mac_shift << ' ' << ip_shift << ' ' << i;
        novelty.said(key, kNow);
      }
    }
  }
}

}  // namespace
}  // namespace camwarden
