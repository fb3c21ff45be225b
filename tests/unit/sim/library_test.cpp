// The scenarios that ship, drawn and played.
#include <gtest/gtest.h>

#include "engine/core/paths.h"
#include "engine/scenario/draw.h"
#include "engine/scenario/site_search.h"
#include "engine/sim/probe.h"
#include "engine/sim/simulate.h"
#include "render/cast/embree_scene.h"

namespace oddroad::sim {
namespace {

struct Library {
  std::string root = ODDROAD_SOURCE_DIR;
  core::SearchRoots roots = core::make_search_roots("", "", root);
  capture::Ontology ontology = *capture::load_ontology(root + "/assets/ontology.yaml");
  CatalogModels models;

  [[nodiscard]] scenario::Scenario load(const std::string& name) const {
    auto out = scenario::load_scenario(root + "/scenarios/" + name, roots);
    if (!out) throw std::runtime_error(core::to_string(out.error()));
    return *out;
  }
};

bool happened(const world::Timeline& timeline, const std::string& what) {
  return std::any_of(timeline.events.begin(), timeline.events.end(), [&](const auto& e) {
    return e.what.find(what) != std::string::npos;
  });
}

TEST(Library, AdultCrossesAndIsMet) {
  Library lib;
  const scenario::Scenario s = lib.load("vru/adult-nearside-crossing.yaml");
  const auto map = road::load_opendrive(lib.root + "/scenarios/maps/town_street.xodr");
  ASSERT_TRUE(map);
  const road::LaneGraph graph(*map);
  const scenario::RoadSiteFinder sites(graph);
  const SimContext context{&lib.ontology, &lib.models, true};
  for (std::uint32_t i = 0; i < 8; ++i) {
    const auto v = scenario::draw_variant(s, 3, i, sites, nullptr);
    ASSERT_TRUE(v) << core::to_string(v.error());
    const auto t = simulate(*v, graph, context);
    ASSERT_TRUE(t) << core::to_string(t.error());
    EXPECT_TRUE(happened(*t, "adult.meet started")) << i;
    EXPECT_TRUE(happened(*t, "ego hit adult")) << i;
  }
}

TEST(Library, ChildIsHiddenUntilItRunsAndMostlyMet) {
  Library lib;
  const scenario::Scenario s = lib.load("vru/child-behind-parked-van.yaml");
  const auto map = road::load_opendrive(lib.root + "/scenarios/maps/town_street.xodr");
  ASSERT_TRUE(map);
  const road::LaneGraph graph(*map);
  const scenario::RoadSiteFinder sites(graph);
  const SimContext context{&lib.ontology, &lib.models};
  const auto casters = std::move(*cast::make_embree_factory());
  SimProbe probe(graph, context, *casters, {1.7, 0.06, 1.65});
  const auto v = scenario::draw_variant(s, 7, 3, sites, &probe);
  ASSERT_TRUE(v) << core::to_string(v.error());
  const auto t = simulate(*v, graph, SimContext{&lib.ontology, &lib.models, true});
  ASSERT_TRUE(t) << core::to_string(t.error());
  EXPECT_TRUE(happened(*t, "child.run started"));
  EXPECT_TRUE(happened(*t, "ego hit child"));
}

}  // namespace
}  // namespace oddroad::sim
