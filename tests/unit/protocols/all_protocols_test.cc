// What holds for every protocol, whatever bytes it is shown.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "unit/protocols/recorder.h"
#include "unit/protocols/samples.h"

namespace camwarden {
namespace {

const std::vector<Sample>& samples() {
  static const auto all = samples_in(CAMWARDEN_SOURCE_DIR "/tests/replay");
  return all;
}

// In a block of exactly that size, so that a read past its end is seen by a sanitizer.
void show(const Protocol& to, std::string_view bytes, Recorder& recorder) {
  const auto block = std::make_unique<char[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), block.get());
  const std::string_view exact(block.get(), bytes.size());
  if (to.on_stream) {
    (void)to.recognise(as_bytes(exact));
    for (const std::size_t step : {std::size_t{17}, SIZE_MAX}) {
      const auto run = read_stream(to.name, packet_from_device(), exact, step);
      EXPECT_TRUE(run.contract_kept);
      recorder.facts.insert(recorder.facts.end(), run.recorder.facts.begin(),
                            run.recorder.facts.end());
    }
    return;
  }
  auto packet = packet_from_device(exact);
  packet.link_payload = packet.payload;
  packet.src_port = to.udp_ports.empty() ? 0 : to.udp_ports[0];
  show_once(to, packet, recorder);
}

// HTTP hands bodies to the protocols that read them, and RTSP that it carries to RTSP, so theirs
// are the facts that come of those.
bool declared(const Protocol& by, const Observation& fact) {
  const auto& said_by = protocol(fact.evidence.protocol);
  if (&said_by != &by && !(by.name == "http" && (said_by.on_body || said_by.name == "rtsp")))
    return false;
  return std::find(said_by.fields.begin(), said_by.fields.end(), fact.field) !=
         said_by.fields.end();
}

void expect_lawful(const Protocol& by, const Recorder& said) {
  constexpr std::size_t kFactsOfOneMessage = 400;
  EXPECT_LE(said.facts.size(), kFactsOfOneMessage);
  for (const auto& fact : said.facts) {
    EXPECT_TRUE(declared(by, fact)) << fact.field->name;
    EXPECT_FALSE(fact.value.empty()) << fact.field->name;
    EXPECT_LE(fact.value.size(), kMaxValueBytes) << fact.field->name;
    EXPECT_EQ(fact.who.mac.none(), fact.who.mac_origin == MacOrigin::none);
    EXPECT_EQ(fact.evidence.packet, 7U);
  }
}

// A protocol without a capture in tests/replay, named after it or not, is not tested.
TEST(AllProtocols, EveryProtocolHasASampleThatTellsSomething) {
  std::set<std::string_view> told;
  for (const auto& sample : samples()) {
    Recorder recorder;
    show(*sample.protocol, sample.bytes, recorder);
    expect_lawful(*sample.protocol, recorder);
    if (!recorder.facts.empty()) told.insert(sample.protocol->name);
  }
  for (const auto* one : protocols()) {
    // What a flow tells takes many datagrams: its own test shows them.
    EXPECT_TRUE(one->on_datagram_flow || told.contains(one->name)) << one->name;
  }
}

TEST(AllProtocols, EveryTruncationIsLawful) {
  for (const auto& sample : samples()) {
    const auto step = 1 + sample.bytes.size() / 200;
    for (std::size_t length = 0; length < sample.bytes.size(); length += step) {
      Recorder recorder;
      show(*sample.protocol, std::string_view(sample.bytes).substr(0, length), recorder);
      expect_lawful(*sample.protocol, recorder);
    }
  }
}

TEST(AllProtocols, FlippedBitsAreLawful) {
  std::mt19937 random(20260101);
  for (const auto& sample : samples()) {
    for (int round = 0; round < 100; ++round) {
      auto bytes = sample.bytes;
      for (auto flips = 1 + random() % 8; flips > 0; --flips) {
        auto& byte = bytes[random() % bytes.size()];
        byte = static_cast<char>(byte ^ (1 << random() % 8));
      }
      Recorder recorder;
      show(*sample.protocol, bytes, recorder);
      expect_lawful(*sample.protocol, recorder);
    }
  }
}

TEST(AllProtocols, BytesOfOtherProtocolsAreLawful) {
  for (const auto* one : protocols()) {
    for (const auto& sample : samples()) {
      Recorder recorder;
      show(*one, sample.bytes, recorder);
      expect_lawful(*one, recorder);
    }
  }
}

TEST(AllProtocols, RepeatedPiecesAreLawful) {
  std::mt19937 random(7);
  for (const auto& sample : samples()) {
    for (int round = 0; round < 5; ++round) {
      const auto from = random() % sample.bytes.size();
      const auto piece = sample.bytes.substr(from, 1 + random() % 40);
      auto bytes = sample.bytes.substr(0, from);
      while (bytes.size() < 20000) bytes += piece;
      Recorder recorder;
      show(*sample.protocol, bytes, recorder);
      for (const auto& fact : recorder.facts) EXPECT_LE(fact.value.size(), kMaxValueBytes);
    }
  }
}

TEST(AllProtocols, LongValuesAreCut) {
  Recorder recorder;
  show(protocol("http"), "HTTP/1.1 200 OK\r\nServer: " + std::string(5000, 'x') + "\r\n\r\n",
       recorder);
  EXPECT_EQ(recorder.value("http.server").size(), kMaxValueBytes);
}

TEST(AllProtocols, SamePacketTellsTheSameTwice) {
  for (const auto& sample : samples()) {
    Recorder first, second;
    show(*sample.protocol, sample.bytes, first);
    show(*sample.protocol, sample.bytes, second);
    ASSERT_EQ(first.facts.size(), second.facts.size());
    for (std::size_t i = 0; i < first.facts.size(); ++i) {
      EXPECT_EQ(first.facts[i].value, second.facts[i].value);
    }
  }
}

TEST(Registry, FieldsBearTheirProtocolsName) {
  for (const auto* one : protocols()) {
    for (const auto* field : one->fields) {
      if (field == &kMacField || field == &kIpField) continue;
      EXPECT_TRUE(field->name.starts_with(std::string(one->name) + ".")) << field->name;
      EXPECT_FALSE(field->help.empty()) << field->name;
    }
  }
}

TEST(Registry, NamesAreUnique) {
  std::set<std::string_view> names;
  for (const auto* one : protocols()) EXPECT_TRUE(names.insert(one->name).second) << one->name;
}

TEST(Registry, EveryProtocolHasOneWayIn) {
  for (const auto* one : protocols()) {
    const int ways = (one->on_frame != nullptr) + (one->on_ip != nullptr) +
                     (one->on_datagram != nullptr) + (one->on_datagram_flow != nullptr) +
                     (one->on_stream != nullptr) + (one->on_body != nullptr);
    EXPECT_EQ(ways, 1) << one->name;
    EXPECT_EQ(one->on_frame != nullptr, one->ether_type != 0 || one->snap != 0) << one->name;
    EXPECT_EQ(one->on_ip != nullptr, one->ip_protocol != 0) << one->name;
    EXPECT_EQ(one->on_datagram != nullptr || one->on_datagram_flow != nullptr,
              !one->udp_ports.empty() || one->recognise_datagram != nullptr)
        << one->name;
    // A port's protocols are shown datagrams, never flows.
    EXPECT_TRUE(!one->on_datagram_flow || one->udp_ports.empty()) << one->name;
    EXPECT_EQ(one->on_stream != nullptr, one->recognise != nullptr) << one->name;
  }
}

TEST(Registry, VocabularyHoldsEveryFieldOnce) {
  const auto words = vocabulary();
  EXPECT_EQ(words.find("mac"), &kMacField);
  EXPECT_EQ(words.find("ip"), &kIpField);
  for (const auto* one : protocols()) {
    for (const auto* field : one->fields) EXPECT_EQ(words.find(field->name), field);
  }
}

}  // namespace
}  // namespace camwarden
