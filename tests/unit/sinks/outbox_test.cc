#include "sinks/outbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "unit/sinks/sample_alert.h"

namespace camwarden {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::sample_alert;
using testing::sample_origin;

class OutboxTest : public ::testing::Test {
 protected:
  OutboxTest() : database_(Database::open(":memory:", Database::Mode::read_write).take()) {}

  Outbox open(std::vector<SinkOptions> sinks, Outbox::Options options = {}) {
    auto outbox = Outbox::open(database_, std::move(sinks), sample_origin(), options);
    EXPECT_TRUE(outbox) << outbox.error();
    return outbox.take();
  }

  static SinkOptions sink(std::string name) {
    SinkOptions options;
    options.name = std::move(name);
    options.header = Header::none;
    return options;
  }

  static Alert alert(std::string why, Severity severity = Severity::error) {
    auto made = sample_alert();
    made.why = std::move(why);
    made.severity = severity;
    return made;
  }

  static void write(Outbox& outbox, std::vector<Alert> alerts) {
    const auto status = outbox.write(alerts);
    EXPECT_TRUE(status) << status.error();
  }

  static std::vector<std::string> texts(const std::vector<Message>& messages) {
    std::vector<std::string> out;
    for (const auto& message : messages) out.push_back(message.sink + ":" + message.text);
    return out;
  }

  static std::vector<std::int64_t> rows(const std::vector<Message>& messages) {
    std::vector<std::int64_t> out;
    for (const auto& message : messages) out.push_back(message.row);
    return out;
  }

