#include "app/supervision.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <systemd/sd-daemon.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace camwarden {

Result<Signals> Signals::block() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, number);
  if (pthread_sigmask(SIG_BLOCK, &set, nullptr) != 0) return Error{"cannot block signals"};
  signal(SIGPIPE, SIG_IGN);  // a sink that goes away is an error of that sink
  const int descriptor = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  if (descriptor < 0) return Error{fmt::format("cannot read signals: {}", std::strerror(errno))};
  return Signals(descriptor);
}

Signals::~Signals() {
  if (descriptor_ >= 0) close(descriptor_);
}

Signals::Request Signals::next() {
  signalfd_siginfo info{};
  if (read(descriptor_, &info, sizeof info) != sizeof info) return Request::none;
  return info.ssi_signo == SIGHUP ? Request::reload : Request::stop;
}

void notify_ready(std::string_view status) {
  sd_notify(0, fmt::format("READY=1\nSTATUS={}", status).c_str());
}

// systemd before version 253 has no Type=notify-reload; these two lines are understood by both.
void notify_reloading() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  const auto us = static_cast<std::int64_t>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
  sd_notify(0, fmt::format("RELOADING=1\nMONOTONIC_USEC={}", us).c_str());
}

void notify_stopping() { sd_notify(0, "STOPPING=1\nSTATUS=stopping"); }

void notify_status(std::string_view status) {
  sd_notify(0, fmt::format("STATUS={}", status).c_str());
}

void notify_watchdog() { sd_notify(0, "WATCHDOG=1"); }

Duration watchdog_interval() {
  std::uint64_t us = 0;
  if (sd_watchdog_enabled(0, &us) <= 0) return Duration(0);
  return std::chrono::microseconds(us) / 2;
}

}  // namespace camwarden
