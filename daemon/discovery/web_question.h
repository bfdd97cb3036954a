#pragma once
// WebQuestion: one request to an HTTP server that makes it tell who made it, as one entry of a
// table. web_questions.cc is the list.
//
// Every question is a plain GET, or one of the two POSTs that read and need no password (fact sheet
// on discovery protocols, sections 40.1 and 42). None carries a credential, all are shorter than
// 512 octets, and none is one that an attacker would ask.
//
// Thread: any; constants.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace camwarden {

// What is known of a server before a maker's own question is put to it.
struct WebClues {
  std::string text;    // lower case: server, realm, where it redirects to, start of its page
  bool onvif = false;  // it answered an ONVIF call
  bool named = false;  // its maker's own discovery named it: no question is put on suspicion
  bool icon = false;   // its page or its answers are a web server's for people
};

struct WebQuestion {
  std::string_view name;  // unique
  std::string_view path;
  std::string_view type = {}, body = {};  // of a POST; empty: a GET
  // How likely it is to be this maker's server; 0: do not ask, 1: where nothing is known.
  int (*worth)(const WebClues&) = nullptr;
  std::string_view reader;  // protocol that reads the answer's body; "http" where it is the head
  std::string_view source;
};

std::span<const WebQuestion> web_questions();

// Where ONVIF's device service usually is (fact sheet on discovery protocols, section 3).
inline constexpr std::string_view kOnvifPath = "/onvif/device_service";

// A path that no server has; short, lower case, and honest about who asks.
inline constexpr std::string_view kControlPath = "/camwarden-control-question";

// One that is like it, kind of file, query and script folder included, and that no server has.
std::string wrong_path(std::string_view path);

std::string web_request(std::string_view host, std::string_view path, std::string_view type = {},
                        std::string_view body = {});

}  // namespace camwarden
