#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace camwarden {
namespace {

// sd_journal: $JOURNAL_STREAM is "device:inode" of the stream that the journal reads.
bool stderr_is_journal() {
  const char* stream = std::getenv("JOURNAL_STREAM");
  struct stat info {};
  if (stream == nullptr || fstat(STDERR_FILENO, &info) != 0) return false;
  return std::string(stream) == std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino);
}

spdlog::level::level_enum to_spdlog(Log::Level level) {
  switch (level) {
    case Log::Level::error: return spdlog::level::err;
    case Log::Level::warning: return spdlog::level::warn;
    case Log::Level::info: return spdlog::level::info;
    case Log::Level::debug: return spdlog::level::debug;
  }
  return spdlog::level::info;
}

// RFC 5424 table 2, as sd-daemon(3) spells it.
std::string_view journal_prefix(Log::Level level) {
  switch (level) {
    case Log::Level::error: return "<3>";
    case Log::Level::warning: return "<4>";
    case Log::Level::info: return "<6>";
    case Log::Level::debug: return "<7>";
  }
  return "<6>";
}

}  // namespace

Log::Log(Level least)
    : logger_(std::make_shared<spdlog::logger>("camwarden",
                                               std::make_shared<spdlog::sinks::stderr_sink_mt>())),
      journal_(stderr_is_journal()) {
  logger_->set_level(to_spdlog(least));
  logger_->set_pattern(journal_ ? "%v" : "%Y-%m-%dT%H:%M:%S.%e %l: %v");
}

Log::~Log() = default;

void Log::write(Level level, std::string_view message) const {
  if (journal_) {
    logger_->log(to_spdlog(level), "{}{}", journal_prefix(level), message);
  } else {
    logger_->log(to_spdlog(level), "{}", message);
  }
}

void Log::error(std::string_view message) const { write(Level::error, message); }
void Log::warning(std::string_view message) const { write(Level::warning, message); }
void Log::info(std::string_view message) const { write(Level::info, message); }
void Log::debug(std::string_view message) const { write(Level::debug, message); }

}  // namespace camwarden
