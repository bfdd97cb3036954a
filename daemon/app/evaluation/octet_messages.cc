// Messages of protocols of octets: utterance.h.
#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "app/evaluation/utterance.h"
#include "base/text.h"

namespace camwarden {
namespace {

constexpr std::size_t kMaxLabel = 63;  // RFC 1035 section 2.3.4

std::string big_endian(std::uint64_t value, std::size_t octets) {
  std::string out(octets, '\0');
  for (auto at = out.rbegin(); at != out.rend(); ++at, value >>= 8) *at = static_cast<char>(value);
  return out;
}

std::string little_endian(std::uint64_t value, std::size_t octets) {
  const auto out = big_endian(value, octets);
  return {out.rbegin(), out.rend()};
}

std::string octet(unsigned value) { return big_endian(value, 1); }

std::optional<unsigned> number(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// ---- DNS (RFC 1035) --------------------------------------------------------------------------

std::string label(std::string_view text) {
  text = text.substr(0, kMaxLabel);
  return octet(static_cast<unsigned>(text.size())).append(text);
}

std::string dns_name(std::string_view dotted) {
  std::string out;
  for (const auto part : split(dotted, '.')) out += label(part);
  return out + '\0';
}

std::string record(std::string_view name, std::uint16_t type, std::string_view rdata) {
  return dns_name(name) + big_endian(type, 2) + big_endian(0x8001, 2) + big_endian(120, 4) +
         big_endian(rdata.size(), 2).append(rdata);
}

Utterance mdns(std::size_t answers, std::string_view records) {
  const auto head = big_endian(0x8400, 4) + big_endian(answers, 4) + big_endian(0, 4);
  return datagram(head + std::string(records), 5353, 5353, Utterance::To::group);
}

constexpr std::uint16_t kAddress = 1, kPointer = 12, kText = 16;

// A host name as an address, an instance of a service as a pointer; "" of what is neither.
std::string record_of_name(std::string_view name) {
  const auto service = name.find("._");
  if (name.ends_with(".arpa") || name.empty() || service == 0) return "";
  if (service == name.npos) {
    const auto ip = IpAddress::parse(kDeviceIp).value();
    return name.front() == '_' ? "" : record(name, kAddress, as_text({ip.octets.data(), 4}));
  }
  const auto kind = name.substr(service + 1);
  return record(kind, kPointer, label(name.substr(0, service)) + dns_name(kind));
}

// ---- ASN.1 (X.690) ---------------------------------------------------------------------------

std::string der(std::uint8_t tag, std::string_view body) {
  const auto length = body.size() < 128 ? octet(static_cast<unsigned>(body.size()))
                                        : octet(0x82) + big_endian(body.size(), 2);
  return (octet(tag) + length).append(body);
}

constexpr std::uint8_t kInteger = 2, kBits = 3, kOctets = 4, kNull = 5, kObject = 6, kUtf8 = 12,
                       kUtcTime = 23, kSequence = 0x30, kSet = 0x31;

// X.520 attribute types, below 2.5.4.
std::uint8_t attribute_type(std::string_view key) {
  static constexpr std::array<std::pair<std::string_view, std::uint8_t>, 7> kTypes{
      {{"CN", 3}, {"SERIALNUMBER", 5}, {"C", 6}, {"L", 7}, {"ST", 8}, {"O", 10}, {"OU", 11}}};
  for (const auto& [name, type] : kTypes) {
    if (name == key) return type;
  }
  return 0;
}

std::string relative_name(std::string_view part) {
  const auto equals = part.find('=');
  const auto type = attribute_type(trim(part.substr(0, equals)));
  if (type == 0) return "";
  const auto key = der(kObject, std::string("\x55\x04") + octet(type));
  return der(kSet, der(kSequence, key + der(kUtf8, part.substr(equals + 1))));
}

// RFC 4514 has the most specific part first, a Name (X.501) last. "\," is a comma of a value.
std::string distinguished_name(std::string_view text) {
  std::string names, part;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '\\' && i + 1 < text.size() && text[i + 1] == ',') {
      part += text[++i];
    } else if (i == text.size() || text[i] == ',') {
      names.insert(0, relative_name(part));
      part.clear();
    } else {
      part += text[i];
    }
  }
  return der(kSequence, names);
}

// Sound enough to be read; what signs it is nothing.
std::string x509(std::string_view subject, std::string_view issuer) {
  const auto rsa = std::string("\x2a\x86\x48\x86\xf7\x0d\x01\x01");
  const auto algorithm = der(kSequence, der(kObject, rsa + "\x0b") + der(kNull, ""));
  const auto dates =
      der(kSequence, der(kUtcTime, "200101000000Z") + der(kUtcTime, "300101000000Z"));
  const std::string nothing(65, '\0');
  const auto key = der(
      kSequence, der(kSequence, der(kObject, rsa + "\x01") + der(kNull, "")) + der(kBits, nothing));
  const auto body = der(0xA0, der(kInteger, "\2")) + der(kInteger, "\7") + algorithm +
                    distinguished_name(issuer) + dates + distinguished_name(subject) + key;
  return der(kSequence, der(kSequence, body) + algorithm + der(kBits, nothing));
}

// ---- TLS (RFC 5246) --------------------------------------------------------------------------

std::string handshake(std::uint8_t kind, std::string_view body) {
  return octet(kind) + big_endian(body.size(), 3).append(body);
}

std::string tls_record(std::string_view handshakes) {
  return std::string("\x16\3\3") + big_endian(handshakes.size(), 2).append(handshakes);
}

std::string random_octets() {
  std::string out = "\3\3";
  for (unsigned i = 0; i < 32; ++i) out += octet(i);
  return out + '\0';
}

}  // namespace

