// Every scenario of the library, on its own map and on some others where it fits, against what
// bodies can do: the domain rules for accelerations, jerk, yaw rate and curvature, gaps between
// feet or wheels and the road, heading along lanes, and nobody inside anybody else before something
// has been hit.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>

#include <gtest/gtest.h>

#include "engine/core/paths.h"
#include "engine/scenario/draw.h"
#include "engine/scenario/site_search.h"
#include "engine/sim/ground.h"
#include "engine/sim/relations.h"
#include "engine/sim/simulation.h"

namespace oddroad::sim {
namespace {

constexpr std::uint32_t kVariants = 2;
// A scenario goes to every so manieth map: all maps are played on, by different scenarios. The long
// tests play every scenario on all of them.
std::size_t map_stride() {
  return std::getenv("ODDROAD_ALL_MAPS") != nullptr ? 1 : 8;
}

std::vector<std::string> library() {
  std::vector<std::string> out;
  const std::string root = std::string(ODDROAD_SOURCE_DIR) + "/scenarios";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::string path = entry.path().string();
    if (entry.path().extension() != ".yaml") continue;
    const std::string folder = entry.path().parent_path().filename().string();
    if (folder == "rigs" || folder == "maps" || folder == "props" || folder == "parts") continue;
    out.push_back(path);
  }
  std::sort(out.begin(), out.end());
  return out;
}

// Maps of the library and those collected from others, where they are there.
std::vector<std::string> collected_maps() {
  namespace fs = std::filesystem;
  std::vector<std::string> out;
  for (const fs::path& folder : {fs::path(ODDROAD_SOURCE_DIR) / "scenarios" / "maps",
                                 fs::path(ODDROAD_SHARED_DIR) / "data" / "xodr"}) {
    if (!fs::is_directory(folder)) continue;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() == ".xodr") out.push_back(entry.path().string());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

// What one body did, from step to step.
struct Motion {
  std::vector<double> jerk_mps3;
  double acceleration_mps2 = 0;
  double sideways_mps2 = 0;
  double speed_mps = 0;
  double steering_rate_rps = 0;
  double yaw_mismatch = 0;  // between yaw rate and turning of the pose
  double velocity_mismatch_mps = 0;
  double road_gap_m = 0;
  double off_lane_rad = 0;
  bool hit = false;
};

class Watcher {
 public:
  Watcher(const Simulation& sim, const Ground& ground, const road::LaneGraph& graph)
      : sim_(sim), ground_(ground), graph_(graph), motions_(sim.bodies().size()) {}

  void watch(const Bodies& before) {
    const Bodies& now = sim_.bodies();
    for (std::size_t i = 0; i < now.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (!touches(now[i], now[k])) continue;
        motions_[i].hit = motions_[k].hit = true;
      }
    }
    for (std::size_t i = 0; i < now.size(); ++i) watch_one(before[i], now[i], motions_[i]);
  }

  [[nodiscard]] const std::vector<Motion>& motions() const { return motions_; }

 private:
  void watch_one(const Body& was, const Body& is, Motion& m) {
    if (m.hit || is.kind == BodyKind::kThing) return;
    m.speed_mps = std::max(m.speed_mps, is.speed_mps);
    m.acceleration_mps2 = std::max(m.acceleration_mps2, std::abs(is.acceleration_mps2));
    m.sideways_mps2 = std::max(m.sideways_mps2, std::abs(is.speed_mps * is.yaw_rate_rps));
    m.jerk_mps3.push_back(std::abs(is.acceleration_mps2 - was.acceleration_mps2) / kStep_s);
    m.steering_rate_rps =
        std::max(m.steering_rate_rps, std::abs(is.steer_rad - was.steer_rad) / kStep_s);
    const double turned = math::wrap_angle(is.yaw_rad - was.yaw_rad) / kStep_s;
    m.yaw_mismatch = std::max(m.yaw_mismatch, std::abs(turned - is.yaw_rate_rps));
    const math::Vec2d moved = math::Vec2d(is.position - was.position) / kStep_s;
    m.velocity_mismatch_mps =
        std::max(m.velocity_mismatch_mps,
                 glm::length(moved - math::Vec2d(is.velocity_mps)) - 0.02 * is.speed_mps);
    watch_ground(is, m);
  }

  void watch_ground(const Body& is, Motion& m) {
    if (is.kind == BodyKind::kVehicle && is.track) {
      for (const double x : {0.0, is.wheelbase_m}) {
        for (const double side : {-0.4, 0.4}) {
          const double y = side * is.footprint.width_m();
          const math::Vec3d contact = is.pose * (is.T_body_unsprung * math::Vec3d(x, y, 0));
          const auto z = ground_.height(contact);
          if (z) m.road_gap_m = std::max(m.road_gap_m, std::abs(*z - contact.z));
        }
      }
    }
    if (!is.track || is.speed_mps < 2) return;
    const TrackStation lane = is.track->at(is.s_m);
    m.off_lane_rad =
        std::max(m.off_lane_rad, std::abs(math::wrap_angle(is.yaw_rad - lane.heading_rad)));
  }

  const Simulation& sim_;
  const Ground& ground_;
  const road::LaneGraph& graph_;
  std::vector<Motion> motions_;
};

double share(std::vector<double> values, double at) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(at * static_cast<double>(values.size() - 1))];
}

