// What holds for every protocol, whatever bytes it is shown.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "unit/protocols/dhcp_messages.h"
#include "unit/protocols/recorder.h"
#include "unit/protocols/vectors.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

struct Sample {
  std::string protocol;
  std::string bytes;
};

std::vector<Sample> samples() {
  DhcpMessage ack{.op = 2, .yiaddr = "\xc0\0\2\x40"s};
  ack.option(53, "\5").option(52, "\3");
  const auto text = [](std::string_view view) { return std::string(view); };
  return {
      {"arp", "\0\1\x08\0\6\4\0\1\0\0\x5e\0\x53\x99\xc0\0\2\x40\0\0\0\0\0\0\xc0\0\2\1"s},
      {"dhcp", camera_request().bytes()},
      {"dhcp", ack.bytes()},
      {"sadp", text(vectors::kSadpProbe)},
      {"sadp", text(vectors::kSadpReply)},
      {"dhip", text(vectors::kDhipProbe)},
      {"dhip", text(vectors::kDhipReply)},
      {"dhip", text(vectors::kDhipReply7B)},
      {"wsdd", text(vectors::kWsdProbeNvt)},
      {"wsdd", text(vectors::kWsdProbeMatch)},
      {"wsdd", text(vectors::kWsdHello)},
      {"wsdd", text(vectors::kWsdHelloDahua)},
      {"http",
       "HTTP/1.1 401 Unauthorized\r\nServer: App-webs/\r\nSet-Cookie: a=b\r\nLocation: /x?y\r\n"
       "WWW-Authenticate: Digest realm=\"a\\\"b\", nonce=\"c\", opaque=d\r\n\tqop=auth\r\n"
       "Content-Length: 22\r\n\r\n<title>A &amp; B</title"
       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<title>x"},
      {"http",
       "POST /a?b HTTP/1.1\r\nHost: cam.example:80\r\nContent-Length: 3\r\n\r\nabc"
       "GET /user=x HTTP/1.1\r\nHost: [::1]\r\n\r\nCONNECT a:1 HTTP/1.1\r\n\r\n"},
      {"rtsp",
       "RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nWWW-Authenticate: Basic realm=\"/\"\r\n\r\n"
       "$\0\0\4abcd"
       "RTSP/1.0 200 OK\r\nPublic: OPTIONS\r\nContent-Length: 40\r\n\r\n"
       "v=0\r\ns=a\r\ni=b\r\na=tool:c\r\na=x-d:e\r\na=x:f\r\n\r\n"s},
      {"rtsp", text(vectors::kRtspOptions)},
  };
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
  (to.on_frame ? to.on_frame : to.on_datagram)(packet, recorder);
}

bool declared(const Protocol& by, const Field& field) {
  return std::find(by.fields.begin(), by.fields.end(), &field) != by.fields.end();
}

void expect_lawful(const Protocol& by, const Recorder& said) {
  constexpr std::size_t kFactsOfOneMessage = 400;
  EXPECT_LE(said.facts.size(), kFactsOfOneMessage);
  for (const auto& fact : said.facts) {
    EXPECT_TRUE(declared(by, *fact.field)) << fact.field->name;
    EXPECT_FALSE(fact.value.empty()) << fact.field->name;
    EXPECT_LE(fact.value.size(), kMaxValueBytes) << fact.field->name;
    EXPECT_EQ(fact.who.mac.none(), fact.who.mac_origin == MacOrigin::none);
    EXPECT_EQ(fact.evidence.protocol, by.name);
    EXPECT_EQ(fact.evidence.packet, 7U);
  }
}

TEST(AllProtocols, EverySampleTellsSomething) {
  for (const auto& sample : samples()) {
    Recorder recorder;
    show(protocol(sample.protocol), sample.bytes, recorder);
    EXPECT_FALSE(recorder.facts.empty()) << sample.protocol;
    expect_lawful(protocol(sample.protocol), recorder);
  }
}

TEST(AllProtocols, EveryTruncationIsLawful) {
  for (const auto& sample : samples()) {
    for (std::size_t length = 0; length < sample.bytes.size(); ++length) {
      Recorder recorder;
      show(protocol(sample.protocol), std::string_view(sample.bytes).substr(0, length), recorder);
      expect_lawful(protocol(sample.protocol), recorder);
    }
  }
}

TEST(AllProtocols, FlippedBitsAreLawful) {
  std::mt19937 random(20260101);
  for (const auto& sample : samples()) {
    for (int round = 0; round < 500; ++round) {
      auto bytes = sample.bytes;
      for (auto flips = 1 + random() % 8; flips > 0; --flips) {
        auto& byte = bytes[random() % bytes.size()];
        byte = static_cast<char>(byte ^ (1 << random() % 8));
      }
      Recorder recorder;
      show(protocol(sample.protocol), bytes, recorder);
      expect_lawful(protocol(sample.protocol), recorder);
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
    for (int round = 0; round < 30; ++round) {
      const auto from = random() % sample.bytes.size();
      const auto piece = sample.bytes.substr(from, 1 + random() % 40);
      auto bytes = sample.bytes.substr(0, from);
      while (bytes.size() < 20000) bytes += piece;
      Recorder recorder;
      show(protocol(sample.protocol), bytes, recorder);
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
    show(protocol(sample.protocol), sample.bytes, first);
    show(protocol(sample.protocol), sample.bytes, second);
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
    const int ways =
        (one->on_frame != nullptr) + (one->on_datagram != nullptr) + (one->on_stream != nullptr);
    EXPECT_EQ(ways, 1) << one->name;
    EXPECT_EQ(one->on_frame != nullptr, one->ether_type != 0) << one->name;
    EXPECT_EQ(one->on_datagram != nullptr, !one->udp_ports.empty()) << one->name;
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
