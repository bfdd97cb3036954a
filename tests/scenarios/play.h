#pragma once
// World: the daemon under a story. Play is its policy side alone: it keeps the devices as an
// inventory would, the database on disk, and does for every step what the engine does: judge, let
// time pass, commit. What is heard on a wire goes to an engine: see site.h.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/database.h"
#include "policy/alerter.h"
#include "story.h"

namespace camwarden {

struct Knowledge {
  std::shared_ptr<KnowledgeBase> base;
  std::vector<LawPack> packs;
};

class World {
 public:
  virtual ~World() = default;
  virtual void set_policy(const PolicyOptions& options) = 0;
  virtual std::vector<Alert> play(const Step& step) = 0;
  // As if the daemon had been stopped and started: only the database is left.
  virtual void restart() = 0;
  // The name of a device in the story.
  virtual std::string name_of(const std::string& id) const = 0;
  virtual std::vector<Device> devices() const = 0;
};

class Play final : public World {
 public:
  // `directory` is for the database.
  Play(const Knowledge& knowledge, std::string directory);

  void set_policy(const PolicyOptions& options) override;
  std::vector<Alert> play(const Step& step) override;
  void restart() override;
  std::string name_of(const std::string& id) const override;
  std::vector<Device> devices() const override;

 private:
  Device& device(const std::string& name) { return devices_[name]; }
  void dress(Device& device, const Looks& looks, Time at);
  void place(Device& device, const Whereabouts& where, Time at);
  std::vector<Alert> happen(const Step& step);
  std::vector<Alert> judge_all(Time at);
  std::vector<Alert> become(const Step& step);

  const Knowledge* knowledge_;
  std::string path_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Alerter> alerter_;
  std::unique_ptr<Policy> policy_;
  std::map<std::string, Device> devices_;  // by name in the story
};

}  // namespace camwarden