double fastest_mps(BodyKind kind, const std::string& type) {
  if (kind == BodyKind::kVehicle || type.starts_with("motorcycle")) return 70;
  return kind == BodyKind::kPerson ? 10 : 15;
}

// patches: of the road, on which grip jumps at the edge, and with it what brakes can do.
void judge(const Body& body, const std::string& type, const Motion& m, bool patches,
           const std::string& what) {
  const std::string who = what + ", " + body.name;
  EXPECT_LE(m.speed_mps, fastest_mps(body.kind, type)) << who;
  EXPECT_LE(m.acceleration_mps2, 12) << who;
  EXPECT_LE(m.steering_rate_rps, 2.0) << who;
  EXPECT_LE(m.velocity_mismatch_mps, 0.05) << who;
  EXPECT_LE(m.road_gap_m, 0.05) << who;
  if (body.kind == BodyKind::kVehicle) {
    EXPECT_LE(m.sideways_mps2, 9) << who;
    EXPECT_LE(share(m.jerk_mps3, 0.99), 13) << who;
    if (!patches) {
      EXPECT_LE(share(m.jerk_mps3, 1.0), 30) << who;
    }
    EXPECT_LE(m.off_lane_rad, 0.35) << who;
    EXPECT_LE(m.steering_rate_rps, 1.2) << who;
    EXPECT_LE(m.yaw_mismatch, 0.02) << who;
  }
}

// Plays up to `wanted` variants of a scenario and judges what everybody did. How many were played:
// none where no place of the map is what the scenario asks for.
std::uint32_t play(const std::string& path, const std::vector<std::string>& overrides,
                   std::uint32_t wanted) {
  const std::string root = ODDROAD_SOURCE_DIR;
  const auto roots = core::make_search_roots("", "", root);
  const auto ontology = *capture::load_ontology(root + "/assets/ontology.yaml");
  CatalogModels models;
  const SimContext context{&ontology, &models, true};
  const auto scenario = scenario::load_scenario(path, roots, overrides);
  EXPECT_TRUE(scenario) << core::to_string(scenario.error());
  if (!scenario) return 0;
  const auto map = road::load_opendrive(scenario->map_path);
  EXPECT_TRUE(map) << core::to_string(map.error());
  if (!map) return 0;
  const road::LaneGraph graph(*map);
  const scenario::RoadSiteFinder sites(graph);
  std::uint32_t played = 0;
  for (std::uint32_t i = 0; i < 5 * wanted && played < wanted; ++i) {
    const auto v = scenario::draw_variant(*scenario, scenario->sample.seed, i, sites, nullptr);
    if (!v) return played;
    auto sim = Simulation::create(*v, graph, context);
    if (!sim) continue;  // this draw has no room for somebody: another attempt would be made
    ++played;
    const MapGround ground(graph, (*sim)->origin());
    Watcher watcher(**sim, ground, graph);
    Bodies before = (*sim)->bodies();
    while ((*sim)->step()) {
      watcher.watch(before);
      before = (*sim)->bodies();
    }
    const std::string what = scenario->name + " variant " + std::to_string(i);
    for (std::size_t k = 0; k < before.size(); ++k) {
      judge(before[k], v->actors[k].model.type, watcher.motions()[k],
            !v->environment.patches.empty(), what);
    }
  }
  return played;
}

class Plausible : public ::testing::TestWithParam<std::string> {};

TEST_P(Plausible, WhatBodiesDo) {
  EXPECT_EQ(play(GetParam(), {}, kVariants), kVariants);
}

// The same on other maps that have the place a scenario asks for. Test protocols ask for a test
// track.
TEST_P(Plausible, OnOtherMaps) {
  if (GetParam().find("/ncap-") != std::string::npos) GTEST_SKIP() << "stays on its test track";
  const std::vector<std::string> all = library();
  const std::vector<std::string> maps = collected_maps();
  const auto self =
      static_cast<std::size_t>(std::find(all.begin(), all.end(), GetParam()) - all.begin());
  int played = 0;
  for (std::size_t k = self % map_stride(); k < maps.size(); k += map_stride()) {
    SCOPED_TRACE(maps[k]);
    played += play(GetParam(), {"map=" + maps[k]}, 1) > 0;
  }
  std::printf("played on %d of %zu maps\n", played, maps.size());
}

INSTANTIATE_TEST_SUITE_P(Library, Plausible, ::testing::ValuesIn(library()), [](const auto& one) {
  const std::filesystem::path path(one.param);  // two folders may have a scenario of one name
  std::string name = path.parent_path().filename().string() + "_" + path.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace oddroad::sim
