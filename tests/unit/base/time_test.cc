#include "base/time.h"

#include <gtest/gtest.h>

namespace camwarden {
namespace {

TEST(Time, PrintsMillisecondsInUtc) {
  EXPECT_EQ(to_rfc3339(from_unix_ns(0)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(from_unix_ns(1'789'043'696'789'999'999)), "2026-09-10T12:34:56.789Z");
  EXPECT_EQ(to_rfc3339(from_unix_ns(-1)), "1969-12-31T23:59:59.999Z");
}

TEST(Time, ExtremesArePrinted) {
  EXPECT_EQ(to_rfc3339(Time::max()).substr(0, 4), "2262");
  EXPECT_EQ(to_rfc3339(Time::min()).substr(0, 4), "1677");
}

TEST(Time, ReadsWhatItPrints) {
  const std::string text = "2026-09-10T12:34:56.789Z";
  EXPECT_EQ(to_rfc3339(parse_rfc3339(text).value()), text);
}

TEST(Time, ReadsOffsetsFractionsAndBareDates) {
  const auto utc = parse_rfc3339("2026-09-10T12:34:56Z").value();
  EXPECT_EQ(parse_rfc3339("2026-09-10T14:34:56+02:00"), utc);
  EXPECT_EQ(parse_rfc3339("2026-09-10t05:04:56-07:30"), utc);
  EXPECT_EQ(parse_rfc3339("2026-09-10 12:34:56.5Z"), utc + std::chrono::milliseconds(500));
  EXPECT_EQ(parse_rfc3339("2026-09-10T12:34:56.1234567891234Z"),
            utc + std::chrono::nanoseconds(123'456'789));
  EXPECT_EQ(to_rfc3339(parse_rfc3339("2027-01-31").value()), "2027-01-31T00:00:00.000Z");
  EXPECT_TRUE(parse_rfc3339("2028-02-29").has_value());
}

TEST(Time, RefusesWhatIsNoTime) {
  for (const auto* text :
       {"", "2026", "2026-02-30", "2027-02-29", "2026-13-01", "2026-00-10", "0001-01-01",
        "9999-12-31", "2026-09-10T12:34:56", "2026-09-10T24:00:00Z", "2026-09-10T12:60:00Z",
        "2026-09-10T12:34Z", "2026-09-10T12:34:56.Zz", "2026-09-10T12:34:56+2:00",
        "2026-09-10X12:34:56Z", "10.09.2026"}) {
    EXPECT_FALSE(parse_rfc3339(text).has_value()) << text;
  }
}

TEST(Duration, ReadsOneUnit) {
  EXPECT_EQ(parse_duration("500ms"), std::chrono::milliseconds(500));
  EXPECT_EQ(parse_duration("30s"), std::chrono::seconds(30));
  EXPECT_EQ(parse_duration("15m"), std::chrono::minutes(15));
  EXPECT_EQ(parse_duration("24h"), std::chrono::hours(24));
  EXPECT_EQ(parse_duration("7d"), std::chrono::hours(168));
  EXPECT_EQ(parse_duration("0"), Duration(0));
}

TEST(Duration, RefusesEverythingElse) {
  for (const auto* text : {"", "s", "5", "-5s", "+5s", "5 s", "1h30m", "5S", "5us",
                           "99999999999999d", "1e3s", "0x5s"}) {
    EXPECT_FALSE(parse_duration(text).has_value()) << text;
  }
}

TEST(Duration, PrintsTheShortestExactSpelling) {
  for (const auto* text : {"0", "90s", "2h", "7d", "1500ms", "15m"})
    EXPECT_EQ(to_string(parse_duration(text).value()), text);
  EXPECT_EQ(to_string(std::chrono::hours(48)), "2d");
}

}  // namespace
}  // namespace camwarden
