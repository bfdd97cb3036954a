#include "base/replace_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace camwarden {
namespace {

Error failed(std::string_view what, const std::string& path) {
  return Error{fmt::format("cannot {} {}: {}", what, path, std::strerror(errno))};
}

Status write_all(int file, std::string_view text, const std::string& path) {
  while (!text.empty()) {
    const auto written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed("write", path);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  // The rename may reach the disk before the text does, unless the text is there already.
  if (fsync(file) != 0) return failed("write", path);
  return {};
}

}  // namespace

Status replace_file(const std::string& path, std::string_view text) {
  const auto draft = path + ".new";
  unlink(draft.c_str());  // of a run that was cut off; never followed, should it be a link
  const int file = open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0) return failed("write", draft);
  auto status = write_all(file, text, draft);
  close(file);
  if (status && std::rename(draft.c_str(), path.c_str()) != 0) status = failed("replace", path);
  if (!status) unlink(draft.c_str());
  return status;
}

}  // namespace camwarden
