#include "packet/source.h"

#include <fmt/format.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <pcap/pcap.h>
#include <poll.h>
#include <stdio_ext.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include "packet/link.h"
#include "packet/local_shunt.h"
#include "packet/shunt.h"

namespace camwarden {
namespace {

using Handle = std::unique_ptr<pcap_t, void (*)(pcap_t*)>;
using ErrorText = std::array<char, PCAP_ERRBUF_SIZE>;

constexpr std::size_t kReadBuffer = 256 << 10;  // of a file; libc's own is 4 KiB
constexpr int kFilterTurn = 1024;               // frames that may be passed over at a time
constexpr std::int64_t kMaxSeconds = INT64_MAX / 1'000'000'000 - 1;

// A hostile file may hold any number; the result is always a time that can be reckoned with.
Time time_of(const timeval& stamp) {
  const std::int64_t seconds = std::clamp<std::int64_t>(stamp.tv_sec, 0, kMaxSeconds);
  const std::int64_t nanoseconds = std::clamp<std::int64_t>(stamp.tv_usec, 0, 999'999'999);
  return from_unix_ns(seconds * 1'000'000'000 + nanoseconds);
}

std::string join(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

std::vector<std::uint8_t> first_bytes(const std::string& path) {
  std::array<std::uint8_t, 8> buffer{};
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  const std::size_t count = file ? std::fread(buffer.data(), 1, buffer.size(), file.get()) : 0;
  return {buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count)};
}

struct Packing {
  std::string_view magic, name, unpack;
};
constexpr Packing kPackings[] = {
    {"\x1f\x8b", "gzip", "gunzip"},
    {"\x28\xb5\x2f\xfd", "zstd", "unzstd"},
    {"\xfd"
     "7zXZ",
     "xz", "unxz"},
    {"BZh", "bzip2", "bunzip2"},
    {"\x04\x22\x4d\x18", "lz4", "unlz4"},
    {"PK\x03\x04", "zip", "unzip"},
};

std::string explain_not_a_capture(const std::string& path, const std::string& pcap_says) {
  const std::vector<std::uint8_t> head = first_bytes(path);
  if (head.empty()) return fmt::format("{}: empty file; expected a pcap or pcapng capture", path);
  for (const Packing& packing : kPackings) {
    if (as_text(head).starts_with(packing.magic)) {
      return fmt::format("{}: compressed with {}; unpack it first ({})", path, packing.name,
                         packing.unpack);
    }
  }
  return fmt::format("{}: not a readable capture ({}); expected pcap or pcapng", path, pcap_says);
}

// libpcap gives one link type and one snap length for a whole file, so it refuses a pcapng whose
// interfaces differ.
std::string with_advice(std::string message) {
  if (message.find("snapshot length of the first interface") != std::string::npos) {
    message += "; make it one with editcap -F pcap FILE OUT";
  } else if (message.find("different from the type of the first interface") != std::string::npos) {
    message +=
        "; the file holds interfaces of several link types: split it, e.g. with tshark -r FILE -Y "
        "'frame.interface_id == 0' -w OUT";
  }
  return message;
}

Result<FILE*> open_stream(const std::string& path) {
  struct stat about {};
  if (stat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode)) {
    return Error{fmt::format("{}: is a directory; expected a pcap or pcapng file", path)};
  }
  FILE* stream = std::fopen(path.c_str(), "rbe");
  if (stream == nullptr) return Error{fmt::format("{}: {}", path, std::strerror(errno))};
  __fsetlocking(stream, FSETLOCKING_BYCALLER);  // one owner: no lock for each read
  return stream;
}

Error unsupported_link(const std::string& name, int link_type) {
  const char* known = pcap_datalink_val_to_name(link_type);
  return Error{fmt::format(
      "{}: link type {} ({}) is not supported; Ethernet, Linux cooked (SLL, SLL2), raw IP and "
      "null/loopback are",
      name, link_type, known != nullptr ? known : "unnamed")};
}

Error explain_activation(const std::string& interface, int status, pcap_t* handle) {
  const std::string_view detail = pcap_geterr(handle);
  switch (status) {
    case PCAP_ERROR_PERM_DENIED:
    case PCAP_ERROR_PROMISC_PERM_DENIED:
      return Error{fmt::format(
          "{}: no permission to capture; CAP_NET_RAW is missing (run as root, under the systemd "
          "unit, or: setcap cap_net_raw+ep PROGRAM)",
          interface)};
    case PCAP_ERROR_NO_SUCH_DEVICE:
      return Error{
          fmt::format("{}: no such interface; there are: {}", interface, join(interface_names()))};
    case PCAP_ERROR_IFACE_NOT_UP:
      return Error{fmt::format("{}: the interface is down; bring it up: ip link set {} up",
                               interface, interface)};
  }
  return Error{fmt::format("{}: cannot capture: {}{}{}", interface, pcap_statustostr(status),
                           detail.empty() ? "" : ": ", detail)};
}

int milliseconds(Duration duration) {
  const auto count = std::chrono::ceil<std::chrono::milliseconds>(duration).count();
  return static_cast<int>(std::clamp<std::int64_t>(count, 1, 60'000));
}

void configure(pcap_t* handle, const Source::LiveOptions& options) {
  pcap_set_snaplen(handle, options.snap_len);
  pcap_set_promisc(handle, options.promiscuous ? 1 : 0);
  // Not immediate mode: only then does libpcap take TPACKET_V3, whose blocks are handed over when
  // full or after this timeout.
  pcap_set_timeout(handle, milliseconds(options.block_timeout));
  pcap_set_buffer_size(handle,
                       static_cast<int>(std::min<std::size_t>(options.ring_bytes, INT32_MAX)));
  pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO);  // microseconds if refused
}

class Filter {
 public:
  static Result<Filter> compile(pcap_t* handle, const Source::LiveOptions& options) {
    Filter filter;
    if (pcap_compile(handle, &filter.program_, options.filter.c_str(), 1, PCAP_NETMASK_UNKNOWN) !=
        0) {
      return Error{fmt::format("{}: filter \"{}\": {}", options.interface, options.filter,
                               pcap_geterr(handle))};
    }
    return filter;
  }
  Filter(Filter&& other) noexcept : program_(std::exchange(other.program_, {})) {}
  Filter& operator=(Filter&&) = delete;
  ~Filter() { pcap_freecode(&program_); }

  bpf_program* program() { return &program_; }
  bool takes(const pcap_pkthdr& header, const std::uint8_t* bytes) const {
    return pcap_offline_filter(&program_, &header, bytes) != 0;
  }

 private:
  Filter() = default;
  bpf_program program_{};
};

Status filter_in_kernel(pcap_t* handle, const Source::LiveOptions& options) {
  auto filter = Filter::compile(handle, options);
  if (!filter) return Error{filter.error()};
  if (pcap_setfilter(handle, filter->program()) == 0) return {};
  return Error{fmt::format("{}: filter \"{}\" was refused: {}", options.interface, options.filter,
                           pcap_geterr(handle))};
}

// The kernel runs one filter a socket. Beside the shunt's the operator's is run here; it is
// compiled for frames as they are, not for the tags that the kernel keeps beside them.
Result<Filter> filter_here(int link_type, const Source::LiveOptions& options) {
  const Handle dead(pcap_open_dead(link_type, options.snap_len), pcap_close);
  return Filter::compile(dead.get(), options);
}

// Joins the group, or opens it when there is none yet (the first that the kernel gives is 0). The
// hash is of addresses and ports in no order, and of a datagram that the kernel has put together:
// all of a conversation comes to one worker.
Status join(int socket, std::optional<std::uint16_t>& group, const std::string& name) {
  int how = PACKET_FANOUT_HASH | PACKET_FANOUT_FLAG_DEFRAG;
  if (!group) how |= PACKET_FANOUT_FLAG_UNIQUEID;
  const int option = how << 16 | group.value_or(0);
  int answer = 0;
  socklen_t size = sizeof answer;
  if (setsockopt(socket, SOL_PACKET, PACKET_FANOUT, &option, sizeof option) != 0 ||
      getsockopt(socket, SOL_PACKET, PACKET_FANOUT, &answer, &size) != 0) {
    return Error{
        fmt::format("{}: cannot divide the traffic among workers: {}; set capture.workers to 1",
                    name, std::strerror(errno))};
  }
  group = static_cast<std::uint16_t>(answer & 0xffff);
  return {};
}

// pcap_stats counts in 32 bits and wraps; this goes on.
struct WideCount {
  std::uint64_t total = 0;
  std::uint32_t last = 0;
  std::uint64_t follow(std::uint32_t now) {
    total += static_cast<std::uint32_t>(now - last);
    last = now;
    return total;
  }
};

}  // namespace

struct Source::Capture {
  Capture(Handle opened, std::string called, std::uint16_t index)
      : handle(std::move(opened)), name(std::move(called)), interface(index) {
    link_type = pcap_datalink(handle.get());
    nanoseconds = pcap_get_tstamp_precision(handle.get()) == PCAP_TSTAMP_PRECISION_NANO;
  }