Utterance datagram(std::string_view payload, std::uint16_t src_port, std::uint16_t dst_port,
                   Utterance::To to) {
  return {.transport = Transport::udp,
          .src_port = src_port,
          .dst_port = dst_port,
          .payload = std::string(payload),
          .to = to};
}

// RFC 2131 section 2: a DISCOVER with option 53 and one more.
Utterance dhcp_request(std::uint8_t option, std::string_view value) {
  value = value.substr(0, 255);
  const auto mac = MacAddress::parse(kDeviceMac).value();
  auto body = std::string("\1\1\6\0", 4) + big_endian(7, 4) + big_endian(0x8000, 4) +
              std::string(16, '\0') + std::string(as_text(mac.octets)) + std::string(202, '\0') +
              std::string("\x63\x82\x53\x63\x35\1\1") + octet(option);
  body += octet(static_cast<unsigned>(value.size())).append(value) + "\xff";
  body.resize(std::max<std::size_t>(body.size(), 300), '\0');  // RFC 1542 section 2.1
  auto made = datagram(body, 68, 67, Utterance::To::everybody);
  made.sender = IpAddress::parse("0.0.0.0").value();
  return made;
}

std::optional<Utterance> dhcp_parameter_list(std::string_view codes) {
  std::string octets;
  for (const auto code : split(codes, ',')) {
    const auto value = number(trim(code));
    if (!value || *value > 255) return std::nullopt;
    octets += octet(*value);
  }
  return dhcp_request(55, octets);
}

std::optional<Utterance> mdns_names(std::string_view names) {
  std::string records;
  std::size_t count = 0;
  for (const auto name : split(names, ',')) {
    const auto made = record_of_name(name);
    count += made.empty() ? 0 : 1;
    records += made;
  }
  if (count == 0) return std::nullopt;
  return mdns(count, records);
}

Utterance mdns_text(std::string_view service, std::string_view strings) {
  std::string rdata;
  for (const auto text : split(strings, ',')) {
    const auto cut = text.substr(0, 255);
    rdata += octet(static_cast<unsigned>(cut.size())).append(cut);
  }
  return mdns(1, record("Device." + std::string(service) + ".local", kText, rdata));
}

