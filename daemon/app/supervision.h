#pragma once
// What the service manager and the kernel tell the daemon, and what it tells them: signals as
// values, and sd_notify(3) datagrams.
//
// Thread: core.

#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace camwarden {

// SIGTERM, SIGINT and SIGHUP, blocked in every thread and read from a descriptor. Made before any
// thread starts, so that all inherit the mask.
class Signals {
 public:
  enum class Request { none, stop, reload };
  static Result<Signals> block();
  Signals(Signals&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  ~Signals();

  int descriptor() const { return descriptor_; }
  Request next();  // does not wait

 private:
  explicit Signals(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

void notify_ready(std::string_view status);
void notify_reloading();
void notify_stopping();
void notify_status(std::string_view status);
void notify_watchdog();
// How often the manager wants to hear notify_watchdog(), halved; 0: never.
Duration watchdog_interval();

}  // namespace camwarden
