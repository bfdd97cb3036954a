// Lines to a file or to standard output. A line that was written is delivered; a full disk, a file
// that may not be written or a pipe that nobody reads is tried again.

#include <unistd.h>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "sinks/backoff.h"
#include "sinks/framing.h"
#include "sinks/line_file.h"
#include "sinks/link.h"
#include "sinks/registry.h"

namespace camwarden {
namespace {

// Then other sinks have their turn: a disk may be slow.
constexpr int kLinesAtATime = 64;

class FileLink final : public Link {
 public:
  template <typename Target>
  FileLink(LinkContext& context, SinkOptions options, Target target)
      : Link(context, std::move(options)), file_(std::move(target)), timer_(context.io) {}

  void start() override { pump(); }
  void pump() override {
    if (!waiting_) write_some();
  }
  void finish() override {
    waiting_ = false;
    timer_.cancel();
    renew();
    write_some();
  }

 private:
  void write_some() {
    for (int i = 0; i < kLinesAtATime && !queue_.empty(); ++i) {
      if (auto status = file_.append(framed(queue_.front().text, Framing::lf)); !status) {
        return wait(status.error());
      }
      move_to_unsettled(0);
      backoff_.reset();
      set_connected(true);
    }
    settle_first(unsettled_.size());
    if (!queue_.empty()) wait_for(Duration::zero());
  }

  void wait(std::string error) {
    settle_first(unsettled_.size());
    ++state_.retries;
    set_connected(false);
    set_error(std::move(error));
    wait_for(backoff_.next());
  }

  void wait_for(Duration duration) {
    waiting_ = true;
    timer_.expires_after(duration);
    timer_.async_wait(guarded([this](const auto& error) {
      if (error) return;
      waiting_ = false;
      write_some();
    }));
  }

  LineFile file_;
  asio::steady_timer timer_;
  Backoff backoff_;
  bool waiting_ = false;
};

}  // namespace

std::unique_ptr<Link> open_file(LinkContext& context, SinkOptions options) {
  auto path = options.path;
  return std::make_unique<FileLink>(context, std::move(options), std::move(path));
}

std::unique_ptr<Link> open_standard_output(LinkContext& context, SinkOptions options) {
  return std::make_unique<FileLink>(context, std::move(options), STDOUT_FILENO);
}

}  // namespace camwarden
