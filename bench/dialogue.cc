#include "dialogue.h"

namespace camwarden::bench {
namespace {

constexpr std::uint8_t kFin = 1, kSyn = 2, kPush = 8, kAck = 16;
constexpr std::size_t kSegment = 1400;
constexpr Host kEverybody{0xffffffffffff, 0xffffffff, 0};

Host group(std::uint32_t address) { return {0, address, 0}; }

std::string hex(std::uint64_t value, int digits) {
  std::string out;
  for (int i = digits - 1; i >= 0; --i) out += "0123456789abcdef"[value >> (4 * i) & 15];
  return out;
}

std::string mac_text(std::uint64_t mac, char between) {
  std::string out;
  for (int i = 5; i >= 0; --i)
    out += hex(mac >> (8 * i) & 0xff, 2) + (i > 0 ? std::string(1, between) : "");
  return out;
}

std::string ip_text(std::uint32_t ip) {
  std::string out;
  for (int i = 3; i >= 0; --i) out += std::to_string(ip >> (8 * i) & 0xff) + (i > 0 ? "." : "");
  return out;
}

void append(std::string& out, std::uint32_t value, int octets) {
  for (int i = octets - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i));
}

const Host& any_of(const std::vector<Host>& hosts, Random& random) {
  return hosts[random.below(static_cast<std::uint32_t>(hosts.size()))];
}

Script web(std::string path, std::string headers, std::string body) {
  return {80,
          {{0, "GET " + path +
                   " HTTP/1.1\r\nHost: intranet.example\r\nUser-Agent: Mozilla/5.0 (X11; Linux "
                   "x86_64; rv:115.0)\r\nAccept: text/html\r\n\r\n"},
           {1, "HTTP/1.1 " + headers + "Content-Type: text/html\r\nContent-Length: " +
                   std::to_string(body.size()) + "\r\n\r\n" + body}}};
}

std::string number16(std::size_t value) {
  return {static_cast<char>(value >> 8), static_cast<char>(value)};
}

// A TLS 1.2 handshake record (RFC 5246 section 7.4.1).
std::string handshake(char type, const std::string& after_random) {
  const std::string body = std::string("\x03\x03", 2) + std::string(32, 'r') + after_random;
  return std::string("\x16\x03\x01", 3) + number16(body.size() + 4) + type + '\0' +
         number16(body.size()) + body;
}

std::string client_hello() {
  const std::string host = "intranet.example";
  const std::string server_name = number16(0) + number16(host.size() + 5) +
                                  number16(host.size() + 3) + '\0' + number16(host.size()) + host;
  return handshake(
      1, std::string("\0\0\x02\x13\x01\x01\0", 7) + number16(server_name.size()) + server_name);
}

std::string server_hello() { return handshake(2, std::string("\0\xc0\x2f\0\0\0", 6)); }

std::string dhip(const Host& camera) {
  const std::string body =
      R"({ "mac" : ")" + mac_text(camera.mac, ':') +
      R"(", "method" : "client.notifyDevInfo", "params" : { "deviceInfo" : { "DeviceClass" : "IPC", )"
      R"("DeviceType" : "IPC-HDW5421S", "HttpPort" : 80, "IPv4Address" : { "IPAddress" : ")" +
      ip_text(camera.ip) +
      R"(", "SubnetMask" : "255.255.0.0" }, "Port" : 37777, "SerialNo" : "3K04B5C)" +
      hex(camera.mac, 8) + R"(", "Vendor" : "Dahua", "Version" : "2.800.0000000.25.R" } } })" +
      "\n";
  std::string out("\x20\0\0\0DHIP\0\0\0\0\0\0\0\0", 16);
  for (int twice = 0; twice < 2; ++twice) {
    for (int i = 0; i < 4; ++i) out += static_cast<char>(body.size() >> (8 * i));
    out.append(4, '\0');
  }
  return out + body;
}

std::string sadp(const Host& camera) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<ProbeMatch>\r\n<Uuid>0000-" +
         hex(camera.mac, 12) +
         "</Uuid>\r\n<Types>inquiry</Types>\r\n<DeviceDescription>DS-2CD2142FWD-I</"
         "DeviceDescription>\r\n"
         "<DeviceSN>DS-2CD2142FWD-I20210601AAWR" +
         hex(camera.mac, 9) + "</DeviceSN>\r\n<HttpPort>80</HttpPort>\r\n<MAC>" +
         mac_text(camera.mac, '-') + "</MAC>\r\n<IPv4Address>" + ip_text(camera.ip) +
         "</IPv4Address>\r\n<SoftwareVersion>V5.7.1build "
         "210601</SoftwareVersion>\r\n</ProbeMatch>\r\n";
}