Utterance dns_query(std::string_view name) {
  const auto head = big_endian(7, 2) + big_endian(0x100, 2) + big_endian(1, 2) + big_endian(0, 6);
  return datagram(head + dns_name(name) + big_endian(1, 2) + big_endian(1, 2), 40000, 53);
}

// RFC 3416: an answer with one variable of MIB-2's system group.
Utterance snmp_answer(std::uint8_t system_object, std::uint8_t type, std::string_view octets) {
  const auto oid = std::string("\x2b\6\1\2\1\1") + octet(system_object) + '\0';
  const auto pair = der(kSequence, der(kObject, oid) + der(type, octets));
  const auto zero = der(kInteger, std::string(1, '\0'));
  const auto pdu = der(0xA2, der(kInteger, "\7") + zero + zero + der(kSequence, pair));
  return datagram(der(kSequence, der(kInteger, "\1") + der(kOctets, "public") + pdu), 161, 40000);
}

std::optional<std::string> object_id(std::string_view dotted) {
  dotted = dotted.substr(0, dotted.find(' '));
  if (dotted.starts_with('.')) dotted.remove_prefix(1);
  std::vector<unsigned> arcs;
  for (const auto part : split(dotted, '.')) {
    const auto arc = number(part);
    if (!arc) return std::nullopt;
    arcs.push_back(*arc);
  }
  if (arcs.size() < 2) return std::nullopt;
  std::string out = octet(arcs[0] * 40 + arcs[1]);
  for (std::size_t i = 2; i < arcs.size(); ++i) {
    std::string base128 = octet(arcs[i] & 0x7F);
    for (auto rest = arcs[i] >> 7; rest > 0; rest >>= 7)
      base128.insert(0, octet(rest % 128 | 0x80));
    out += base128;
  }
  return out;
}

Utterance certificate(std::string_view subject, std::string_view issuer) {
  const auto one = x509(subject, issuer);
  const auto chain = big_endian(one.size(), 3) + one;
  const auto hello = random_octets() + "\xc0\x2f" + std::string(3, '\0');
  return {.src_port = 443,
          .payload =
              tls_record(handshake(2, hello) + handshake(11, big_endian(chain.size(), 3) + chain) +
                         handshake(14, ""))};
}

// RFC 6066 section 3, from the device as a client.
Utterance server_name(std::string_view name) {
  const auto entry = octet(0) + big_endian(name.size(), 2).append(name);
  const auto names = big_endian(entry.size(), 2) + entry;
  const auto extension = big_endian(0, 2) + big_endian(names.size(), 2) + names;
  const auto body = random_octets() + std::string("\0\4\xc0\x2f\0\x9c\1\0", 8) +
                    big_endian(extension.size(), 2) + extension;
  return {.src_port = 40000, .dst_port = 443, .payload = tls_record(handshake(1, body))};
}

// Fact sheet on discovery protocols, section 29: version 2, discovery, the opcode, the length,
// flags, a random number, a checksum that no reader needs.
Utterance tplink_discovery(std::string_view json) {
  const auto head =
      std::string("\2\0\0\1", 4) + big_endian(json.size(), 2) + std::string("\x11\0", 2);
  return datagram(head + std::string(8, '\0') + std::string(json), 20002, 40000);
}

// The same section: each octet is XORed with the one before it as sent, the first with 171.
Utterance tplink_smart_home(std::string_view json) {
  std::string hidden(json);
  char key = '\xab';
  for (auto& c : hidden) {
    c = static_cast<char>(c ^ key);
    key = c;
  }
  return datagram(hidden, 9999, 40000);
}

// Fact sheet on discovery protocols, on Xiongmai's DVRIP: 20 octets, JSON, a line end.
Utterance xiongmai(std::uint16_t identity, std::string_view json) {
  const auto head = std::string("\xff\1\0\0", 4) + little_endian(1, 4) + std::string(6, '\0') +
                    little_endian(identity, 2) + little_endian(json.size() + 1, 4);
  return {.src_port = 34567, .payload = head + std::string(json) + "\n"};
}

}  // namespace camwarden
