#include "app/privileges.h"

#include <cap-ng.h>
#include <fmt/format.h>
#include <linux/bpf.h>
#include <pwd.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace camwarden {
namespace {

Status become(const std::string& user) {
  errno = 0;
  const passwd* account = getpwnam(user.c_str());
  if (account == nullptr) {
    return Error{fmt::format("user: there is no account \"{}\"; create it or leave `user` out", user)};
  }
  capng_clear(CAPNG_SELECT_BOTH);
  const auto flags = static_cast<capng_flags_t>(CAPNG_DROP_SUPP_GRP | CAPNG_CLEAR_BOUNDING);
  const int code = capng_change_id(static_cast<int>(account->pw_uid), static_cast<int>(account->pw_gid), flags);
  if (code != 0) {
    return Error{fmt::format("cannot become user \"{}\" (capng_change_id: {})", user, code)};
  }
  return {};
}

Status drop_capabilities() {
  capng_clear(CAPNG_SELECT_BOTH);
  // The bounding set may be out of reach without CAP_SETPCAP; no_new_privs closes that way anyway.
  if (capng_have_capability(CAPNG_EFFECTIVE, CAP_SETPCAP) != 0) capng_apply(CAPNG_SELECT_BOUNDS);
  if (capng_apply(CAPNG_SELECT_CAPS) != 0) return Error{"cannot drop capabilities"};
  if (capng_apply(CAPNG_SELECT_AMBIENT) != 0 && geteuid() != 0) {
    return Error{"cannot drop ambient capabilities"};
  }
  return {};
}

}  // namespace

Status drop_privileges(const std::string& user) {
  const bool change = !user.empty() && geteuid() == 0;
  if (auto status = change ? become(user) : drop_capabilities(); !status) return status;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return Error{fmt::format("cannot set no_new_privs: {}", std::strerror(errno))};
  }
  return {};
}

Status forbid_system_calls() {
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (filter == nullptr) return Error{"cannot build the system call filter"};
  for (const int call :
       {SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace), SCMP_SYS(mount), SCMP_SYS(umount2),
        SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(init_module), SCMP_SYS(finit_module),
        SCMP_SYS(delete_module), SCMP_SYS(kexec_load), SCMP_SYS(perf_event_open),
        SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(setns), SCMP_SYS(unshare),
        SCMP_SYS(reboot), SCMP_SYS(swapon), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime)}) {
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0);
  }
  // Of bpf(2) only reading and writing elements of the tables that are open already (shunt.h).
  const scmp_arg_cmp above{0, SCMP_CMP_GT, BPF_MAP_UPDATE_ELEM, 0};
  const scmp_arg_cmp below{0, SCMP_CMP_LT, BPF_MAP_LOOKUP_ELEM, 0};
  for (const auto& command : {above, below}) {
    seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(bpf), 1, command);
  }
  const int code = seccomp_load(filter);
  seccomp_release(filter);
  if (code != 0) return Error{fmt::format("cannot load the system call filter: {}", std::strerror(-code))};
  return {};
}

}  // namespace camwarden
