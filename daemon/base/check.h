#pragma once
// CHECK: an invariant of ours is broken, which no input may do. Prints where and aborts; the
// service manager restarts the daemon, and the database is consistent because it is transactional.

namespace camwarden {
[[noreturn]] void check_failed(const char* expression, const char* file, int line);
}  // namespace camwarden

#define CHECK(expression) \
  ((expression) ? (void)0 : ::camwarden::check_failed(#expression, __FILE__, __LINE__))