std::string hello(const Host& camera) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><e:Envelope "
         "xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\" "
         "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" "
         "xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\" "
         "xmlns:dn=\"http://www.onvif.org/ver10/network/wsdl\"><e:Header><a:Action>"
         "http://schemas.xmlsoap.org/ws/2005/04/discovery/Hello</a:Action></"
         "e:Header><e:Body><d:Hello>"
         "<a:EndpointReference><a:Address>urn:uuid:00000000-0000-4000-8000-" +
         hex(camera.mac, 12) +
         "</a:Address></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>"
         "onvif://www.onvif.org/hardware/DS-2CD2142FWD-I "
         "onvif://www.onvif.org/name/HIKVISION</d:Scopes>"
         "<d:XAddrs>http://" +
         ip_text(camera.ip) + "/onvif/device_service</d:XAddrs></d:Hello></e:Body></e:Envelope>";
}

std::string dhcp(const Host& host) {
  std::string out(240, '\0');
  out[0] = out[1] = 1;
  out[2] = 6;
  for (std::size_t i = 0; i < 6; ++i) out[28 + i] = static_cast<char>(host.mac >> (8 * (5 - i)));
  out.replace(236, 4, "\x63\x82\x53\x63");
  const std::string name = "host-" + hex(host.mac, 6);
  out += std::string("\x35\x01\x01\x0c", 4) + static_cast<char>(name.size()) + name;
  return out + "\x37\x06\x01\x03\x06\x0c\x0f\x1c\xff";
}

std::string dns(Random& random) {
  const std::string name = "host" + std::to_string(random.below(5000));
  std::string out =
      std::string("\x12\x34\x01\0\0\1\0\0\0\0\0\0", 12) + static_cast<char>(name.size()) + name;
  return out + std::string(
                   "\x07"
                   "example\x03"
                   "com\0\0\1\0\1",
                   17);
}

}  // namespace

Dialogue::Dialogue(const Script& script, Host client, Host server, Random& random)
    : script_(&script),
      hosts_{client, server},
      ports_{static_cast<std::uint16_t>(32768 + random.below(28000)), script.port},
      seq_{static_cast<std::uint32_t>(random.next()), static_cast<std::uint32_t>(random.next())},
      last_(3 + script.lines.size() - 1 + static_cast<std::size_t>(script.repeats) + 2) {
  hosts_[1].vlan = hosts_[0].vlan;
}

void Dialogue::segment(Frame& frame, int side, std::uint8_t flags, std::string_view text) {
  const int other = 1 - side;
  frame.tcp(hosts_[side], hosts_[other], ports_[side], ports_[other], seq_[side],
            (flags & kAck) != 0 ? seq_[other] : 0, flags, text);
  seq_[side] += static_cast<std::uint32_t>(text.size()) + ((flags & (kSyn | kFin)) != 0 ? 1 : 0);
}

void Dialogue::next(Frame& frame) {
  const auto step = step_++;
  if (step == 0) return segment(frame, 0, kSyn, "");
  if (step == 1) return segment(frame, 1, kSyn | kAck, "");
  if (step == 2) return segment(frame, 0, kAck, "");
  if (step + 2 >= last_) return segment(frame, step + 2 == last_ ? 1 : 0, kFin | kAck, "");
  const auto& line = script_->lines[std::min(step - 3, script_->lines.size() - 1)];
  // A stream is acknowledged now and then.
  if (step % 16 == 15 && script_->repeats > 1) return segment(frame, 1 - line.side, kAck, "");
  segment(frame, line.side, kPush | kAck, line.text);
}

Site make_site(Random& random, std::uint32_t hosts, std::uint32_t cameras) {
  constexpr std::uint64_t kMakers[] = {0x4419b6, 0x3cef8c, 0xaccc8e};
  Site site;
  for (std::uint32_t i = 0; i < hosts; ++i) {
    const auto vlan = static_cast<std::uint16_t>(10 + i % 8);
    site.hosts.push_back({0xd4bed9000000u | i, 0x0a000000u | i % 8 << 16 | (i / 8 + 2), vlan});
  }
  for (std::uint32_t i = 0; i < cameras; ++i) {
    const auto vlan = static_cast<std::uint16_t>(10 + i % 8);
    site.cameras.push_back(
        {kMakers[random.below(3)] << 24 | i, 0x0a000000u | i % 8 << 16 | (0xf000 + i / 8), vlan});
  }
  return site;
}

std::vector<Script> office_scripts() {
  return {
      web("/", "200 OK\r\nServer: nginx/1.22.1\r\n",
          "<html><head><title>Intranet</title></head></html>"),
      web("/api/v1/items?page=2", "304 Not Modified\r\nServer: Apache/2.4.57 (Debian)\r\n", ""),
      {443,
       {{0, client_hello()},
        {1, server_hello()},
        {0, std::string("\x17\x03\x03\x00\x40", 5) + std::string(64, 'e')}}},
      {22, {{0, "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"}, {1, "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"}}},
      {5432, {{0, std::string("\0\0\0\x08\x04\xd2\x16\x2f", 8)}, {1, "N"}}}};
}

