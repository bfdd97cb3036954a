#include "base/queue.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

#include "base/check.h"

namespace camwarden {

Wakeup::Wakeup() : fd_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) { CHECK(fd_ >= 0); }

Wakeup::~Wakeup() { close(fd_); }

void Wakeup::signal() {
  if (signalled_.exchange(true, std::memory_order_acq_rel)) return;
  const std::uint64_t one = 1;
  // Fails only when the counter is full, and then the consumer is being woken anyway.
  [[maybe_unused]] const auto written = write(fd_, &one, sizeof one);
}

bool Wakeup::wait(Duration patience) {
  const auto ns = std::max<std::int64_t>(patience.count(), 0);
  const timespec timeout{ns / 1'000'000'000, ns % 1'000'000'000};
  pollfd waiting{fd_, POLLIN, 0};
  if (ppoll(&waiting, 1, &timeout, nullptr) != 1) return false;
  std::uint64_t count = 0;
  if (read(fd_, &count, sizeof count) != sizeof count) return false;
  // Only after the read: a signal in between is dropped, but what it announced was pushed before
  // this exchange and is found by the consumer. The other order could leave the flag set with
  // nothing to read, and the consumer asleep for good.
  signalled_.exchange(false, std::memory_order_acq_rel);
  return true;
}

}  // namespace camwarden
