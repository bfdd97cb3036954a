#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace camwarden {

void check_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "camwarden: internal error: %s is false at %s:%d\n", expression, file, line);
  std::abort();
}

}  // namespace camwarden
