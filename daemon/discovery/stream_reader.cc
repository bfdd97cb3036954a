#include "discovery/stream_reader.h"

#include "protocols/http_paths.h"

namespace camwarden {
namespace {

const Protocol* reader_of(Bytes first_bytes) {
  for (const auto* protocol : protocols()) {
    if (protocol->recognise != nullptr && protocol->recognise(first_bytes) == Guess::yes)
      return protocol;
  }
  return nullptr;
}

}  // namespace

// A reader that takes nothing and wants more has nothing more to say once all is there.
bool show_stream(Answers& answers, const Ends& ends, Bytes answer, Time now) {
  const auto* protocol = reader_of(answer);
  if (protocol == nullptr) return false;
  const auto packet = answers.packet(ends, Transport::tcp, answer, now);
  std::uint32_t scratch = 0;
  while (true) {
    const Stream stream{packet, answer, true, &scratch};
    const auto progress = protocol->on_stream(stream, answers);
    if (progress.verdict != Progress::more || progress.consumed == 0) return true;
    answer = answer.subspan(std::min(progress.consumed, answer.size()));
    if (answer.empty()) return true;
  }
}

void show_known_path(Answers& answers, const Ends& ends, std::string_view path, int status,
                     Time now) {
  say_known_path(answers.packet(ends, Transport::tcp, {}, now), path, status, answers);
}

void show_icon(Answers& answers, const Ends& ends, std::string_view icon, Time now) {
  say_favicon(answers.packet(ends, Transport::tcp, {}, now), icon, answers);
}

}  // namespace camwarden
