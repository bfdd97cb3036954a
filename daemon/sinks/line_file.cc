#include "sinks/line_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace camwarden {
namespace {

bool is_regular(int descriptor) {
  struct stat status {};
  return fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

// A process that died in the middle of a line leaves a file without a line feed at its end.
bool ends_inside_line(int descriptor) {
  const off_t size = lseek(descriptor, 0, SEEK_END);
  char last = '\n';
  return size > 0 && pread(descriptor, &last, 1, size - 1) == 1 && last != '\n';
}

}  // namespace

LineFile::LineFile(std::string path) : path_(std::move(path)) {}

LineFile::LineFile(int descriptor) : descriptor_(descriptor), regular_(is_regular(descriptor)) {}

LineFile::~LineFile() { close(); }

void LineFile::close() {
  if (!path_.empty() && descriptor_ >= 0) ::close(descriptor_);
  if (!path_.empty()) descriptor_ = -1;
  written_ = 0;
}

// O_NONBLOCK: a FIFO that nobody reads must not stop the thread. O_RDWR where it can be had, to see
// how the file ends; a file that we may only write to is opened so.
Status LineFile::open() {
  constexpr int kFlags = O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
  struct stat status {};
  const bool may_read = stat(path_.c_str(), &status) != 0 || S_ISREG(status.st_mode);
  if (may_read) descriptor_ = ::open(path_.c_str(), O_RDWR | kFlags, 0640);
  if (descriptor_ < 0) descriptor_ = ::open(path_.c_str(), O_WRONLY | kFlags, 0640);
  if (descriptor_ < 0) return Error{fmt::format("cannot open {}: {}", path_, std::strerror(errno))};
  regular_ = is_regular(descriptor_);
  broken_line_ = regular_ && ends_inside_line(descriptor_);
  written_ = 0;
  return {};
}

bool LineFile::same_file() const {
  struct stat ours {
  }, theirs{};
  return fstat(descriptor_, &ours) == 0 && stat(path_.c_str(), &theirs) == 0 &&
         ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev;
}

Status LineFile::reopen_if_rotated() {
  if (path_.empty()) return {};
  if (descriptor_ >= 0 && same_file()) return {};
  close();
  return open();
}

bool LineFile::writable() const {
  pollfd poll_for{descriptor_, POLLOUT, 0};
  return poll(&poll_for, 1, 0) == 1 && (poll_for.revents & (POLLOUT | POLLERR | POLLHUP));
}

// pipe(7): a pipe that polls as writable takes PIPE_BUF bytes without blocking.
Status LineFile::write_rest(std::string_view line) {
  while (written_ < line.size()) {
    if (!regular_ && !writable()) return failed(EAGAIN);
    const auto rest = line.substr(written_, regular_ ? std::string_view::npos : PIPE_BUF);
    const auto count = ::write(descriptor_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(errno);
    if (count == 0) return failed(EIO);
    written_ += static_cast<std::size_t>(count);
  }
  written_ = 0;
  return {};
}

// Takes back what was written of the line, if nobody has appended behind it.
Status LineFile::failed(int error) {
  struct stat status {};
  if (regular_ && written_ > 0 && fstat(descriptor_, &status) == 0) {
    const off_t start = status.st_size - static_cast<off_t>(written_);
    const bool ours = lseek(descriptor_, 0, SEEK_CUR) == status.st_size;
    broken_line_ = !(ours && start >= 0 && ftruncate(descriptor_, start) == 0);
    written_ = 0;
  }
  const auto name = path_.empty() ? std::string("standard output") : path_;
  if (error != EAGAIN) close();
  return Error{fmt::format("cannot write to {}: {}", name,
                           error == EAGAIN ? "its reader does not keep up" : std::strerror(error))};
}

Status LineFile::append(std::string_view line) {
  if (auto status = reopen_if_rotated(); !status) return status;
  if (broken_line_) {
    if (auto status = write_rest("\n"); !status) return status;
    broken_line_ = false;
  }
  return write_rest(line);
}

}  // namespace camwarden
