#include "sinks/name_lookup.h"

#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>
#include <thread>

#include "base/text.h"

namespace camwarden {
namespace {

constexpr std::size_t kMaxAddresses = 16;

std::string numeric(const addrinfo& entry) {
  std::array<char, NI_MAXHOST> text{};
  const int error = getnameinfo(entry.ai_addr, entry.ai_addrlen, text.data(), text.size(), nullptr,
                                0, NI_NUMERICHOST);
  return error == 0 ? text.data() : "";
}

// One address a line, or '!' and the reason.
std::string look_up(const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(host.c_str(), nullptr, &hints, &found); error != 0) {
    return fmt::format("!{}", gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, freeaddrinfo);
  std::string answer;
  std::size_t count = 0;
  for (const auto* entry = found; entry && count < kMaxAddresses; entry = entry->ai_next, ++count) {
    answer += numeric(*entry) + "\n";
  }
  return answer;
}

void answer(const std::string& host, int descriptor) {
  const auto text = look_up(host);
  // The caller may have closed its end; nobody is left to tell.
  [[maybe_unused]] const auto sent = send(descriptor, text.data(), text.size(), MSG_NOSIGNAL);
  close(descriptor);
}

}  // namespace

Result<int> start_lookup(const std::string& host) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return Error{fmt::format("cannot look up {}: {}", host, std::strerror(errno))};
  }
  try {
    std::thread(answer, host, ends[1]).detach();
  } catch (const std::system_error& error) {
    close(ends[0]);
    close(ends[1]);
    return Error{fmt::format("cannot look up {}: no thread: {}", host, error.what())};
  }
  return ends[0];
}

Result<std::vector<std::string>> read_answer(std::string_view answer, std::string_view host) {
  if (answer.starts_with('!')) {
    return Error{fmt::format("cannot look up {}: {}", host, answer.substr(1))};
  }
  std::vector<std::string> addresses;
  for (const auto line : split(answer, '\n')) {
    if (!line.empty()) addresses.emplace_back(line);
  }
  if (addresses.empty()) return Error{fmt::format("{} has no address", host)};
  return addresses;
}

}  // namespace camwarden