  Database database_;
};

TEST_F(OutboxTest, EverySinkGetsItsOwnCopyOldestFirst) {
  auto outbox = open({sink("a"), sink("b")});
  write(outbox, {alert("1"), alert("2")});
  EXPECT_THAT(texts(outbox.take_due()), ElementsAre("a:1", "a:2", "b:1", "b:2"));
  EXPECT_EQ(outbox.waiting(), 4u);
}

TEST_F(OutboxTest, ASinkGetsTheTypesThatItAsksFor) {
  auto picky = sink("a");
  picky.types = {AlertType::violation_resolved};
  auto outbox = open({picky});
  auto resolved = alert("resolved");
  resolved.type = AlertType::violation_resolved;
  write(outbox, {alert("opened"), resolved});
  EXPECT_THAT(texts(outbox.take_due()), ElementsAre("a:resolved"));
}

// It came later than the others, to receivers that count on alerts.
TEST_F(OutboxTest, OnlyWhoAsksForItGetsWhatTheSensorSees) {
  auto curious = sink("b");
  curious.types = {AlertType::sensor_sight};
  auto outbox = open({sink("a"), curious});
  auto sight = alert("sight");
  sight.type = AlertType::sensor_sight;
  write(outbox, {sight, alert("opened")});
  EXPECT_THAT(texts(outbox.take_due()), ElementsAre("a:opened", "b:sight"));
}

TEST_F(OutboxTest, WhatIsWithTheCourierIsNotGivenTwice) {
  auto outbox = open({sink("a")});
  write(outbox, {alert("1")});
  EXPECT_EQ(outbox.take_due().size(), 1u);
  EXPECT_THAT(outbox.take_due(), IsEmpty());
}

TEST_F(OutboxTest, WindowOpensAsMessagesAreDelivered) {
  auto outbox = open({sink("a")}, {.max_rows = 100, .window = 2});
  write(outbox, {alert("1"), alert("2"), alert("3")});
  const auto first = outbox.take_due();
  EXPECT_THAT(texts(first), ElementsAre("a:1", "a:2"));
  EXPECT_TRUE(outbox.delivered({first[0].row}));
  EXPECT_THAT(texts(outbox.take_due()), ElementsAre("a:3"));
}

TEST_F(OutboxTest, ASlowSinkDoesNotNarrowAnothersWindow) {
  auto outbox = open({sink("a"), sink("b")}, {.max_rows = 100, .window = 1});
  write(outbox, {alert("1"), alert("2")});
  const auto first = outbox.take_due();
  EXPECT_TRUE(outbox.delivered({first[1].row}));
  EXPECT_THAT(texts(outbox.take_due()), ElementsAre("b:2"));
}

TEST_F(OutboxTest, DeliveredRowsAreForgotten) {
  auto outbox = open({sink("a")});
  write(outbox, {alert("1"), alert("2")});
  EXPECT_TRUE(outbox.delivered(rows(outbox.take_due())));
  EXPECT_EQ(outbox.waiting(), 0u);
  auto again = open({sink("a")});
  EXPECT_THAT(again.take_due(), IsEmpty());
}

TEST_F(OutboxTest, DeliveryReportedTwiceIsHarmless) {
  auto outbox = open({sink("a")});
  write(outbox, {alert("1"), alert("2")});
  const auto taken = rows(outbox.take_due());
  EXPECT_TRUE(outbox.delivered({taken[0]}));
  EXPECT_TRUE(outbox.delivered({taken[0], 4711}));
  EXPECT_EQ(outbox.waiting(), 1u);
}

TEST_F(OutboxTest, ARestartGivesWhatWasNotDeliveredOldestFirst) {
  {
    auto outbox = open({sink("a")});
    write(outbox, {alert("1"), alert("2"), alert("3")});
    EXPECT_TRUE(outbox.delivered({outbox.take_due()[1].row}));
  }
  auto again = open({sink("a")});
  EXPECT_EQ(again.waiting(), 2u);
  EXPECT_THAT(texts(again.take_due()), ElementsAre("a:1", "a:3"));
}

TEST_F(OutboxTest, ARowNumberIsNeverUsedAgain) {
  auto outbox = open({sink("a")});
  write(outbox, {alert("1")});
  const auto first = outbox.take_due();
  EXPECT_TRUE(outbox.delivered(rows(first)));
  auto again = open({sink("a")});
  write(again, {alert("2")});
  EXPECT_GT(again.take_due()[0].row, first[0].row);
}

TEST_F(OutboxTest, OldestInfoGoesFirstWhenFull) {
  auto outbox = open({sink("a")}, {.max_rows = 3, .window = 1});
  write(outbox, {alert("violation"), alert("info 1", Severity::info),
                 alert("info 2", Severity::info), alert("new")});
  EXPECT_EQ(outbox.dropped(), 1u);
  auto again = open({sink("a")});
  EXPECT_THAT(texts(again.take_due()), ElementsAre("a:violation", "a:info 2", "a:new"));
}

TEST_F(OutboxTest, NewInfoDoesNotPushOutAViolation) {
  auto outbox = open({sink("a")}, {.max_rows = 2, .window = 1});
  write(outbox, {alert("1"), alert("2"), alert("info", Severity::notice)});
  EXPECT_EQ(outbox.dropped(), 1u);
  auto again = open({sink("a")});
  EXPECT_THAT(texts(again.take_due()), ElementsAre("a:1", "a:2"));
}

TEST_F(OutboxTest, NewViolationPushesOutTheOldestWhenThereIsNothingElse) {
  auto outbox = open({sink("a")}, {.max_rows = 2, .window = 1});
  write(outbox, {alert("1"), alert("2"), alert("3")});
  EXPECT_EQ(outbox.dropped(), 1u);
  EXPECT_EQ(outbox.waiting(), 2u);
  auto again = open({sink("a")});
  EXPECT_THAT(texts(again.take_due()), ElementsAre("a:2", "a:3"));
}

TEST_F(OutboxTest, WhatIsWithTheCourierIsNotDropped) {
  auto outbox = open({sink("a")}, {.max_rows = 2, .window = 1});
  write(outbox, {alert("1", Severity::info), alert("2", Severity::info)});
  EXPECT_THAT(texts(outbox.take_due()), ElementsAre("a:1"));
  write(outbox, {alert("3", Severity::info)});
  auto again = open({sink("a")});
  EXPECT_THAT(texts(again.take_due()), ElementsAre("a:1", "a:3"));
}

TEST_F(OutboxTest, ATransactionThatIsRolledBackLeavesNothing) {
  auto outbox = open({sink("a")}, {.max_rows = 2, .window = 1});
  ASSERT_TRUE(database_.begin());
  write(outbox, {alert("never"), alert("never")});
  database_.rollback();
  write(outbox, {alert("1"), alert("2")});
  EXPECT_EQ(outbox.dropped(), 0u);
  EXPECT_THAT(texts(outbox.take_due()), ElementsAre("a:1"));
}

TEST_F(OutboxTest, ReloadDropsAndCountsRowsOfSinksThatAreGone) {
  auto outbox = open({sink("a"), sink("b")});
  write(outbox, {alert("1"), alert("2")});
  EXPECT_TRUE(outbox.reconfigure({sink("b"), sink("c")}));
  EXPECT_EQ(outbox.dropped(), 2u);
  EXPECT_EQ(outbox.waiting(), 2u);
  EXPECT_THAT(texts(outbox.take_due()), ElementsAre("b:1", "b:2"));
}

TEST_F(OutboxTest, ReloadRemembersWhatIsWithTheCourier) {
  auto outbox = open({sink("a")});
  write(outbox, {alert("1")});
  const auto taken = outbox.take_due();
  EXPECT_TRUE(outbox.reconfigure({sink("a"), sink("b")}));
  EXPECT_THAT(outbox.take_due(), IsEmpty());
  EXPECT_TRUE(outbox.delivered(rows(taken)));
  EXPECT_EQ(outbox.waiting(), 0u);
}

}  // namespace
}  // namespace camwarden
