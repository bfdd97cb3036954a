#pragma once
// Output: files that commands write, whole or not at all. A reader sees the old file or the new
// one, and after a full disk or a kill the old one.
//
// Thread: main.

#include <string>
#include <string_view>

#include "app/command.h"
#include "base/result.h"

namespace camwarden {

// Beside the file, then in its place. What is no plain file (a device, a pipe) is written to as it
// is. The error names the path and the reason.
Status write_file(const std::string& path, std::string_view text);
// Whether that would begin well: before work that is long. Leaves nothing behind.
Status can_write(const std::string& path);
Option output_option(std::string& output);

}  // namespace camwarden
