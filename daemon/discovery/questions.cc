#include "discovery/questions.h"

#include <fmt/format.h>

namespace camwarden {
namespace {

std::string big_endian(std::uint64_t value, std::size_t count) {
  std::string out(count, '\0');
  for (std::size_t i = count; i > 0; --i, value >>= 8) out[i - 1] = static_cast<char>(value);
  return out;
}

std::string little_endian_32(std::uint32_t value) {
  std::string out(4, '\0');
  for (auto& octet : out) {
    octet = static_cast<char>(value);
    value >>= 8;
  }
  return out;
}

// SOAP 1.2 with the discovery namespaces of 2005/04, as ONVIF has it; without a line end, since
// some firmware refuses those (section 2.5).
std::string soap_probe(const Asker& asker, std::string_view name_space, std::string_view types) {
  return fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" )"
      R"(xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" )"
      R"(xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"{}>)"
      R"(<e:Header><a:MessageID>urn:uuid:{}</a:MessageID><a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>)"
      R"(<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action></e:Header>)"
      R"(<e:Body><d:Probe><d:Types>{}</d:Types></d:Probe></e:Body></e:Envelope>)",
      name_space, uuid_of(asker.nonce), types);
}

std::string search(std::string_view host) {
  return fmt::format(
      "M-SEARCH * HTTP/1.1\r\nHOST: {}:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\n"
      "ST: upnp:rootdevice\r\n\r\n",
      host);
}

std::string dns_name(std::initializer_list<std::string_view> labels) {
  std::string out;
  for (const auto label : labels) {
    out += static_cast<char>(label.size());
    out += label;
  }
  return out + '\0';
}

}  // namespace

std::string uuid_of(std::uint64_t nonce) {
  const auto low = nonce * 0x9e3779b97f4a7c15 ^ nonce >> 7;
  return fmt::format("{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}", nonce >> 32, nonce >> 16 & 0xffff,
                     nonce & 0xfff, low >> 48 & 0xfff, low & 0xffffffffffff);
}

std::string octets(std::initializer_list<int> values, std::size_t padded_to) {
  std::string out;
  for (const auto value : values) out += static_cast<char>(value);
  if (out.size() < padded_to) out.resize(padded_to, '\0');
  return out;
}

// Section 2.2: the type that ONVIF specifies, and the one that some devices match alone.
std::string ask_wsdiscovery_cameras(const Asker& asker) {
  return soap_probe(asker, R"( xmlns:dn="http://www.onvif.org/ver10/network/wsdl")",
                    "dn:NetworkVideoTransmitter");
}

std::string ask_wsdiscovery_devices(const Asker& asker) {
  return soap_probe(asker, R"( xmlns:tds="http://www.onvif.org/ver10/device/wsdl")", "tds:Device");
}

// Section 6.2. Of all verbs this alone changes nothing (section 6.6).
std::string ask_sadp(const Asker& asker) {
  return fmt::format(
      R"(<?xml version="1.0" encoding="utf-8"?><Probe><Uuid>{}</Uuid><Types>inquiry</Types></Probe>)",
      uuid_of(asker.nonce));
}

// Sections 10.2 and 10.3: exactly as the maker's tool.
std::string ask_dhip(const Asker&) {
  constexpr std::string_view kBody =
      "{ \"method\" : \"DHDiscover.search\", \"params\" : { \"mac\" : \"\", \"uni\" : 1 } }\n";
  const auto length = little_endian_32(static_cast<std::uint32_t>(kBody.size()));
  const std::string nothing(4, '\0');
  return octets({0x20, 0, 0, 0}) + "DHIP" + nothing + nothing + length + nothing + length +
         nothing + std::string(kBody);
}

std::string ask_ssdp(const Asker&) { return search("239.255.255.250"); }
std::string ask_ssdp6(const Asker&) { return search("[ff02::c]"); }

// Section 5, RFC 6762 section 5.4: the types that cameras offer, all in one question, each with a
// wish for a unicast answer.
std::string ask_mdns(const Asker&) {
  constexpr std::uint16_t kPointer = 12, kUnicastPlease = 0x8001;
  constexpr std::string_view kTypes[] = {"_axis-video", "_axis-nvr", "_rtsp", "_psia", "_CGI",
                                         "_arec",       "_onvif",    "_http", "_hap",  "_dhnap"};
  std::string questions;
  for (const auto type : kTypes) {
    questions +=
        dns_name({type, "_tcp", "local"}) + big_endian(kPointer, 2) + big_endian(kUnicastPlease, 2);
  }
  questions += dns_name({"_miio", "_udp", "local"}) + big_endian(kPointer, 2) +
               big_endian(kUnicastPlease, 2);
  return big_endian(0, 4) + big_endian(std::size(kTypes) + 1, 2) + big_endian(0, 6) + questions;
}

// Section 22: search, with the tags that the maker's tool wants, and its checksum.
std::string ask_easyip(const Asker& asker) {
  std::string body = octets({0x00, 0x0d}, 8);
  body.append(asker.mac.octets.begin(), asker.mac.octets.end());
  body.append(asker.ip.octets.begin(), asker.ip.octets.begin() + 4);
  body += octets({0, 0, 0x20, 0x11, 0x1e, 0x11, 0x23, 0x1f, 0x1e, 0x19, 0x13, 0, 0, 2, 1}, 26);
  constexpr int kTags[] = {0xfff0, 0x26, 0x20, 0x21, 0x22, 0x23, 0x25, 0x28, 0x40, 0x41, 0x42,
                           0x44,   0xa5, 0xa6, 0xa7, 0xa8, 0xad, 0xb3, 0xb4, 0xb7, 0xb8};
  for (const auto tag : kTags) body += big_endian(static_cast<std::uint64_t>(tag), 2);
  constexpr std::size_t kFrame = 8;  // kind, length, end mark, checksum
  auto message =
      big_endian(1, 2) + big_endian(body.size() + kFrame - 52, 2) + body + octets({0xff, 0xff});
  std::uint64_t sum = 1;
  for (const char c : message) sum += static_cast<std::uint8_t>(c);
  return message + big_endian(sum & 0xffff, 2);
}

// Section 15; its lines are part of it.
std::string ask_topsee(const Asker&) {
  return "<?xml version=\"1.0\" encoding=\"GB2312\" ?>\n<XML_TOPSEE>\n<MESSAGE_HEADER\n"
         "Msg_type=\"SYSTEM_SEARCHIPC_MESSAGE\"\nMsg_code=\"1\"\nMsg_flag=\"0\"\n/"
         ">\n<MESSAGE_BODY>\n"
         "</MESSAGE_BODY>\n</XML_TOPSEE>";
}

// Section 21.
std::string ask_rcp(const Asker& asker) {
  return octets({0x99, 0x39, 0xa4, 0x27}) + big_endian(asker.nonce, 4) +
         octets({0xff, 0x00, 0x06, 0xde});
}

// Section 29: each octet is XORed with the one before it as sent, the first with 171.
std::string ask_kasa(const Asker&) {
  constexpr std::string_view kQuestion = R"({"system":{"get_sysinfo":null}})";
  std::string out;
  int key = 171;
  for (const char c : kQuestion) {
    key ^= static_cast<std::uint8_t>(c);
    out += static_cast<char>(key);
  }
  return out;
}

}  // namespace camwarden
