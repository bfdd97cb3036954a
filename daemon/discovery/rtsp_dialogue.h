#pragma once
// RtspDialogue: OPTIONS and DESCRIBE of "/" (RFC 2326 sections 10.1, 10.2), and nothing else: no
// maker's path, no SETUP, never an Authorization. GreetingDialogue: waits whether a server speaks
// first, as some makers' do; then goes on with another dialogue, if it has one.
//
// Thread: its owner's.

#include "discovery/dialogue.h"

namespace camwarden {

class RtspDialogue final : public Dialogue {
 public:
  RtspDialogue(std::string host, Ear ear) : host_(std::move(host)), ear_(std::move(ear)) {}

  Turn connected() override;
  Turn heard(Bytes bytes, bool closed) override;
  Turn silence() override;
  bool unfinished() const override { return !finished_; }

 private:
  Turn ask() const;
  Turn answered(bool closed);
  Turn give_up();

  std::string host_;
  Ear ear_;
  std::string buffer_;
  int asked_ = 0, connections_ = 0;
  bool finished_ = false;
};

class GreetingDialogue final : public Dialogue {
 public:
  GreetingDialogue(Ear ear, std::unique_ptr<Dialogue> then)
      : ear_(std::move(ear)), then_(std::move(then)) {}

  Turn connected() override;
  Turn heard(Bytes bytes, bool closed) override;
  Turn silence() override;
  Duration patience() const override;
  bool unfinished() const override { return speaking_ && then_->unfinished(); }

 private:
  Ear ear_;
  std::unique_ptr<Dialogue> then_;  // null: only listen
  std::string buffer_;
  bool speaking_ = false;
};

}  // namespace camwarden
