#pragma once
// Messages of makers' own discovery, byte by byte, as the fact sheet on discovery protocols has
// them in its section 46: device 00:00:5e:00:53:99 at 192.0.2.64 (RFC 7042, RFC 5737), false
// serials. Hexadecimal, "XX*N" for a byte that is there N times.

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

namespace camwarden::vectors {

inline std::string octets(std::string_view runs) {
  std::string out;
  while (!runs.empty()) {
    const auto end = std::min(runs.find(' '), runs.size());
    const auto run = runs.substr(0, end);
    runs.remove_prefix(std::min(end + 1, runs.size()));
    const auto star = run.find('*');
    const auto digits = run.substr(0, star);
    const auto times = star == std::string_view::npos
                           ? std::size_t{1}
                           : std::strtoul(std::string(run.substr(star + 1)).c_str(), nullptr, 10);
    std::string piece;
    for (std::size_t at = 0; at + 2 <= digits.size(); at += 2) {
      const auto two = std::string(digits.substr(at, 2));
      piece += static_cast<char>(std::strtoul(two.c_str(), nullptr, 16));
    }
    for (std::size_t i = 0; i < times; ++i) out += piece;
  }
  return out;
}

inline const std::string kDdpSearch = octets("fdfd0000a100ffffffffffff00000000000002000000");

inline const std::string kDdpAnnouncement = octets(
    "ffff0200a00000005e005399c0000240000002002701576972656c65737320496e7465726e6574204361"
    "6d657261 00*40 33 00*31 312e3036 00*30 5e0053994131 00*62 4443532d54455354 00*56 c00"
    "00240ffffff 00*26");

inline const std::string kDdpAnswer =
    octets("eefe0000a1 00*13 02 00*67 4443532d54455354 00*196 c000024050 00*27");

inline const std::string kReolinkPing = octets("aaaa0000");

inline const std::string kReolinkRecord = octets(
    "00*58 495043 00*21 5e005399 00*18 aaaa00003139322e302e322e36340000000000000000000028"
    "23000046726f6e74 00*27 30303a30303a35653a30303a35333a3939 00*47 39353237303030544553"
    "545549443030 00*144");

inline const std::string kBcUdpSearch = octets(
    "3acf872a3400000001000000570000004ab866839e6c1f4fda432f68e67144068d171ebcbe6a50f45bc6"
    "f5953bd24dac8cbc80639c00026b8b415075e11c5367e25d4dadd2286fb8");

inline const std::string kBcUdpAnswer = octets(
    "3acf872a8200000001000000341200004f13fd97431e1f4fffad28683c1f5467dc4b4df636415af43236"
    "a3c08ecd42b3e9d5ce381b2b4b21fdf90e644e702708b25a19e0611057e47834f195d8c341bff68d9063"
    "4172026ba8fc0928417c654bfe4b41be705e4cf63236a4cc8ccd49b1e9d5c22b502d447bffad08331b7e"
    "2f08b25a15eb3b1203a9483884faabac23bde5caa2252f70");

inline const std::string kNetwaveSearch =
    octets("4d4f5f490000000000000000000000040000000000000000000001");

inline const std::string kNetwaveReply = octets(
    "4d4f5f490100000000000000000000400000000000000030303030354530303533393900546573742063"
    "616d 00*13 c0000240ffffff00c00002010000000008 00*12 50");

inline const std::string kNetwaveReplyHidden = octets(
    "4d4f5f4901000101020304050607084000000000000000313233343043373834313a3d0552627b752260"
    "656806070801020304050607080102c3040746f8f7fe02c3040707070801020b04050607080102030405"
    "060758");

inline const std::string kVstarcamSearch = octets("44480101");

inline const std::string kVstarcamReply = octets(
    "444801083139322e302e322e36340000000000003235352e3235352e3235352e300000003139322e302e"
    "322e31000000000000003139322e302e322e31 00*25 5e005399901f565354443132333435364142434"
    "445 00*17 495043414d 00*75 34382e322e36342e31 00*91");

inline const std::string kUbiquitiV1 = octets("01000000");

inline const std::string kUbiquitiV2 = octets("02080000");

inline const std::string kUbiquitiReply = octets(
    "0100004301000600005e00539902000a00005e005399c000024003000e5556432e53324c2e76342e302e"
    "300a000400000e100b000463616d310c000b55564320473320466c6578");

inline const std::string kTdpBare = octets("020000010000000000000000463cb5d3");

inline const std::string kTdpQuery = octets(
    "02000001001d1100010203040e31f8957b22706172616d73223a7b227273615f6b6579223a2254455354"
    "227d7d");

inline const std::string kTdpReply = octets(
    "0200000101621100010203045af6fe937b226572726f725f636f6465223a302c22726573756c74223a7b"
    "226465766963655f6964223a22 30*32 222c226f776e6572223a22222c226465766963655f747970652"
    "23a22534d4152542e495043414d455241222c226465766963655f6d6f64656c223a2243323030222c226"
    "970223a223139322e302e322e3634222c226d6163223a2230302d30302d35452d30302d35332d3939222"
    "c2268775f766572223a22312e30222c226669726d776172655f76657273696f6e223a22312e302e30204"
    "275696c64203230303130312052656c2e30303030306e222c22666163746f72795f64656661756c74223"
    "a66616c73652c226d67745f656e63727970745f7363686d223a7b2269735f737570706f72745f6874747"
    "073223a747275652c22656e63727970745f74797065223a22414553222c22687474705f706f7274223a3"
    "434337d7d7d");

inline const std::string kKasaQuery =
    octets("d0f281f88bff9af7d5ef94b6d1b4c09fec95e68fe187e8caf09eeb87eb96eb");

inline const std::string kMiioHello = octets("21310020 ff*28");

inline const std::string kMiioReply = octets("21310020000000000a0b0c0d00001234 ff*16");

inline const std::string kPpppSearch = octets("f1300000");

inline const std::string kPpppSearchExtended = octets("f1320000");

inline const std::string kPpppPunch = octets("f141001456535444000000000001e2404142434445000000");

inline const std::string kPpppNotify = octets("f1310014544e5055534145000001e2404142434445000000");

inline const std::string kPpppLogin = octets(
    "f110002856535444000000000001e24041424344450000000102010002007d6cc0000240000000000000"
    "0000");

inline const std::string kV380Search = octets("4e564445565345415243485e313030");

inline constexpr std::string_view kV380Reply =
    "NVDEVRESULT^300^00:00:5e:00:53:99^192.0.2.64^255.255.255.0^192.0.2.1^0^0^0^0^0^0^123"
    "45678^0^0^0";

inline const std::string kVision360Search = octets("444953434f5645520a");

inline constexpr std::string_view kVision360Reply =
    "DISCOVER TYPE=IPDOME KEY='00:00:5e:00:53:99' ID=1234567890\r\n";

inline const std::string kGvcpSearch = octets("4211000200000001");

inline constexpr std::string_view kEdimaxBroadcast =
    "<param><code value=\"1300\" /><port value=\"8400\" /></param>";

}  // namespace camwarden::vectors
