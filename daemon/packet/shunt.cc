#include "packet/shunt.h"

#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "packet/shunt_layout.h"

namespace camwarden {

extern const unsigned char kShuntProgram[];  // shunt.bpf.c, compiled
extern const unsigned kShuntProgramSize;

namespace {

using Object = std::unique_ptr<bpf_object, void (*)(bpf_object*)>;

Error refused(std::string_view what, int code) {
  const bool permission = code == EPERM || code == EACCES;
  return Error{
      fmt::format("{}: {}{}", what, std::strerror(code), permission ? "; CAP_BPF is missing" : "")};
}

Result<Object> load(std::uint32_t max_directions) {
  libbpf_set_print(nullptr);  // what failed is said by us, once
  Object object(bpf_object__open_mem(kShuntProgram, kShuntProgramSize, nullptr), bpf_object__close);
  if (!object) return refused("the filter program cannot be read", errno);
  bpf_map__set_max_entries(bpf_object__find_map_by_name(object.get(), "directions"),
                           max_directions);
  if (const int code = bpf_object__load(object.get()); code != 0) {
    return refused("the kernel refuses the filter program", -code);
  }
  return object;
}

int map_of(const Object& object, const char* name) {
  return bpf_map__fd(bpf_object__find_map_by_name(object.get(), name));
}

Status set_wanted(int map, const std::vector<std::uint8_t>& ip_protocols) {
  const std::uint8_t yes = 1;
  for (const std::uint32_t number : ip_protocols) {
    if (bpf_map_update_elem(map, &number, &yes, BPF_ANY) != 0)
      return refused("its table cannot be filled", errno);
  }
  return {};
}

shunt_direction direction_of(const Packet& packet) {
  shunt_direction key{};
  std::memcpy(key.src, packet.src.octets.data(), sizeof key.src);
  std::memcpy(key.dst, packet.dst.octets.data(), sizeof key.dst);
  key.src_port = htons(packet.src_port);
  key.dst_port = htons(packet.dst_port);
  key.vlan = packet.vlan;
  key.protocol = packet.ip_protocol;
  key.version = packet.src.is_v6() ? 6 : 4;
  return key;
}

std::uint64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 +
         static_cast<std::uint64_t>(now.tv_nsec);
}

}  // namespace

Result<Shunt> Shunt::attach(int socket, std::uint32_t max_directions,
                            const std::vector<std::uint8_t>& ip_protocols) {
  auto object = load(max_directions);
  if (!object) return Error{object.error()};
  if (auto status = set_wanted(map_of(*object, "wanted"), ip_protocols); !status)
    return Error{status.error()};
  const int program = bpf_program__fd(bpf_object__find_program_by_name(object->get(), "shunt"));
  if (setsockopt(socket, SOL_SOCKET, SO_ATTACH_BPF, &program, sizeof program) != 0) {
    return refused("the filter program cannot be attached", errno);
  }
  // The socket keeps the program; these two are kept beyond the object that made them.
  const int directions = fcntl(map_of(*object, "directions"), F_DUPFD_CLOEXEC, 0);
  const int totals = fcntl(map_of(*object, "totals"), F_DUPFD_CLOEXEC, 0);
  Shunt shunt(directions, totals);
  if (directions < 0 || totals < 0) return refused("its tables cannot be kept open", errno);
  return shunt;
}

Shunt::Shunt(Shunt&& other) noexcept
    : directions_(std::exchange(other.directions_, -1)),
      totals_(std::exchange(other.totals_, -1)),
      added_(other.added_) {}

Shunt& Shunt::operator=(Shunt&& other) noexcept {
  std::swap(directions_, other.directions_);
  std::swap(totals_, other.totals_);
  std::swap(added_, other.added_);
  return *this;
}

Shunt::~Shunt() {
  if (directions_ >= 0) close(directions_);
  if (totals_ >= 0) close(totals_);
}

void Shunt::add(const Packet& packet) {
  const auto key = direction_of(packet);
  const shunt_state state{now_ns(), 0};
  if (bpf_map_update_elem(directions_, &key, &state, BPF_ANY) == 0) ++added_;
}

void Shunt::remove(const Packet& packet) {
  const auto key = direction_of(packet);
  (void)bpf_map_delete_elem(directions_, &key);
}

Status Shunt::check() const {
  const shunt_direction nobody{};
  shunt_state state{};
  if (bpf_map_lookup_elem(directions_, &nobody, &state) == 0 || errno == ENOENT) return {};
  return refused("the kernel refuses its tables without privileges (before Linux 5.19)", errno);
}

Shunt::Counters Shunt::counters() const {
  const int processors = libbpf_num_possible_cpus();
  std::vector<shunt_totals> each(processors > 0 ? static_cast<std::size_t>(processors) : 0);
  Counters sum;
  sum.directions = added_;
  const std::uint32_t zero = 0;
  if (each.empty() || bpf_map_lookup_elem(totals_, &zero, each.data()) != 0) return sum;
  for (const auto& one : each) {
    sum.packets += one.packets;
    sum.octets += one.octets;
  }
  return sum;
}

}  // namespace camwarden
