// Asking in a thread of its own, of loopback addresses that refuse; nothing leaves this host.

#include "app/inquirer.h"

#include <gtest/gtest.h>

namespace camwarden {
namespace {

constexpr int kDoubts = 12;

Doubt doubt(int number) {
  const auto text = "127.0.7." + std::to_string(number);
  return {.id = "ip-" + text, .ip = IpAddress::parse(text).value(), .suspects = {}};
}

class Asking : public testing::Test {
 protected:
  Asking() {
    active_.enabled = true;
    active_.allowed = {Prefix::parse("127.0.7.0/24").value()};
    active_.pace.packets = 4;  // slow enough that not all have their turn
  }
  void start() {
    const AskingData data{.ports = {{9, Ask::http, true, "refused"}}, .fragile = {}};
    inquirer_ = std::make_unique<Inquirer>(active_, data, std::vector<std::string>{}, core_);
    for (int i = 1; i <= kDoubts; ++i) EXPECT_TRUE(inquirer_->ask(doubt(i)));
    inquirer_->start();
  }
  // By the accounts of what was done.
  std::uint64_t answered() {
    std::uint64_t count = 0;
    Inquirer::Account account;
    while (inquirer_->pop(account)) {
      for (const auto& asked : account.networks.by_segment(account.targets, {}, account.whole))
        count += asked.answered;
    }
    return count;
  }

  ActiveOptions active_;
  Wakeup core_;
  std::unique_ptr<Inquirer> inquirer_;
};

// However far it came.
TEST_F(Asking, GivesBackWhoGaveNoAnswer) {
  start();
  (void)core_.wait(std::chrono::milliseconds(700));  // about three have their turn
  inquirer_->stop();
  EXPECT_EQ(inquirer_->take_unasked().size() + answered(), static_cast<std::size_t>(kDoubts));
}

TEST_F(Asking, GivesBackWhoWaitsForAWindow) {
  const auto minute = static_cast<int>(std::chrono::system_clock::now().time_since_epoch() /
                                       std::chrono::minutes(1) % (24 * 60));
  active_.windows = {{(minute + 60) % (24 * 60), (minute + 120) % (24 * 60)}};
  start();
  inquirer_->stop();
  EXPECT_EQ(inquirer_->take_unasked().size(), static_cast<std::size_t>(kDoubts));
  EXPECT_TRUE(inquirer_->take_unasked().empty());
}

}  // namespace
}  // namespace camwarden
