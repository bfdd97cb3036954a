#pragma once
// Site: the daemon's whole right half under a story of the wire. What is heard goes through the
// engine's inventory and the shipped fingerprints, so a story can tell whose each fact must be.
// Devices are called by their ids.

#include <memory>
#include <string>
#include <vector>

#include "app/engine.h"
#include "play.h"

namespace camwarden {

class Site final : public World {
 public:
  // `directory` is for the database. `knowledge` and `vocabulary` outlive the site.
  Site(const Knowledge& knowledge, const Vocabulary& vocabulary, std::string directory);

  void set_policy(const PolicyOptions& options) override;
  std::vector<Alert> play(const Step& step) override;
  void restart() override;
  std::string name_of(const std::string& id) const override { return id; }
  std::vector<Device> devices() const override { return engine_->inventory().devices(); }

 private:
  void hear(const Remark& heard, Time at);
  void say(const Subject& who, std::string_view field, const std::string& value,
           std::string_view protocol, Time at);

  const Knowledge* knowledge_;
  const Vocabulary* vocabulary_;
  std::string path_;
  std::shared_ptr<const Setup> setup_;
  std::unique_ptr<Engine> engine_;
  std::uint64_t packet_ = 0;
};

}  // namespace camwarden