  Next next(Frame& frame);
  bool passed_over(const pcap_pkthdr& header, const std::uint8_t* bytes, Frame& frame);
  Status set_filters(const LiveOptions& options);
  Next fail(std::uint64_t number);
  void fill(const pcap_pkthdr& header, const std::uint8_t* bytes, Frame& frame);
  Next wait();
  Counters count();

  std::unique_ptr<char[]> buffer;  // of the file behind the handle, which therefore goes first
  Handle handle;
  std::string name, error;
  std::uint16_t interface;
  int link_type = 0;
  bool nanoseconds = false;
  bool live = false;
  bool broken = false;
  int descriptor = -1;
  int wait_ms = 0;
  std::optional<Shunt> shunt;
  std::optional<LocalShunt> local_shunt;  // where the kernel's is refused, and for files
  std::size_t shunt_directions = 0;
  std::string shunt_refused;
  std::optional<Filter> filter;  // beside the shunt
  Counters counters;
  std::uint64_t newest = 0;  // number of the newest frame
  WideCount ring, card;
};

void Source::Capture::fill(const pcap_pkthdr& header, const std::uint8_t* bytes, Frame& frame) {
  timeval stamp = header.ts;
  if (!nanoseconds) stamp.tv_usec = std::clamp<suseconds_t>(stamp.tv_usec, 0, 999'999) * 1000;
  frame.bytes = Bytes(bytes, header.caplen);
  frame.wire_len = std::max(header.len, header.caplen);
  frame.time = time_of(stamp);
  frame.interface = interface;
  frame.link_type = link_type;
}

// Numbered as the capture numbers them, also those that are passed over.
bool Source::Capture::passed_over(const pcap_pkthdr& header, const std::uint8_t* bytes,
                                  Frame& frame) {
  if (filter && !filter->takes(header, bytes)) return true;
  fill(header, bytes, frame);
  frame.number = ++newest;
  if (local_shunt && local_shunt->drops(frame)) return true;
  ++counters.frames;
  counters.octets += frame.wire_len;
  return false;
}

Source::Next Source::Capture::fail(std::uint64_t number) {
  broken = true;
  error =
      live ? fmt::format("{}: capture failed: {}", name, pcap_geterr(handle.get()))
           : with_advice(fmt::format("{}: packet {}: {}", name, number, pcap_geterr(handle.get())));
  return Next::broken;
}

// libpcap would wait for ever on a quiet TPACKET_V3 ring: since Linux 3.19 its timeout no longer
// fires without a packet. So the handle does not block, and the waiting is done here.
Source::Next Source::Capture::wait() {
  pollfd ready{descriptor, POLLIN, 0};
  (void)poll(&ready, 1, wait_ms);
  return Next::timeout;
}

Source::Next Source::Capture::next(Frame& frame) {
  if (broken) return Next::broken;
  pcap_pkthdr* header = nullptr;
  const std::uint8_t* bytes = nullptr;
  // pcap_next_ex copies a frame of the ring, so that its block may go back to the kernel: the bytes
  // stay valid until the next call, as promised. On live captures libpcap also puts a VLAN tag that
  // the card took off back into the bytes (its pcap-linux.c, from the ring header's tp_vlan_tci),
  // so the decoder always finds tags where the wire had them.
  int status = pcap_next_ex(handle.get(), &header, &bytes);
  if (status == 0 && live) {
    wait();
    status = pcap_next_ex(handle.get(), &header, &bytes);
  }
  for (int left = kFilterTurn; status == 1 && passed_over(*header, bytes, frame); --left) {
    if (left == 0) return Next::timeout;
    status = pcap_next_ex(handle.get(), &header, &bytes);
  }
  switch (status) {
    case 1:
      return Next::frame;
    case 0:
      return Next::timeout;
    case PCAP_ERROR_BREAK:
      return Next::end;
  }
  return fail(newest + 1);
}

Source::Counters Source::Capture::count() {
  pcap_stat stats{};
  if (live && !broken && pcap_stats(handle.get(), &stats) == 0) {
    counters.dropped_ring = ring.follow(stats.ps_drop);
    counters.dropped_interface = card.follow(stats.ps_ifdrop);
  }
  if (shunt) {
    const auto left = shunt->counters();
    counters.shunted = left.packets;
    counters.shunted_octets = left.octets;
  }
  auto sum = counters;
  if (local_shunt) {
    sum.shunted += local_shunt->counters().packets;
    sum.shunted_octets += local_shunt->counters().octets;
  }
  return sum;
}

Result<Source> Source::open_file(const std::string& path, std::uint16_t interface_index,
                                 std::size_t shunt_directions) {
  auto stream = open_stream(path);
  if (!stream) return Error{stream.error()};
  // glibc heeds the size only of a buffer that it is given.
  auto buffer = std::make_unique<char[]>(kReadBuffer);
  std::setvbuf(*stream, buffer.get(), _IOFBF, kReadBuffer);
  ErrorText text{};
  Handle handle(
      pcap_fopen_offline_with_tstamp_precision(*stream, PCAP_TSTAMP_PRECISION_NANO, text.data()),
      pcap_close);
  if (!handle) {
    std::fclose(*stream);
    return Error{with_advice(explain_not_a_capture(path, text.data()))};
  }
  const int link_type = pcap_datalink(handle.get());
  if (!known_link_type(link_type)) return unsupported_link(path, link_type);
  auto capture = std::make_unique<Capture>(std::move(handle), path, interface_index);
  capture->buffer = std::move(buffer);
  if (shunt_directions > 0 && link_type == DLT_EN10MB)
    capture->local_shunt.emplace(shunt_directions);
  return Source(std::move(capture));
}

// The shunt where it is wanted and possible, and the operator's filter beside it or instead of it.
Status Source::Capture::set_filters(const LiveOptions& options) {
  shunt_directions = options.shunt_directions;
  if (options.shunt && link_type == DLT_EN10MB) {
    auto attached =
        Shunt::attach(pcap_fileno(handle.get()),
                      static_cast<std::uint32_t>(options.shunt_directions), options.ip_protocols);
    if (attached) {
      shunt = attached.take();
    } else {
      shunt_refused = attached.error();
      local_shunt.emplace(options.shunt_directions);
    }
  }
  if (options.filter.empty()) return {};
  if (!shunt) return filter_in_kernel(handle.get(), options);
  auto here = filter_here(link_type, options);
  if (!here) return Error{here.error()};
  filter.emplace(here.take());
  return {};
}

Result<Source> Source::open_ring(const LiveOptions& options, std::uint16_t interface_index) {
  ErrorText text{};
  const std::string& name = options.interface;
  Handle handle(pcap_create(name.c_str(), text.data()), pcap_close);
  if (!handle) return Error{fmt::format("{}: cannot capture: {}", name, text.data())};
  configure(handle.get(), options);
  // A warning (> 0), such as an interface without promiscuous mode, is no reason not to listen.
  if (const int status = pcap_activate(handle.get()); status < 0) {
    return explain_activation(name, status, handle.get());
  }
  const int link_type = pcap_datalink(handle.get());
  if (!known_link_type(link_type)) return unsupported_link(name, link_type);
  auto capture = std::make_unique<Capture>(std::move(handle), name, interface_index);
  if (auto set = capture->set_filters(options); !set) return Error{set.error()};
  if (pcap_setnonblock(capture->handle.get(), 1, text.data()) != 0) {
    return Error{fmt::format("{}: cannot capture without blocking: {}", name, text.data())};
  }
  capture->live = true;
  capture->descriptor = pcap_get_selectable_fd(capture->handle.get());
  capture->wait_ms = milliseconds(options.block_timeout);
  return Source(std::move(capture));
}

Result<std::vector<Source>> Source::open_live(const LiveOptions& options,
                                              std::uint16_t interface_index) {
  std::vector<Source> rings;
  std::optional<std::uint16_t> group;
  for (std::size_t i = 0; i < std::max<std::size_t>(options.workers, 1); ++i) {
    auto ring = open_ring(options, interface_index);
    if (!ring) return Error{ring.error()};
    if (options.workers > 1) {
      auto joined = join(pcap_fileno(ring->capture_->handle.get()), group, options.interface);
      if (!joined) return Error{joined.error()};
    }
    rings.push_back(ring.take());
  }
  return rings;
}

Source::Source(std::unique_ptr<Capture> capture) : capture_(std::move(capture)) {}
Source::Source(Source&&) noexcept = default;
Source& Source::operator=(Source&&) noexcept = default;
Source::~Source() = default;

Source::Next Source::next(Frame& frame) { return capture_->next(frame); }
void Source::shunt(const Packet& packet) {
  if (capture_->shunt) capture_->shunt->add(packet);
  if (capture_->local_shunt) capture_->local_shunt->add(packet);
}
void Source::take_back(const Packet& packet) {
  if (capture_->shunt) capture_->shunt->remove(packet);
  if (capture_->local_shunt) capture_->local_shunt->remove(packet);
}
void Source::check_shunt() {
  if (!capture_->shunt || capture_->local_shunt) return;
  auto works = capture_->shunt->check();
  if (works) return;
  capture_->shunt_refused = works.error();
  capture_->local_shunt.emplace(capture_->shunt_directions);
}
bool Source::shunts() const { return capture_->shunt.has_value(); }
const std::string& Source::shunt_refused() const { return capture_->shunt_refused; }
const std::string& Source::error() const { return capture_->error; }
const std::string& Source::name() const { return capture_->name; }
Source::Counters Source::counters() const { return capture_->count(); }

std::vector<std::string> interface_names() {
  std::vector<std::string> names;
  const std::unique_ptr<struct if_nameindex, void (*)(struct if_nameindex*)> list(if_nameindex(),
                                                                                  if_freenameindex);
  for (const auto* at = list.get(); at != nullptr && at->if_name != nullptr; ++at) {
    names.emplace_back(at->if_name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace camwarden
