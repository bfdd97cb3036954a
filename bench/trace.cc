// bench_trace: writes a capture of a made-up site, the same for the same arguments.
//
//   dense   small packets: thousands of short connections interleaved, many hosts, many protocols.
//           What a packet costs.
//   crowd   100,000 hosts that open ten connections each and keep them: what memory a site takes.
//   bulk    mostly full segments of TLS, RTP and RTSP-interleaved video, cameras among them.
//           What a gigabit costs.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "dialogue.h"
#include "frame.h"

namespace camwarden::bench {
namespace {

struct Mix {
  std::uint32_t hosts, cameras, dialogues;
  // Of a thousand packets: datagrams of hosts, of cameras, of media. The rest are TCP.
  std::uint32_t small, camera, media;
  // Of a thousand new connections: to cameras, long streams.
  std::uint32_t to_camera, streams;
};
constexpr Mix kDense{2'000, 100, 8192, 250, 20, 0, 100, 0};
constexpr Mix kBulk{2'000, 200, 256, 30, 2, 350, 50, 600};

class Trace {
 public:
  Trace(const Mix& mix, std::uint64_t seed)
      : mix_(mix),
        random_(seed),
        site_(make_site(random_, mix.hosts, mix.cameras)),
        office_(office_scripts()),
        camera_(camera_scripts()),
        streams_(stream_scripts(random_)),
        media_(random_, mix.cameras) {}

  void write(CaptureFile& file, std::uint64_t packets, bool tagged) {
    Frame frame(tagged);
    while (file.packets() < packets) {
      next(frame, file.now_us());
      file.add(frame);
    }
  }

 private:
  const Script& pick(const std::vector<Script>& scripts) {
    return scripts[random_.below(static_cast<std::uint32_t>(scripts.size()))];
  }

  Dialogue open() {
    const auto& client = site_.hosts[random_.below(mix_.hosts)];
    const auto dice = random_.below(1000);
    if (dice < mix_.to_camera)
      return {pick(camera_), client, site_.cameras[random_.below(mix_.cameras)], random_};
    // One host in twenty serves the others, as in an office.
    const auto& server = site_.hosts[random_.below(mix_.hosts / 20)];
    return {pick(dice < mix_.to_camera + mix_.streams ? streams_ : office_), client, server,
            random_};
  }

  void talk(Frame& frame) {
    if (open_.size() < mix_.dialogues) open_.push_back(open());
    auto& dialogue = open_[random_.below(static_cast<std::uint32_t>(open_.size()))];
    if (dialogue.over()) dialogue = open();
    dialogue.next(frame);
  }

  void next(Frame& frame, std::uint64_t now_us) {
    auto dice = random_.below(1000);
    if (dice < mix_.small) return small_talk(frame, site_, random_);
    dice -= mix_.small;
    if (dice < mix_.camera) return camera_talk(frame, site_, random_);
    dice -= mix_.camera;
    if (dice < mix_.media) return media_.next(frame, site_, random_, now_us);
    talk(frame);
  }

  Mix mix_;
  Random random_;
  Site site_;
  std::vector<Script> office_, camera_, streams_;
  Media media_;
  std::vector<Dialogue> open_;
};

// A SYN and one octet of each connection, in rounds over the hosts.
void write_crowd(CaptureFile& file, std::uint64_t packets, bool tagged) {
  constexpr std::uint32_t kHosts = 100'000;
  constexpr std::uint8_t kSyn = 0x02, kPushAck = 0x18;
  Random random(1);
  const auto site = make_site(random, kHosts, 0);
  Frame frame(tagged);
  for (std::uint32_t number = 0; file.packets() < packets; ++number) {
    const auto& client = site.hosts[number % kHosts];
    const auto& server = site.hosts[number % 100];
    const auto port = static_cast<std::uint16_t>(32768 + number / kHosts);
    frame.tcp(client, server, port, 443, 1000, 0, kSyn, "");
    file.add(frame);
    frame.tcp(client, server, port, 443, 1001, 1, kPushAck, std::string_view("\x16", 1));
    file.add(frame);
  }
}

int usage() {
  std::fprintf(stderr,
               "usage: bench_trace [--untagged] dense|bulk|crowd FILE.pcap [PACKETS [SEED]]\n"
               "PACKETS: 5000000 for dense, 1000000 for bulk, 2000000 for crowd. --untagged: "
               "without 802.1Q, which p0f cannot\n"
               "read. The same arguments give the same file.\n");
  return 2;
}

int write_trace(std::string_view kind, const std::string& path, std::uint64_t packets,
                std::uint64_t seed, bool tagged) {
  CaptureFile file(path);
  if (!file.ok()) {
    std::fprintf(stderr, "bench_trace: cannot write %s\n", path.c_str());
    return 1;
  }
  if (kind == "crowd") {
    write_crowd(file, packets, tagged);
  } else {
    Trace(kind == "dense" ? kDense : kBulk, seed).write(file, packets, tagged);
  }
  const auto octets = file.octets();
  if (!file.close()) {
    std::fprintf(stderr, "bench_trace: %s is not complete; is the disk full?\n", path.c_str());
    return 1;
  }
  std::printf("%s: %llu packets, %llu bytes, %.0f bytes a packet\n", path.c_str(),
              static_cast<unsigned long long>(packets), static_cast<unsigned long long>(octets),
              static_cast<double>(octets) / static_cast<double>(packets));
  return 0;
}

}  // namespace
}  // namespace camwarden::bench

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  const bool tagged = words.empty() || words[0] != "--untagged";
  if (!tagged) words.erase(words.begin());
  if (words.size() < 2 || words.size() > 4 ||
      (words[0] != "dense" && words[0] != "bulk" && words[0] != "crowd")) {
    return camwarden::bench::usage();
  }
  const auto packets = words.size() > 2      ? std::strtoull(words[2].c_str(), nullptr, 10)
                       : words[0] == "dense" ? 5'000'000
                       : words[0] == "crowd" ? 2'000'000
                                             : 1'000'000;
  const auto seed = words.size() > 3 ? std::strtoull(words[3].c_str(), nullptr, 10) : 1;
  if (packets == 0) return camwarden::bench::usage();
  return camwarden::bench::write_trace(words[0], words[1], packets, seed, tagged);
}
