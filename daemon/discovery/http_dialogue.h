#pragma once
// HttpDialogue: asks a web server who made it. First its page, then a path that cannot exist; from
// there on an answer to a maker's question is evidence only if it differs from the answer to that.
// Then the list's questions, those first for which the page gave a clue.
//
// That a server knows a maker's path counts only if the next question, alike in method and form but
// for a path that cannot exist, is met differently: servers that guard every script, refuse every
// POST, or have had enough of questions say nothing by it.
//
// One port of a device is asked in depth; others for their page, and where it is another one, for
// the control path and ONVIF.
//
// Thread: its owner's.

#include <vector>

#include "discovery/dialogue.h"
#include "discovery/http_answer.h"
#include "discovery/web_question.h"

namespace camwarden {

// Where a device said that more of it is; "": nowhere.
struct WebPaths {
  std::string description = {};  // of UPnP
  std::string service = {};      // of ONVIF
  bool strange_port = false;     // nothing but that answer says that the port is a web server's
  bool operator==(const WebPaths&) const = default;
};

class HttpDialogue final : public Dialogue {
 public:
  static constexpr std::size_t kMaxQuestions = 12;

  // What the dialogues with all ports of a device share.
  struct Device {
    bool asked_in_depth = false;
    int kept_none = 0;  // connections that ended behind one answer, which was not said before
    HttpAnswer page = {}, control = {};  // of the port that is
    bool named = false;                  // by its maker's own discovery
    std::string suspected = {};  // makers, lower case: as good a clue as their words on a page
  };

  HttpDialogue(std::string host, Ear ear, WebFindings findings, Device& device,
               WebPaths paths = {});

  Turn connected() override;
  Turn heard(Bytes bytes, bool closed) override;
  Turn silence() override;
  bool unfinished() const override { return !finished_; }

 private:
  enum class Stage : std::uint8_t { page, control, path, list, confirm };
  Turn ask();
  Turn give_up();
  bool choose();
  const WebQuestion* worthiest() const;
  void judge(const HttpAnswer& answer);
  void judge_page(const HttpAnswer& answer);
  void judge_listed(const HttpAnswer& answer);
  void judge_other(const HttpAnswer& answer);
  void judge_confirmation(const HttpAnswer& answer);
  void follow(const HttpAnswer& answer);
  void show() const;

  std::string host_;
  Ear ear_;
  WebFindings findings_;
  Device& device_;
  bool deep_ = false, finished_ = false;
  bool strange_port_ = false;  // takes no other port's place
  bool known_server_ = false;  // is asked in depth at another port
  int reconnects_ = 0;
  int answers_ = 0;  // on this connection

  Stage stage_ = Stage::page;
  std::string request_;  // that waits for its answer; ""
  std::string path_;
  const WebQuestion* question_ = nullptr;
  HttpAnswer suspect_;  // to `question_`, until it is confirmed
  std::vector<const WebQuestion*> asked_;
  std::vector<std::string> paths_;
  std::string service_;
  std::string buffer_;
  HttpAnswer page_, control_;
  WebClues clues_;
  bool refused_ = false;  // an ONVIF call wanted a password
};

}  // namespace camwarden
