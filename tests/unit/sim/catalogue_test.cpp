// The catalogue of rare events, drawn and played without pictures: every file that names its entry.
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "engine/core/parallel.h"
#include "engine/core/paths.h"
#include "engine/scenario/draw.h"
#include "engine/scenario/site_search.h"
#include "engine/sim/simulate.h"
#include "engine/sim/simulation.h"

namespace oddroad::sim {
namespace {

namespace fs = std::filesystem;

const std::string kRoot = ODDROAD_SOURCE_DIR;

core::SearchRoots roots() {
  return core::make_search_roots("", "", kRoot);
}

// How many samples of each file; the full suite asks for more, sanitizers see enough in fewer.
std::uint32_t samples() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return 2;
#else
  const char* wanted = std::getenv("ODDROAD_CATALOGUE_SAMPLES");
  return wanted == nullptr ? 16 : static_cast<std::uint32_t>(std::atoi(wanted));
#endif
}

std::vector<std::string> catalogue() {
  std::vector<std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot + "/scenarios")) {
    const std::string folder = entry.path().parent_path().filename().string();
    if (entry.path().extension() != ".yaml") continue;
    static const std::set<std::string> kOthers = {"rigs", "maps", "props", "parts", "gallery"};
    if (kOthers.contains(folder)) continue;
    const auto scenario = scenario::load_scenario(entry.path().string(), roots());
    if (!scenario || !scenario->about.entry.empty()) out.push_back(entry.path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

const road::LaneGraph& graph_of(const std::string& map_path) {
  static std::map<std::string, std::pair<road::RoadMap, std::unique_ptr<road::LaneGraph>>> kept;
  auto& [map, graph] = kept[map_path];
  if (!graph) {
    map = *road::load_opendrive(map_path);
    graph = std::make_unique<road::LaneGraph>(map);
  }
  return *graph;
}

struct Stage {
  capture::Ontology ontology = *capture::load_ontology(kRoot + "/assets/ontology.yaml");
  CatalogModels models;
  SimContext context{&ontology, &models, true};
};

// Whether everybody finds a place; what is seen is not looked at.
class PlacementProbe : public scenario::VariantProbe {
 public:
  PlacementProbe(const road::LaneGraph& graph, const SimContext& context)
      : graph_(graph), context_(context) {}
  core::Result<bool> holds(const scenario::Variant&, const scenario::HiddenQuery&) override {
    return true;
  }
  std::optional<core::Diagnostics> placement_problem(const scenario::Variant& variant) override {
    const auto placed = Simulation::place_actors(variant, graph_, context_);
    if (placed) return std::nullopt;
    return placed.error();
  }

 private:
  const road::LaneGraph& graph_;
  const SimContext& context_;
};

// It started, and came to something: no remark says that it cannot be done here. Who sets out at
// a trigger may be late; whoever chooses the moment may not.
bool fired(const world::Timeline& timeline, const std::string& key) {
  const bool may_be_late = !key.ends_with(".meet");
  bool started = false;
  for (const auto& event : timeline.events) {
    started = started || event.what == key + " started";
    if (may_be_late && event.what.starts_with(key + ": late")) continue;
    if (event.what.starts_with(key + ": ")) return false;
  }
  return started;
}

// All that are asked for, or a quarter of the usual ones: playing takes most of the time.
std::uint32_t played() {
  return std::getenv("ODDROAD_CATALOGUE_SAMPLES") == nullptr ? std::max(samples() / 4, 1u)
                                                             : samples();
}

// "pedestrian" of "pedestrian.adult".
std::string kind_of(const std::string& type) {
  return type.substr(0, type.find('.'));
}

// What a run of all samples came to.
struct Tally {
  std::map<std::string, std::set<std::string>> values;  // of each parameter
  std::set<std::string> kinds;                          // of actors
  double attempts = 0;
  std::uint32_t fired = 0;
  std::string missed;  // what did happen where the key did not
};

struct Sample {
  core::Result<scenario::Variant> variant = core::fail("not drawn");
  core::Result<world::Timeline> timeline = core::fail("not played");
};

std::vector<Sample> play(const scenario::Scenario& scenario, const Stage& stage) {
  const road::LaneGraph& graph = graph_of(scenario.map_path);
  const scenario::RoadSiteFinder sites(graph);
  std::vector<Sample> out(samples());
  core::parallel_for(out.size(), [&](std::size_t i) {
    PlacementProbe probe(graph, stage.context);
    out[i].variant = scenario::draw_variant(scenario, scenario.sample.seed,
                                            static_cast<std::uint32_t>(i), sites, &probe);
    if (out[i].variant && i < played())
      out[i].timeline = simulate(*out[i].variant, graph, stage.context);
  });
  return out;
}

void count(const scenario::Scenario& scenario, const Sample& sample, Tally& tally) {
  ASSERT_TRUE(sample.variant) << core::to_string(sample.variant.error());
  const scenario::Variant& variant = *sample.variant;
  tally.attempts += variant.attempt + 1;
  for (const auto& [name, text] : variant.parameters) tally.values[name].insert(text);
  for (const auto& actor : variant.actors) tally.kinds.insert(kind_of(actor.model.type));
  if (variant.index >= played()) return;
  ASSERT_TRUE(sample.timeline) << core::to_string(sample.timeline.error());
  const std::string& key = scenario.about.key;
  if (key.empty() || fired(*sample.timeline, key)) {
    ++tally.fired;
    return;
  }
  tally.missed += "\nsample " + std::to_string(variant.index) + ":";
  for (const auto& event : sample.timeline->events) {
    tally.missed +=
        " [" + std::to_string(1e-9 * static_cast<double>(event.stamp_ns)) + " " + event.what + "]";
  }
}

class Catalogue : public ::testing::TestWithParam<std::string> {};

TEST_P(Catalogue, DrawsPlaysAndDoesWhatItIsThereFor) {
  static Stage stage;
  const auto scenario = scenario::load_scenario(GetParam(), roots());
  ASSERT_TRUE(scenario) << core::to_string(scenario.error());
  EXPECT_TRUE(scenario->warnings.empty()) << core::to_string(scenario->warnings);
  EXPECT_FALSE(scenario->summary.empty());
  EXPECT_FALSE(scenario->about.anchors.empty());
  EXPECT_FALSE(scenario->about.level.empty());
  const bool waits = std::any_of(
      scenario->actors.begin(), scenario->actors.end(), [](const scenario::ActorRule& actor) {
        return std::any_of(actor.actions.begin(), actor.actions.end(), [](const auto& action) {
          return action.when.has_value();
        });
      });
  EXPECT_TRUE(!waits || !scenario->about.key.empty()) << "about: {key: ...} is missing";
  const std::vector<Sample> all = play(*scenario, stage);
  Tally tally;
  for (const Sample& sample : all) count(*scenario, sample, tally);
  if (HasFatalFailure()) return;
  const auto wanted = static_cast<double>(all.size());
  EXPECT_GE(wanted / tally.attempts, 0.1);
  EXPECT_GE(tally.fired, 0.95 * played()) << scenario->about.key << " is missing:" << tally.missed;
  const auto vary = std::count_if(tally.values.begin(), tally.values.end(), [](const auto& one) {
    return one.second.size() > 1;
  });
  if (all.size() >= 16) {  // sanitizers draw fewer, which may all be alike
    EXPECT_GE(tally.kinds.size(), 2u);
    EXPECT_GE(vary, 5);
  }
  RecordProperty("accepted", std::to_string(wanted / tally.attempts));
  RecordProperty("key_fired", std::to_string(tally.fired) + " of " + std::to_string(played()));
}

INSTANTIATE_TEST_SUITE_P(Library, Catalogue, ::testing::ValuesIn(catalogue()), [](const auto& one) {
  const fs::path path(one.param);
  std::string name = path.parent_path().filename().string() + "_" + path.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

// The entries that the library promises.
TEST(CatalogueOfEvents, HasTheEntriesAndFolders) {
  std::set<std::string> entries;
  for (const std::string& file : catalogue()) {
    const auto scenario = scenario::load_scenario(file, roots());
    if (scenario) entries.insert(scenario->about.entry);
  }
  EXPECT_GE(entries.size(), 40u);
  for (const char* entry : {"A1",  "A2",  "A3",  "A6",  "A7",  "A9",  "A14", "A16", "A18", "A20",
                            "B25", "B26", "B27", "B28", "B31", "B38", "C39", "C40", "C44", "C45",
                            "D47", "D49", "D50", "D53", "E59", "E60", "E61", "E62", "E65", "E67",
                            "E68", "E70", "E74", "F75", "F76", "F79", "G81", "G82", "H83", "H84"}) {
    EXPECT_EQ(entries.count(entry), 1u) << entry;
  }
}

}  // namespace
}  // namespace oddroad::sim
