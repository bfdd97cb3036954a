#include "site.h"

#include <utility>

#include "base/check.h"

namespace camwarden {
namespace {

void append(std::vector<Alert>& all, Result<std::vector<Alert>> more) {
  CHECK(more.ok());
  std::move(more->begin(), more->end(), std::back_inserter(all));
}

}  // namespace

Site::Site(const Knowledge& knowledge, const Vocabulary& vocabulary, std::string directory)
    : knowledge_(&knowledge),
      vocabulary_(&vocabulary),
      path_(std::move(directory) + "/story.db"),
      setup_(std::make_shared<Setup>()) {}

void Site::set_policy(const PolicyOptions& options) {
  auto setup = std::make_shared<Setup>();
  setup->config.sensor = "sensor-1";
  setup->config.interfaces = {"capture"};
  setup->config.policy = options;
  setup->knowledge = knowledge_->base;
  setup->law_packs = knowledge_->packs;
  setup_ = std::move(setup);
  engine_ ? void(CHECK(engine_->reconfigure(setup_).ok())) : restart();
}

void Site::restart() {
  engine_.reset();
  auto database = Database::open(path_, Database::Mode::read_write);
  CHECK(database.ok());
  auto engine = Engine::open(database.take(), setup_, *vocabulary_, Origin{});
  CHECK(engine.ok());
  engine_ = engine.take();
}

std::vector<Alert> Site::play(const Step& step) {
  if (step.what == Step::What::restart) restart();
  for (const auto& heard : step.hears) hear(heard, step.at);
  std::vector<Alert> alerts;
  append(alerts, engine_->flush(step.at));
  append(alerts, engine_->tick(step.at));
  return alerts;
}

// Of every frame the worker notes whose MAC it carries; ARP names the MAC in its payload too.
void Site::hear(const Remark& heard, Time at) {
  ++packet_;
  const auto& who = heard.who;
  const auto mac = who.mac.to_string();
  if (who.mac_origin == MacOrigin::frame) say(who, kMacField.name, mac, "ethernet", at);
  if (heard.arp) {
    Subject frame = who;
    frame.mac_origin = MacOrigin::frame;
    frame.ip = IpAddress();
    frame.bound = false;
    say(frame, kMacField.name, mac, "ethernet", at);
    say(who, kMacField.name, mac, "arp", at);
    say(who, "arp.announce", who.ip.to_string(), "arp", at);
  }
  for (const auto& [field, value] : heard.says)
    say(who, field, value, std::string_view(field).substr(0, field.find('.')), at);
}

void Site::say(const Subject& who, std::string_view field, const std::string& value,
               std::string_view protocol, Time at) {
  const auto* known = vocabulary_->find(field);
  CHECK(known != nullptr);
  engine_->observe({who, known, value, {at, packet_, protocol, false}});
}

}  // namespace camwarden
