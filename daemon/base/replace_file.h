#pragma once
// A file replaced whole: whoever opens it, also after a crash, finds the old text or the new one.

#include <string>
#include <string_view>

#include "base/result.h"

namespace camwarden {

// Readable by all. A file beside it, `path`.new, is in use meanwhile. The directory must exist.
Status replace_file(const std::string& path, std::string_view text);

}  // namespace camwarden
