#pragma once
// What a device can put into any string that we pass on.

#include <string>
#include <vector>

namespace camwarden::testing {

inline std::vector<std::string> hostile_strings() {
  using namespace std::string_literals;
  return {"\x1b[31mred\x1b]0;title\x07",
          "two\r\nlines",
          "a|b",
          "a=b",
          "a]b",
          "a\"b",
          "a\\b\\",
          "\\\" \\] \\\\",
          "\xff\xfe bad \xc3",
          "\xe2\x80\xae"
          "desrever",
          "\xc2\x9b"
          "C1 control",
          "=cmd|' /C calc'!A0",
          "x\"] [event@32473 rule_id=\"other\"][y z=\"",
          " src=198.51.100.66 cs1=other ",
          "CEF:0|x|y|z|1|n|10|a=b",
          "\n<13>1 - - - - - - forged",
          "17 <13>1 - - - - - - forged",
          "NUL\0inside"s,
          "</script><script>alert(1)</script>",
          "{\"id\":\"other\"}",
          "Z\xc3\xbcrich \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x93\xb7",
          "\xef\xbb\xbf"
          "BOM",
          std::string(1024, 'A'),
          std::string(1024, '\\'),
          std::string(1024, '\x01')};
}

}  // namespace camwarden::testing
