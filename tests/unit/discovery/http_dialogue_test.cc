// What is asked of a web server, and what of its answers is evidence: against scripted servers.

#include "discovery/http_dialogue.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

namespace camwarden {
namespace {

using Server = std::function<std::string(const std::string& path)>;

std::string answer(int status, const std::string& headers, const std::string& body) {
  return fmt::format("HTTP/1.1 {} X\r\n{}Content-Length: {}\r\n\r\n{}", status, headers,
                     body.size(), body);
}

struct Heard {
  std::vector<std::string> paths, shown, known, requests, icons;
  int connections = 0;
};

std::string path_of(const std::string& request) {
  const auto begin = request.find(' ') + 1;
  return request.substr(begin, request.find(' ', begin) - begin);
}

// Talks until the dialogue ends; `piece`: how many octets come at a time.
Heard talk(const Server& server, std::size_t piece = SIZE_MAX, bool closes = false,
           HttpDialogue::Device given = {}, WebPaths paths = {},
           HttpDialogue::Device* kept = nullptr) {
  HttpDialogue::Device& device = kept ? *kept : given;
  Heard heard;
  HttpDialogue dialogue(
      "192.0.2.1", [&](Bytes bytes) { heard.shown.emplace_back(as_text(bytes)); },
      WebFindings{
          .knows = [&](std::string_view path,
                       int status) { heard.known.push_back(fmt::format("{} {}", path, status)); },
          .icon = [&](std::string_view icon) { heard.icons.emplace_back(icon); }},
      device, std::move(paths));
  while (dialogue.unfinished() && heard.connections < 50) {
    ++heard.connections;
    auto turn = dialogue.connected();
    while (turn.kind == Dialogue::Turn::say) {
      heard.paths.push_back(path_of(turn.text));
      heard.requests.push_back(turn.text);
      const auto text = server(heard.paths.back());
      turn = {Dialogue::Turn::wait};
      for (std::size_t at = 0; at < text.size() && turn.kind == Dialogue::Turn::wait;
           at += std::min(piece, text.size())) {
        turn = dialogue.heard(as_bytes(std::string_view(text).substr(at, piece)), false);
      }
      if (closes && turn.kind == Dialogue::Turn::wait) turn = dialogue.heard({}, true);
      if (turn.kind == Dialogue::Turn::wait) turn = dialogue.silence();
    }
  }
  return heard;
}

bool asked(const Heard& heard, const std::string& path) {
  return std::find(heard.paths.begin(), heard.paths.end(), path) != heard.paths.end();
}

constexpr const char* kIsapi = "/ISAPI/System/deviceInfo";
const std::string kPrompt = "WWW-Authenticate: Digest realm=\"IP Camera(C1234)\", nonce=\"1\"\r\n";

TEST(HttpDialogue, APromptIsEvidenceWhereAWrongPathHasNone) {
  const auto heard = talk([](const std::string& path) {
    return path == kIsapi ? answer(401, kPrompt, "")
           : path == "/"  ? answer(200, "", "<html>")
                          : answer(404, "", "no");
  });
  EXPECT_EQ(heard.known, std::vector<std::string>{std::string(kIsapi) + " 401"});
}

constexpr const char* kMagicBox = "/cgi-bin/magicBox.cgi?action=getDeviceType";
constexpr const char* kBasicInfo = "/axis-cgi/basicdeviceinfo.cgi";

TEST(HttpDialogue, AServerThatGuardsItsScriptsIsNobodys) {
  const auto heard = talk([](const std::string& path) {
    return path == "/"                              ? answer(200, "", "<html>")
           : path.find(".cgi") != std::string::npos ? answer(401, kPrompt, "")
                                                    : answer(404, "", "no");
  });
  EXPECT_TRUE(asked(heard, kMagicBox));
  EXPECT_TRUE(asked(heard, "/cgi-bin/camwarden-control-question.cgi?action=getDeviceType"));
  EXPECT_TRUE(heard.known.empty());
}

TEST(HttpDialogue, AServerThatRefusesEveryPostIsNobodys) {
  const auto heard = talk([](const std::string& path) {
    const bool post = path.find("onvif") != std::string::npos || path.ends_with("info.cgi");
    return path == "/" ? answer(200, "Server: axis\r\n", "<html>")
           : post      ? answer(403, "", "no token")
                       : answer(404, "", "no");
  });
  EXPECT_TRUE(asked(heard, kBasicInfo));
  EXPECT_TRUE(heard.known.empty());
}

TEST(HttpDialogue, AServerThatHasHadEnoughIsNobodys) {
  for (const int patience : {3, 4, 5, 6, 7}) {
    int count = 0;
    const auto heard = talk([&](const std::string&) {
      return ++count > patience ? answer(403, "", "blocked") : answer(404, "", "no");
    });
    EXPECT_TRUE(heard.known.empty()) << patience;
  }
}

TEST(HttpDialogue, APassingTroubleIsNoWrongAnswer) {
  const auto heard = talk([](const std::string& path) {
    return path == kControlPath ? answer(503, "", "busy") : answer(200, "", "<html>");
  });
  EXPECT_TRUE(heard.known.empty());
}

TEST(HttpDialogue, ARealmForEachPathIsNone) {
  const auto heard = talk([](const std::string& path) {
    return answer(401, "WWW-Authenticate: Basic realm=\"" + path + "\"\r\n", "");
  });
  EXPECT_TRUE(heard.known.empty());
}

TEST(WrongPath, IsLikeTheRightOneButForTheMakersWord) {
  EXPECT_EQ(wrong_path(kIsapi), "/camwarden-control-question/System/deviceInfo");
  EXPECT_EQ(wrong_path(kMagicBox), "/cgi-bin/camwarden-control-question.cgi?action=getDeviceType");
  EXPECT_EQ(wrong_path("/api.cgi"), "/camwarden-control-question.cgi");
  EXPECT_EQ(wrong_path("/x"), kControlPath);
}

TEST(HttpDialogue, APromptForEveryPathIsNone) {
  const auto heard = talk([](const std::string&) { return answer(401, kPrompt, "who are you"); });
  EXPECT_TRUE(heard.known.empty());
}

TEST(HttpDialogue, APageForEveryPathIsNone) {
  const auto heard = talk([](const std::string& path) {
    return answer(200, "Content-Type: text/html\r\n", "<html>app " + path);
  });
  EXPECT_TRUE(heard.known.empty());
  EXPECT_EQ(heard.shown.size(), 1U);  // its page
}

TEST(HttpDialogue, ARedirectForEveryPathIsNone) {
  const auto heard = talk([](const std::string& path) {
    return answer(302, "Location: /login?from=" + path + "\r\n", "");
  });
  EXPECT_TRUE(heard.known.empty());
}

TEST(HttpDialogue, AsksPageAndControlFirst) {
  const auto heard = talk([](const std::string&) { return answer(404, "", ""); });
  ASSERT_GE(heard.paths.size(), 2U);
  EXPECT_EQ(heard.paths[0], "/");
  EXPECT_EQ(heard.paths[1], kControlPath);
}

TEST(HttpDialogue, AskWhatThePageSuggestsAndNotOtherMakers) {
  const auto heard = talk([](const std::string& path) {
    return path == "/" ? answer(200, "Server: DNVRS-Webs\r\n", "<html>") : answer(404, "", "no");
  });
  EXPECT_TRUE(asked(heard, kIsapi));
  EXPECT_FALSE(asked(heard, "/cgi-bin/magicBox.cgi?action=getDeviceType"));
}

TEST(HttpDialogue, WhoeverIsNamedIsNotAskedOnSuspicion) {
  const Server server = [](const std::string&) { return answer(404, "", "no"); };
  EXPECT_TRUE(asked(talk(server), kIsapi));
  const auto heard = talk(server, SIZE_MAX, false, {.named = true});
  EXPECT_FALSE(asked(heard, kIsapi));
  EXPECT_TRUE(asked(heard, "/onvif/device_service"));
}

TEST(HttpDialogue, ASuspicionIsAClue) {
  const Server silent = [](const std::string&) { return answer(404, "", "no"); };
  const auto heard = talk(silent, SIZE_MAX, false, {.suspected = "dahua "});
  EXPECT_TRUE(asked(heard, "/cgi-bin/magicBox.cgi?action=getDeviceType"));
  EXPECT_TRUE(asked(heard, "/onvif/device_service"));
  EXPECT_FALSE(asked(heard, kIsapi));
}

// Port 443 of what port 80 is of.
TEST(HttpDialogue, AServerThatIsAskedAtAnotherPortIsNotAskedTwice) {
  const Server server = [](const std::string& path) {
    return path == "/" ? answer(200, "", "<title>WEB SERVICE</title>") : answer(404, "", "no");
  };
  HttpDialogue::Device device{.asked_in_depth = true};
  const std::vector<std::string> page{"/"};
  EXPECT_NE(talk(server, SIZE_MAX, false, device).paths, page);
  device.page.status = 200;
  device.page.body = "<title>WEB SERVICE</title>";
  device.page.size = device.page.body.size();
  EXPECT_EQ(talk(server, SIZE_MAX, false, device).paths, page);
  // An empty page is anybody's.
  const Server empty = [](const std::string&) { return answer(200, "", ""); };
  device.page.body.clear();
  device.page.size = 0;
  EXPECT_TRUE(asked(talk(empty, SIZE_MAX, false, device), std::string(kControlPath)));
}

// Port 80 answers everything with one page, and 443 is the same: neither is who is asked in depth.
TEST(HttpDialogue, OnePageForEverythingTakesNobodysPlace) {
  const Server one_page = [](const std::string&) { return answer(200, "", "<html>app</html>"); };
  const Server honest = [](const std::string&) { return answer(404, "", "no"); };
  HttpDialogue::Device device;
  (void)talk(one_page, SIZE_MAX, false, {}, {}, &device);
  (void)talk(one_page, SIZE_MAX, false, {}, {}, &device);
  EXPECT_TRUE(asked(talk(honest, SIZE_MAX, false, {}, {}, &device), kIsapi));
}

TEST(HttpDialogue, AStrangePortTakesNoOthersPlace) {
  const Server server = [](const std::string&) { return answer(404, "", "no"); };
  HttpDialogue::Device device;
  const auto strange = talk(server, SIZE_MAX, false, {}, {.strange_port = true}, &device);
  EXPECT_FALSE(asked(strange, kIsapi));
  EXPECT_TRUE(asked(talk(server, SIZE_MAX, false, {}, {}, &device), kIsapi));
}

TEST(HttpDialogue, OnvifIsAskedAtTheUsualPathWhereItIsNotAtTheOneTold) {
  const Server server = [](const std::string& path) {
    return path == "/onvif/device_service"
               ? answer(200, "", "<x xmlns='http://www.onvif.org/ver10/'/>")
               : answer(404, "", "no");
  };
  const auto heard = talk(server, SIZE_MAX, false, {}, {.service = "/onvif/nothing"});
  EXPECT_EQ(std::count(heard.paths.begin(), heard.paths.end(), "/onvif/nothing"), 1);
  EXPECT_EQ(std::count(heard.paths.begin(), heard.paths.end(), "/onvif/device_service"), 3);
}

TEST(HttpDialogue, OnvifIsAskedWhereTheDeviceSaysThatItIs) {
  const Server server = [](const std::string& path) {
    return path == "/onvif/services" ? answer(200, "", "<x xmlns='http://www.onvif.org/ver10/'/>")
                                     : answer(404, "", "no");
  };
  const auto heard = talk(server, SIZE_MAX, false, {}, {.service = "/onvif/services"});
  EXPECT_EQ(std::count(heard.paths.begin(), heard.paths.end(), "/onvif/services"), 3);
  EXPECT_FALSE(asked(heard, "/onvif/device_service"));
}

TEST(HttpDialogue, NeverMoreThanItsShare) {
  const auto heard = talk([](const std::string& path) {
    return answer(200, "", path + std::string(path.size() * 100, 'x'));
  });
  EXPECT_LE(heard.paths.size(), HttpDialogue::kMaxQuestions + 3);
}

TEST(HttpDialogue, NoRequestIsLongOrCarriesACredential) {
  const auto heard = talk([](const std::string&) {
    return answer(200, "Server: hikvision dahua axis reolink foscam d-link\r\n",
                  "bosch vivotek huawei milesight");
  });
  for (const auto& request : heard.requests) {
    EXPECT_LT(request.size(), 512U);
    EXPECT_EQ(request.find("Authorization"), std::string::npos);
    EXPECT_TRUE(request.starts_with("GET ") || request.starts_with("POST ")) << request;
  }
}

TEST(HttpDialogue, PiecesMakeNoDifference) {
  const Server server = [](const std::string& path) {
    return path == kIsapi ? answer(401, kPrompt, "") : answer(404, "", "not here");
  };
  const auto whole = talk(server), pieces = talk(server, 1);
  EXPECT_EQ(whole.paths, pieces.paths);
  EXPECT_EQ(whole.shown, pieces.shown);
}

TEST(HttpDialogue, GoesOnWhereTheServerClosesAfterEachAnswer) {
  const auto heard = talk(
      [](const std::string& path) {
        return "HTTP/1.0 " + std::string(path == kIsapi ? "401 X\r\n" + kPrompt : "404 X\r\n") +
               "\r\nbody";
      },
      SIZE_MAX, true);
  EXPECT_GT(heard.connections, 3);
  EXPECT_EQ(heard.known.size(), 1U);
}

TEST(HttpDialogue, AServerThatSaysNothingIsAskedOnce) {
  const auto heard = talk([](const std::string&) { return std::string(); });
  EXPECT_EQ(heard.paths.size(), 1U);
}

TEST(HttpDialogue, EndlessHeadersEnd) {
  const auto heard = talk(
      [](const std::string&) {
        std::string text = "HTTP/1.1 200 OK\r\n";
        while (text.size() < 3 * Dialogue::kMaxAnswer) text += "X-Header: again and again\r\n";
        return text;
      },
      1000);
  EXPECT_LE(heard.paths.size(), HttpDialogue::kMaxQuestions + 3);
  for (const auto& shown : heard.shown) EXPECT_LE(shown.size(), Dialogue::kMaxAnswer);
}

TEST(HttpDialogue, AnAnswerWithoutAnEndIsTheLastOfItsServer) {
  const auto heard = talk([](const std::string&) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" +
           std::string(3 * Dialogue::kMaxAnswer, 'x');
  });
  EXPECT_EQ(heard.paths.size(), 1U);
  EXPECT_EQ(heard.connections, 1);
}

TEST(HttpDialogue, OnePageForEverythingIsNotAskedForAgainAndAgain) {
  const auto heard = talk([](const std::string&) {
    return answer(200, "Content-Type: text/html\r\n", std::string(30'000, 'x'));
  });
  EXPECT_LE(heard.paths.size(), 3U);  // with ONVIF's
}

TEST(HttpDialogue, SomethingElseThanHttpIsShownAndLeftAlone) {
  const auto heard = talk([](const std::string&) { return std::string("SSH-2.0-dropbear\r\n"); });
  EXPECT_EQ(heard.paths.size(), 1U);
  EXPECT_EQ(heard.shown, std::vector<std::string>{"SSH-2.0-dropbear\r\n"});
}

TEST(HttpDialogue, FollowsARedirectOnTheSameServerOnly) {
  const auto own = talk([](const std::string& path) {
    return path == "/" ? answer(302, "Location: /doc/page/login.asp\r\n", "") : answer(404, "", "");
  });
  EXPECT_TRUE(asked(own, "/doc/page/login.asp"));
  const auto other = talk([](const std::string& path) {
    return path == "/" ? answer(302, "Location: http://198.51.100.1/login\r\n", "")
                       : answer(404, "", "");
  });
  EXPECT_FALSE(asked(other, "/login"));
}

TEST(HttpDialogue, FindsTheIconOfAPageForPeople) {
  const std::string icon("\0\0\1\0icon", 8);
  const auto heard = talk([&](const std::string& path) {
    if (path == "/") return answer(200, "Content-Type: text/html\r\n", "<html>");
    return path == "/favicon.ico" ? answer(200, "Content-Type: image/x-icon\r\n", icon)
                                  : answer(404, "", "");
  });
  EXPECT_EQ(heard.icons, std::vector<std::string>{icon});
}

TEST(HttpDialogue, AsksOnOnlyAnOnvifDeviceAndNotAfterARefusal) {
  const auto onvif = [](int status) {
    return [status](const std::string& path) {
      if (path != "/onvif/device_service") return answer(404, "", "");
      return answer(status, "Content-Type: application/soap+xml\r\n",
                    "<Envelope xmlns=\"http://www.onvif.org/ver10/\">");
    };
  };
  const auto count = [](const Heard& heard) {
    return std::count(heard.paths.begin(), heard.paths.end(), "/onvif/device_service");
  };
  EXPECT_EQ(count(talk(onvif(200))), 3);
  EXPECT_EQ(count(talk(onvif(401))), 1);
  EXPECT_EQ(count(talk([](const std::string&) { return answer(404, "", ""); })), 1);
}

}  // namespace
}  // namespace camwarden
