#pragma once
// Config: everything an operator can set, read strictly and whole. Immutable once read; SIGHUP reads
// another. The defaults are the initialisers of these structs and of the Options they hold; nowhere
// else. config/camwarden.yml shows each of them, and tests/unit/app compares the two.

#include <memory>
#include <string>
#include <vector>

#include "app/active_options.h"
#include "base/diagnostics.h"
#include "base/log.h"
#include "discovery/ports.h"
#include "fingerprint/knowledge_base.h"
#include "inventory/inventory.h"
#include "observation/novelty.h"
#include "packet/decode.h"
#include "packet/flow.h"
#include "packet/source.h"
#include "policy/policy.h"
#include "sinks/outbox.h"
#include "sinks/sink.h"

namespace camwarden {

struct Config {
  std::string sensor;  // name in alerts; empty: the host name
  std::string database = "/var/lib/camwarden/camwarden.db";
  std::string fingerprints;  // directory; empty: where the package put them
  std::string oui_registry;  // file of who registered MAC address blocks; empty: see camwarden.yml
  std::string user;          // to become after the rings are open when started as root; empty: stay
  Log::Level log_level = Log::Level::info;

  // Addresses that can be a device of this site. Other addresses, behind a router, are the
  // internet's and are not kept. The prefixes of segments count as home without being named here.
  std::vector<Prefix> home = default_home();

  std::vector<std::string> interfaces;
  Source::LiveOptions capture;  // the same for all interfaces; its own name is unused
  std::vector<int> cpus;        // of workers, in turn; empty: wherever the scheduler puts them

  Decoder::Options decode;
  FlowTable::Options flows;
  Novelty::Options novelty;
  Inventory::Options inventory;
  std::size_t queue_entries = 16'384;                // observations between a worker and the core
  Duration flush_interval = std::chrono::seconds(10);  // how late a mere last_seen may be on disk
  Duration drain_time = std::chrono::seconds(5);       // SIGTERM waits so long for sinks

  ActiveOptions active;  // whether and how devices are asked

  PolicyOptions policy;
  std::vector<SinkOptions> sinks;
  Outbox::Options outbox;

  static std::vector<Prefix> default_home();  // RFC 1918, 4193, 3927, 4291 link-local, 6598
  bool operator==(const Config&) const = default;
};

// A configuration with the knowledge that it was checked against. Shared as a whole, never changed.
struct Setup {
  Config config;
  std::shared_ptr<const KnowledgeBase> knowledge;
  std::vector<LawPack> law_packs;
  AskingData asking;  // the ports that are asked
  std::vector<std::string> warnings;  // legal, but probably not meant
};

// Reads the file (empty path: all defaults), the fingerprints and the law packs that it points at.
// Nothing when diagnostics has gained an error. `interfaces`, where given, replaces the file's.
std::shared_ptr<const Setup> load_setup(const std::string& path,
                                        const std::vector<std::string>& interfaces,
                                        const Vocabulary& vocabulary, Diagnostics& diagnostics);

// The same for `camwarden check`: with every example of the fingerprints run and the lints, whose
// warnings go to `warnings`. `fingerprints`, where given, replaces the file's directory.
std::shared_ptr<const Setup> check_setup(const std::string& path, const std::string& fingerprints,
                                         const Vocabulary& vocabulary, Diagnostics& diagnostics,
                                         Diagnostics& warnings);

// Dotted names of every key that the reader accepts, for the comparison with camwarden.yml.
std::vector<std::string> config_keys();

// The directory of the fingerprints: $CAMWARDEN_FINGERPRINTS, the installed one, or the source
// tree's that this program was built from.
std::string default_fingerprints();

}  // namespace camwarden