std::vector<Script> camera_scripts() {
  return {
      web("/", "200 OK\r\nServer: App-webs/\r\n",
          "<script>window.location.href = \"/doc/page/login.asp?_\" + (new "
          "Date()).getTime();</script>"),
      web("/ISAPI/System/deviceInfo",
          "401 Unauthorized\r\nWWW-Authenticate: Digest qop=\"auth\", realm=\"IP Camera(F1234)\", "
          "nonce=\"4e54\"\r\n",
          ""),
      {554,
       {{0, "OPTIONS rtsp://camera:554/ RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: LibVLC/3.0.18\r\n\r\n"},
        {1,
         "RTSP/1.0 200 OK\r\nCSeq: 1\r\nServer: Dahua Rtsp Server\r\nPublic: OPTIONS, DESCRIBE, "
         "SETUP, PLAY\r\n\r\n"},
        {0, "DESCRIBE rtsp://camera:554/ RTSP/1.0\r\nCSeq: 2\r\nAccept: application/sdp\r\n\r\n"},
        {1,
         "RTSP/1.0 401 Unauthorized\r\nCSeq: 2\r\nWWW-Authenticate: Digest realm=\"Login to "
         "3K04B5C\", nonce=\"5f\"\r\n\r\n"}}}};
}

std::vector<Script> stream_scripts(Random& random) {
  const auto tls = std::string("\x17\x03\x03\x05\x73", 5) + noise(random, kSegment - 5);
  const auto interleaved = std::string("$\0\x05\x74", 4) + noise(random, kSegment - 4);
  const Line play{0, "PLAY rtsp://camera:554/stream RTSP/1.0\r\nCSeq: 5\r\nSession: 1234\r\n\r\n"};
  const Line playing{1, "RTSP/1.0 200 OK\r\nCSeq: 5\r\nSession: 1234\r\n\r\n"};
  return {{443, {{0, client_hello()}, {1, server_hello()}, {1, tls}}, 400},
          {443, {{0, client_hello()}, {1, server_hello()}, {1, tls}}, 3000},
          {554, {play, playing, {1, interleaved}}, 2000}};
}

void small_talk(Frame& frame, const Site& site, Random& random) {
  const auto& from = any_of(site.hosts, random);
  const auto& to = any_of(site.hosts, random);
  const auto port = static_cast<std::uint16_t>(32768 + random.below(28000));
  switch (random.below(8)) {
    case 0:
      return frame.arp(from, to.ip);
    case 1:
      return frame.udp(from, group(0xe00000fb), 5353, 5353, dns(random));
    case 2:
      return frame.udp(from, group(0xeffffffa), port, 1900,
                       "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "
                       "\"ssdp:discover\"\r\nMX: 2\r\nST: "
                       "upnp:rootdevice\r\n\r\n");
    case 3:
      return frame.udp(from, to, port, 123, std::string(48, '\x23'));
    case 4:
      return frame.udp(from, to, port, 443, std::string(64, '\x4f'));
    default:
      return frame.udp(from, to, port, 53, dns(random));
  }
}

void camera_talk(Frame& frame, const Site& site, Random& random) {
  const auto& camera = any_of(site.cameras, random);
  switch (random.below(4)) {
    case 0:
      return frame.udp(camera, group(0xeffffffa), 37020, 37020, sadp(camera));
    case 1:
      return frame.udp(camera, any_of(site.hosts, random), 37810, 40000, dhip(camera));
    case 2:
      return frame.udp(camera, group(0xeffffffa), 3702, 3702, hello(camera));
    default:
      return frame.udp({camera.mac, 0, camera.vlan}, kEverybody, 68, 67, dhcp(camera));
  }
}

Media::Media(Random& random, std::size_t cameras)
    : sequences_(cameras), picture_(noise(random, 1388)) {}

void Media::next(Frame& frame, const Site& site, Random& random, std::uint64_t now_us) {
  const auto camera = random.below(static_cast<std::uint32_t>(sequences_.size()));
  const auto picture = static_cast<std::uint32_t>(now_us / 40'000);
  std::string packet("\x80\x60", 2);
  append(packet, ++sequences_[camera], 2);
  append(packet, picture * 3600, 4);
  append(packet, 0x43570000 | camera, 4);
  frame.udp(site.cameras[camera], site.hosts[camera % site.hosts.size()],
            static_cast<std::uint16_t>(8000 + camera % 50 * 2),
            static_cast<std::uint16_t>(50000 + camera % 5000), packet + picture_);
}

std::string noise(Random& random, std::size_t length) {
  std::string out(length, '\0');
  for (auto& c : out) c = static_cast<char>(random.next() >> 56);
  return out;
}

}  // namespace camwarden::bench
