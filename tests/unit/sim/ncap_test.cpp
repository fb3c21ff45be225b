// The Euro NCAP tests of the library against the published numbers, read from the truth of the run:
// speeds within 0.1 km/h, offsets and the place of the impact within 2 cm.
#include <cmath>

#include <gtest/gtest.h>

#include "engine/core/paths.h"
#include "engine/scenario/draw.h"
#include "engine/scenario/site_search.h"
#include "engine/sim/outline.h"
#include "engine/sim/simulate.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr double kCentimetres_m = 0.02;
constexpr double kTenth_mps = 0.1 / 3.6;

struct Published {
  const char* code;
  const char* target;
  double start_m;   // of the target from the middle of the ego's path, + left; 0: along
  double ramp_m;    // to reach its speed
  double steady_m;  // before the impact at least
  double slow_kmh;  // of the ego: least and most
  double fast_kmh;
};
// Walking 5 km/h, running 8 km/h; what stands in the scenario is drawn from `impact` and `v_ego`.
const Published kTests[] = {
    {"cpna", "adult", -4, 1.0, 0, 10, 60},   {"cpnco", "child", -4, 1.0, 0, 10, 60},
    {"cpfa", "adult", 6, 1.5, 0, 10, 60},    {"cpla", "adult", 0, 0, 10, 20, 80},
    {"cbna", "cyclist", -28, 0, 17, 10, 60}, {"cbnao", "cyclist", -9, 0, 4.5, 10, 60},
    {"cbfa", "cyclist", 36, 0, 22, 10, 60},  {"cbla", "cyclist", 0, 0, 28, 25, 80},
};

double target_kmh(const std::string& code, double impact) {
  if (code == "cpfa") return 8;
  if (code == "cbna") return 15;
  if (code == "cbnao") return 10;
  if (code == "cbfa") return 20;
  if (code == "cbla") return impact < 0.3 ? 20 : 15;
  return 5;
}

// An actor with its outline, rider included, at a step.
struct Seen {
  const world::Actor* actor = nullptr;
  Footprint footprint;

  [[nodiscard]] Outline at(std::size_t k) const {
    const auto& pose = actor->states[k].T_world_actor;
    return outline_at(footprint, Vec2d(pose.translation), math::yaw_of(pose.rotation));
  }
  [[nodiscard]] double speed_mps(std::size_t k) const {
    return glm::length(Vec2d(actor->states[k].velocity_mps));
  }
};

Seen find(const world::Timeline& timeline, const std::string& name) {
  Seen out;
  math::Aabb box;
  for (const world::Actor& actor : timeline.actors) {
    if (actor.name != name && actor.name != name + ".rider") continue;
    if (actor.name == name) out.actor = &actor;
    box.include(actor.model->box);
  }
  out.footprint = footprint_of(box);
  return out;
}

struct Played {
  scenario::Variant variant;
  world::Timeline timeline;
};

Played run(const std::string& code, std::uint32_t index) {
  const std::string root = ODDROAD_SOURCE_DIR;
  const auto roots = core::make_search_roots("", "", root);
  const auto ontology = *capture::load_ontology(root + "/assets/ontology.yaml");
  CatalogModels models;
  const SimContext context{&ontology, &models, true};
  auto scenario = scenario::load_scenario(root + "/scenarios/vru/ncap-" + code + ".yaml", roots);
  if (!scenario) throw std::runtime_error(core::to_string(scenario.error()));
  const auto map = road::load_opendrive(scenario->map_path);
  const road::LaneGraph graph(*map);
  auto variant =
      scenario::draw_variant(*scenario, 1, index, scenario::RoadSiteFinder(graph), nullptr);
  if (!variant) throw std::runtime_error(core::to_string(variant.error()));
  auto timeline = simulate(*variant, graph, context);
  if (!timeline) throw std::runtime_error(core::to_string(timeline.error()));
  return {std::move(*variant), std::move(*timeline)};
}

// The near side of the target in the frame of the ego, as long as the ego's front: x is how far its
// nearest part lies ahead of the front, y where its middle is.
Vec2d ahead_of_front(const Seen& ego, const Seen& target, std::size_t k) {
  const Outline car = ego.at(k);
  const Outline other = target.at(k);
  const Vec2d to = other.centre - car.centre;
  return {glm::dot(to, car.forward) - car.half_length_m - other.reach(car.forward),
          glm::dot(to, car.left())};
}

std::string events_of(const world::Timeline& timeline) {
  std::string out;
  for (const auto& event : timeline.events) {
    out += "\n" + std::to_string(1e-9 * static_cast<double>(event.stamp_ns)) + " " + event.what;
  }
  return out;
}

