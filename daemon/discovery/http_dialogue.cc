#include "discovery/http_dialogue.h"

#include <algorithm>

#include "base/text.h"
#include "protocols/favicon.h"

namespace camwarden {
namespace {

constexpr int kMaxReconnects = 16;
constexpr int kKeepsNone =
    2;  // connections that ended behind one answer, which was not said before

// A password prompt or an answer; not "not found", and not the server's own trouble.
bool tells(int status) { return status == 200 || status == 401 || status == 403; }

// "Come back later" and the like says nothing of what was asked for.
bool passing(int status) {
  return status == 408 || status == 429 || status == 500 || (status >= 502 && status <= 504);
}

bool to_https(const HttpAnswer& answer) {
  return answer.status / 100 == 3 && istarts_with(answer.location, "https://");
}

std::string clue_text(const HttpAnswer& answer) {
  constexpr std::size_t kPage = 4096;
  return to_lower(answer.server + "\n" + answer.realm + "\n" + answer.location + "\n" +
                  answer.body.substr(0, kPage));
}

}  // namespace

HttpDialogue::HttpDialogue(std::string host, Ear ear, WebFindings findings, Device& device,
                           WebPaths paths)
    : host_(std::move(host)),
      ear_(std::move(ear)),
      findings_(std::move(findings)),
      device_(device),
      strange_port_(paths.strange_port),
      service_(std::move(paths.service)) {
  if (!paths.description.empty()) paths_.push_back(std::move(paths.description));
}

Dialogue::Turn HttpDialogue::connected() {
  buffer_.clear();
  answers_ = 0;
  if (request_.empty() && !choose()) return give_up();
  return ask();
}

Dialogue::Turn HttpDialogue::ask() { return {Turn::say, request_}; }

Dialogue::Turn HttpDialogue::give_up() {
  finished_ = true;
  return {Turn::hang_up};
}

Dialogue::Turn HttpDialogue::silence() {
  if (!buffer_.empty()) show();  // an answer without an end is one all the same
  return give_up();
}

Dialogue::Turn HttpDialogue::heard(Bytes bytes, bool closed) {
  const auto room = kMaxAnswer - std::min(kMaxAnswer, buffer_.size());
  buffer_ += as_text(bytes).substr(0, room);
  const bool endless = !closed && buffer_.size() >= kMaxAnswer;
  closed = closed || endless;
  if (buffer_.empty() && closed) {
    // A server may end a connection that it was said to keep; one that never answers is let alone.
    if (answers_ == 0) return give_up();
    device_.kept_none += answers_ == 1;
    return ++reconnects_ > kMaxReconnects ? give_up() : Turn{Turn::hang_up};
  }
  HttpAnswer answer;
  switch (HttpAnswer::read(buffer_, closed, answer)) {
    case HttpAnswer::partial:
      if (!closed) return {Turn::wait};
      [[fallthrough]];
    case HttpAnswer::foreign:
      show();
      return give_up();
    case HttpAnswer::whole:
      break;
  }
  judge(answer);
  // One that is longer than any that is looked for costs its server more than it tells.
  if (endless) return give_up();
  buffer_.clear();
  request_.clear();
  ++answers_;
  if (!choose()) return give_up();
  if (!answer.closes && device_.kept_none < kKeepsNone) return ask();
  return ++reconnects_ > kMaxReconnects ? give_up() : Turn{Turn::hang_up};
}

// Sets the next request; false when there is none.
bool HttpDialogue::choose() {
  if (stage_ == Stage::confirm) {
    path_ = wrong_path(question_->path);
    request_ = web_request(host_, path_, question_->type, question_->body);
    return true;
  }
  question_ = nullptr;
  if (stage_ == Stage::page) {
    path_ = "/";
  } else if (stage_ == Stage::control && !known_server_) {
    path_ = kControlPath;
  } else if (!paths_.empty()) {
    stage_ = Stage::path;
    path_ = paths_.back();
    paths_.pop_back();
  } else if (known_server_ && service_.empty()) {
    return false;
  } else {
    stage_ = Stage::list;
    clues_.named = device_.named;
    question_ = worthiest();
    if (question_ == nullptr) return false;
    asked_.push_back(question_);
    path_ = question_->reader == "onvif" && !service_.empty() ? service_ : question_->path;
  }
  request_ = question_ ? web_request(host_, path_, question_->type, question_->body)
                       : web_request(host_, path_);
  return true;
}

const WebQuestion* HttpDialogue::worthiest() const {
  if (asked_.size() >= kMaxQuestions) return nullptr;
  const WebQuestion* best = nullptr;
  int most = 0;
  for (const auto& one : web_questions()) {
    const bool of_onvif = one.reader == "onvif";
    if (std::find(asked_.begin(), asked_.end(), &one) != asked_.end()) continue;
    if ((!deep_ && !of_onvif) || (of_onvif && refused_)) continue;
    const int worth = one.worth(clues_);
    if (worth > most) {
      most = worth;
      best = &one;
    }
  }
  return best;
}

void HttpDialogue::judge(const HttpAnswer& answer) {
  switch (stage_) {
    case Stage::page:
      return judge_page(answer);
    case Stage::control:
      control_ = answer;
      // Whatever it is met with, a prompt's realm is the server's own.
      if (!answer.realm.empty()) show();
      stage_ = Stage::list;
      // A server that answers everything with one page tells nothing by another.
      if (answer.status == 200 && answer.same_as(page_) && deep_)
        deep_ = device_.asked_in_depth = false;
      if (deep_) device_.page = page_, device_.control = answer;
      return;
    case Stage::path:
      if (!answer.same_as(control_)) show();
      return;
    case Stage::list:
      return judge_listed(answer);
    case Stage::confirm:
      return judge_confirmation(answer);
  }
}

void HttpDialogue::judge_page(const HttpAnswer& answer) {
  show();
  page_ = answer;
  clues_.text = clue_text(answer) + ' ' + device_.suspected;
  clues_.icon = answer.status == 200 && ifind(answer.type, "html") != std::string_view::npos;
  known_server_ = answer.same_page_as(device_.page);
  if (known_server_) control_ = device_.control;
  if (!known_server_ && !strange_port_ && !device_.asked_in_depth && !to_https(answer))
    deep_ = device_.asked_in_depth = true;
  follow(answer);
  stage_ = Stage::control;
}

// To a page of the same server, once: what it redirects to is its real page.
void HttpDialogue::follow(const HttpAnswer& answer) {
  if (answer.status / 100 != 3) return;
  const auto own = "http://" + host_ + "/";
  std::string path;
  if (answer.location.starts_with('/') && !answer.location.starts_with("//"))
    path = answer.location;
  if (answer.location.starts_with(own)) path = answer.location.substr(own.size() - 1);
  constexpr std::size_t kLongest = 200;
  if (path.size() > 1 && path.size() <= kLongest && printable(path) == path &&
      path.find(' ') == std::string::npos) {
    paths_.push_back(path);
  }
}

void HttpDialogue::judge_listed(const HttpAnswer& answer) {
  const bool told = question_->reader == "onvif" && !service_.empty();
  if (!answer.same_as(control_)) judge_other(answer);
  // Not there after all: then once more at the usual path.
  if (!told || clues_.onvif || refused_) return;
  service_.clear();
  asked_.pop_back();
}

// One that a path that cannot exist does not get.
void HttpDialogue::judge_other(const HttpAnswer& answer) {
  show();
  if (question_->name == "icon") {
    if (answer.status == 200 && is_icon(answer.type, answer.body)) findings_.icon(answer.body);
    return;
  }
  if (question_->reader == "onvif") {
    clues_.onvif |= answer.body.find("onvif.org") != std::string::npos;
    refused_ |= answer.status == 401;
    return;
  }
  const bool differs = answer.status != control_.status || answer.realm != control_.realm;
  if (!differs || !tells(answer.status)) return;
  suspect_ = answer;
  stage_ = Stage::confirm;
}

// A realm of its own for each path is none for this one.
void HttpDialogue::judge_confirmation(const HttpAnswer& answer) {
  stage_ = Stage::list;
  if (passing(answer.status)) return;
  const bool own_realm = answer.realm != suspect_.realm && answer.realm == control_.realm;
  if (answer.status != suspect_.status || own_realm)
    findings_.knows(question_->path, suspect_.status);
}

void HttpDialogue::show() const { ear_(as_bytes(buffer_)); }

}  // namespace camwarden
