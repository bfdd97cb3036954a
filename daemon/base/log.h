#pragma once
// Log: the daemon's own few lines, for its operator; alerts never go here. To standard error, one
// line each, with the "<N>" priority prefix when systemd's journal reads it (sd-daemon(3)), with a
// time stamp otherwise. Device-supplied strings must have gone through printable() before.
//
// Nothing logs per packet. The left half does not log at all.

#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace camwarden {

class Log {
 public:
  enum class Level { error, warning, info, debug };
  explicit Log(Level least);
  ~Log();

  void error(std::string_view message) const;
  void warning(std::string_view message) const;
  void info(std::string_view message) const;
  void debug(std::string_view message) const;

 private:
  void write(Level level, std::string_view message) const;
  std::shared_ptr<spdlog::logger> logger_;
  bool journal_;
};

}  // namespace camwarden
