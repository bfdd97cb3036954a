#include "app/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/text.h"

namespace camwarden {
namespace {

Error refused(const std::string& path, int reason) {
  return Error{fmt::format("{}: cannot write: {}", printable(path), std::strerror(reason))};
}

class Descriptor {
 public:
  Descriptor(const std::string& path, int flags)
      : fd_(open(path.c_str(), flags | O_WRONLY | O_CLOEXEC, 0666)) {}
  Descriptor(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  bool good() const { return fd_ >= 0; }
  // 0, or the reason why not.
  int write_all(std::string_view text) {
    while (!text.empty()) {
      const auto count = write(fd_, text.data(), text.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return errno;
      text.remove_prefix(static_cast<std::size_t>(count));
    }
    return 0;
  }
  // A disk may say only now that it is full.
  int settle() {
    const int synced = fsync(fd_) == 0 || errno == EINVAL ? 0 : errno;
    const int closed = close(fd_) == 0 ? 0 : errno;
    fd_ = -1;
    return synced != 0 ? synced : closed;
  }

 private:
  int fd_;
};

int write_through(const std::string& path, int flags, std::string_view text) {
  Descriptor file(path, flags);
  if (!file.good()) return errno;
  if (const int reason = file.write_all(text); reason != 0) return reason;
  return file.settle();
}

bool plain_or_absent(const std::string& path) {
  struct stat is {};
  return stat(path.c_str(), &is) != 0 || S_ISREG(is.st_mode);
}

std::string beside(const std::string& path) { return fmt::format("{}.{}.part", path, getpid()); }

}  // namespace

Status can_write(const std::string& path) {
  if (!plain_or_absent(path)) {  // opening a pipe would wait for its reader
    return access(path.c_str(), W_OK) == 0 ? Status() : Status(refused(path, errno));
  }
  const auto part = beside(path);
  const int reason = write_through(part, O_CREAT, "");
  unlink(part.c_str());
  return reason == 0 ? Status() : Status(refused(path, reason));
}

Status write_file(const std::string& path, std::string_view text) {
  if (!plain_or_absent(path)) {
    const int reason = write_through(path, 0, text);
    return reason == 0 ? Status() : Status(refused(path, reason));
  }
  const auto part = beside(path);
  unlink(part.c_str());  // of a process that was killed and had this number
  int reason = write_through(part, O_CREAT | O_EXCL, text);
  if (reason == 0 && std::rename(part.c_str(), path.c_str()) != 0) reason = errno;
  if (reason == 0) return {};
  unlink(part.c_str());
  return refused(path, reason);
}

Option output_option(std::string& output) {
  return {.names = "-o,--output",
          .target = &output,
          .help = "Write to this file, whole or not at all, instead of the standard output",
          .type = "FILE"};
}

}  // namespace camwarden
