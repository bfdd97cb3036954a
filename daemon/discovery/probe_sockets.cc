#include "discovery/probe_sockets.h"

#include <array>
#include <cerrno>

namespace camwarden {
namespace {

// Answers read at one turn: a thousand to one question must not hold up the others.
constexpr int kAtOnce = 64;

IpAddress group_of(std::string_view text) { return IpAddress::parse(text).value_or(IpAddress()); }

}  // namespace

ProbeSockets::ProbeSockets(Reactor& reactor, const Attached* subnet, bool v6,
                           std::vector<unsigned> hears, Heard heard)
    : reactor_(reactor),
      subnet_(subnet),
      v6_(v6),
      hears_(std::move(hears)),
      heard_(std::move(heard)) {}

ProbeSockets::~ProbeSockets() {
  for (const auto& [fd, socket] : sockets_) reactor_.forget(fd);
}

int ProbeSockets::ask(const Probe& probe, const Endpoint& to, const Asker& asker) {
  // Answers that go to another port than the question's need an ear there first.
  const int fd = socket_for(probe);
  return fd < 0 ? EADDRINUSE : send_datagram(fd, to, as_bytes(probe.question(asker)));
}

std::uint64_t ProbeSockets::lost(const Probe& probe) const {
  const int fd = socket_of(probe);
  return fd < 0 ? 0 : datagrams_lost(fd);
}

std::uint64_t ProbeSockets::lost() const {
  std::uint64_t sum = 0;
  for (const auto& [fd, socket] : sockets_) sum += datagrams_lost(fd);
  return sum;
}

std::uint16_t ProbeSockets::fixed_port(const Probe& probe) const {
  return v6_ ? 0 : probe.from != 0 ? probe.from : probe.answers;
}

int ProbeSockets::socket_of(const Probe& probe) const {
  if (const auto found = by_probe_.find(&probe); found != by_probe_.end()) return found->second;
  const auto found = by_port_.find(fixed_port(probe));
  return found != by_port_.end() ? found->second : -1;
}

int ProbeSockets::socket_for(const Probe& probe) {
  const auto fixed = fixed_port(probe);
  if (fixed == 0) {
    const auto found = by_probe_.find(&probe);
    return found != by_probe_.end() ? found->second : by_probe_[&probe] = open(&probe, 0, {});
  }
  const auto found = by_port_.find(fixed);
  if (found != by_port_.end()) return found->second;
  std::vector<Endpoint> groups;
  for (const auto interface : hears_) {
    if (!probe.heard.empty()) groups.push_back({group_of(probe.heard), 0, interface});
  }
  return by_port_[fixed] = open(&probe, fixed, std::move(groups));
}

int ProbeSockets::open(const Probe* probe, std::uint16_t port, std::vector<Endpoint> groups) {
  DatagramOptions options;
  options.v6 = v6_;
  options.port = port;
  options.groups = std::move(groups);
  if (subnet_ != nullptr) {
    options.interface = subnet_->index;
    options.source = subnet_->address;
  }
  auto opened = open_datagrams(options);
  if (!opened) {
    refused_.push_back(opened.error());
    return -1;
  }
  auto descriptor = opened.take();
  const int fd = descriptor.fd();
  const auto bound = local_end(fd).port;
  sockets_[fd] = {std::move(descriptor), probe, bound};
  reactor_.watch(fd, Reactor::kRead, [this, fd](unsigned) { on_readable(fd); });
  return fd;
}

void ProbeSockets::on_readable(int fd) {
  std::array<std::uint8_t, 65'536> buffer;
  const auto& socket = sockets_[fd];
  for (int i = 0; i < kAtOnce; ++i) {
    const auto datagram = receive_datagram(fd, buffer);
    if (!datagram) return;
    heard_(socket.probe, socket.port, *datagram);
  }
}

std::vector<const Probe*> segment_probes(bool v6) {
  std::vector<const Probe*> all;
  for (const auto& probe : probes()) {
    if (v6 ? !probe.group6.empty() : probe.segment) all.push_back(&probe);
  }
  return all;
}

std::vector<const Probe*> unicast_probes() {
  std::vector<const Probe*> all;
  for (const auto& probe : probes()) {
    if (probe.unicast) all.push_back(&probe);
  }
  return all;
}

Endpoint segment_end(const Probe& probe, bool v6, unsigned interface) {
  if (v6) return {group_of(probe.group6), probe.port, interface};
  if (probe.group.empty()) return {IpAddress::v4(0xffffffffU), probe.port, 0};
  return {group_of(probe.group), probe.port, 0};
}

}  // namespace camwarden