void check(const Published& wanted, std::uint32_t index) {
  SCOPED_TRACE(std::string(wanted.code) + " sample " + std::to_string(index));
  const Played played = run(wanted.code, index);
  const double impact = played.variant.parameter_values.at("impact");
  const Seen ego = find(played.timeline, "ego");
  const Seen target = find(played.timeline, wanted.target);
  ASSERT_NE(target.actor, nullptr);
  const double speed = target_kmh(wanted.code, impact) / 3.6;
  const double ego_speed = played.variant.actors[played.variant.ego].drive->speed_mps;
  EXPECT_GE(ego_speed * 3.6, wanted.slow_kmh - 1e-6);
  EXPECT_LE(ego_speed * 3.6, wanted.fast_kmh + 1e-6);
  if (wanted.ramp_m > 0) {  // people stand so far aside
    const Vec2d to(target.actor->states[0].T_world_actor.translation -
                   ego.actor->states[0].T_world_actor.translation);
    EXPECT_NEAR(glm::dot(to, ego.at(0).left()), wanted.start_m, kCentimetres_m);
  }
  // The step in which they touch, and where in it.
  const std::size_t steps = target.actor->states.size();
  std::size_t k = 1;
  while (k < steps && ahead_of_front(ego, target, k).x > 0) {
    EXPECT_NEAR(ego.speed_mps(k), ego_speed, kTenth_mps);
    ++k;
  }
  ASSERT_LT(k, steps) << "they never touch" << events_of(played.timeline);
  const Vec2d before = ahead_of_front(ego, target, k - 1);
  const Vec2d after = ahead_of_front(ego, target, k);
  const double share = before.x / (before.x - after.x);
  const double across = before.y + share * (after.y - before.y);
  const double width = ego.footprint.width_m();
  const double from_left = 0.5 * width - across;
  const double hit_m = wanted.start_m > 0 ? from_left : width - from_left;
  EXPECT_NEAR(hit_m, impact * width, kCentimetres_m)
      << "of a front of " << width << " m" << events_of(played.timeline);
  // At its speed then, and for as far as the protocol asks.
  double steady = 0;
  std::size_t j = k;
  while (j > 0 && std::abs(target.speed_mps(j) - speed) < kTenth_mps) {
    steady += glm::length(target.at(j).centre - target.at(j - 1).centre);
    --j;
  }
  EXPECT_GE(steady, wanted.steady_m);
  EXPECT_NEAR(target.speed_mps(k), speed, kTenth_mps);
  if (wanted.ramp_m > 0) {  // v^2 / 2a, by the middle of the ramp
    std::size_t begin = 0;
    while (target.speed_mps(begin) == 0) ++begin;
    const double accel = (target.speed_mps(begin + 40) - target.speed_mps(begin + 20)) / 0.2;
    EXPECT_NEAR(speed * speed / (2 * accel), wanted.ramp_m, kCentimetres_m);
  }
}

TEST(Ncap, SpeedsOffsetsAndImpactsAreThePublishedOnes) {
  for (const Published& wanted : kTests) {
    for (std::uint32_t i = 0; i < 6; ++i) check(wanted, i);
  }
}

// Small car: front 1 m before the child's line, 1 m beside the ego; the large one 1 m behind it.
TEST(Ncap, ParkedCarsStandWhereTheProtocolPutsThem) {
  const Played child = run("cpnco", 0);
  const Outline ego = find(child.timeline, "ego").at(0);
  const Outline walker = find(child.timeline, "child").at(0);
  const Outline small = find(child.timeline, "small").at(0);
  const Outline large = find(child.timeline, "large").at(0);
  const auto along = [&](const Outline& a) {
    return glm::dot(a.centre, ego.forward);
  };
  const auto across = [&](const Outline& a) {
    return glm::dot(a.centre, ego.left());
  };
  EXPECT_NEAR(along(walker) - along(small) - small.half_length_m, 1, kCentimetres_m);
  EXPECT_NEAR(across(ego) - ego.half_width_m - across(small) - small.half_width_m, 1,
              kCentimetres_m);
  EXPECT_NEAR(free_gap(small, large).distance_m, 1, kCentimetres_m);

  const Played bicycle = run("cbnao", 0);
  const Outline car = find(bicycle.timeline, "ego").at(0);
  const Outline rider = find(bicycle.timeline, "cyclist").at(0);
  const Outline first = find(bicycle.timeline, "first").at(0);
  EXPECT_NEAR(glm::dot(rider.centre - first.centre, car.forward) - first.half_length_m, 3.55,
              kCentimetres_m);
  EXPECT_NEAR(glm::dot(car.centre - first.centre, car.left()) - first.half_width_m, 4.8,
              kCentimetres_m);
}

}  // namespace
}  // namespace oddroad::sim
