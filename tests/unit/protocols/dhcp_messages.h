#pragma once
// DHCP messages for tests, laid out as RFC 2131 section 2 draws them.

#include <string>

namespace camwarden {

struct DhcpMessage {
  char op = 1;
  std::string ciaddr = std::string(4, '\0');
  std::string yiaddr = std::string(4, '\0');
  std::string chaddr = std::string("\0\0\x5e\0\x53\x99", 6);
  std::string sname = std::string(64, '\0');
  std::string file = std::string(128, '\0');
  std::string options = {};

  DhcpMessage& option(int code, std::string value) {
    options += static_cast<char>(code);
    options += static_cast<char>(value.size());
    options += value;
    return *this;
  }
  std::string bytes() const {
    return std::string{op, 1, 6, 0} + "\x11\x22\x33\x44" + std::string(4, '\0') + ciaddr + yiaddr +
           std::string(8, '\0') + chaddr + std::string(10, '\0') + sname + file +
           "\x63\x82\x53\x63" + options + '\xff';
  }
};

// The request of a camera on Dahua's platform (options 12 and 55 as observed), with what others
// add.
inline DhcpMessage camera_request() {
  DhcpMessage message;
  message.option(53, "\3")
      .option(12, "TESTSERIAL00001")
      .option(55, "\1\3\4\5\6\x0c\x0f\x1c\x2a")
      .option(60, "AXIS,Network Camera,M1065-L,8.40.1")
      .option(61, std::string("\1\0\0\x5e\0\x53\x99", 7))
      .option(81, std::string("\0\0\0cam.example.net", 18));
  return message;
}

}  // namespace camwarden
