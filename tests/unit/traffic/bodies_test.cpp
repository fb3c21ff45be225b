// Traffic among what is not traffic: people who cross anywhere, an ego that keeps no rule.
#include <set>

#include "engine/core/random.h"
#include "tests/common/traffic_watch.h"
#include "tests/unit/traffic/grid_map.h"

namespace oddroad::traffic {
namespace {

using testing::World;

constexpr double kStep_s = 0.01;

// A body as the watch sees it.
tests::WatchBox box_of(const ExternalBody& body) {
  return {math::Vec2d(body.centre),
          {std::cos(body.yaw_rad), std::sin(body.yaw_rad)},
          body.half_length_m,
          body.half_width_m,
          body.centre.z,
          0};
}

// Is the body within the box and did the vehicle drive into it, rather than it into the vehicle's
// side or rear? It did if what is hit is in its front metre.
bool drove_into(const VehicleView& v, const tests::WatchBox& vehicle, const tests::WatchBox& body) {
  if (v.speed_mps < 0.2 || tests::separation(vehicle, body) >= 0) return false;
  const double ahead = glm::dot(body.centre - vehicle.centre, vehicle.forward);
  return ahead > vehicle.half_length_m - 1 + std::min(body.half_length_m, body.half_width_m) - 0.3;
}

TEST(TrafficBodies, PeopleWhoCrossAnywhereAreNotHit) {
  const World world(testing::straight_road(700));
  Settings settings;
  settings.density_per_km = 15;
  Traffic traffic(*world.network, settings, 4);
  core::RandomStream random(11, "walkers");
  std::vector<ExternalBody> people;
  int crossed = 0, contacts = 0;
  double hardest = 0;
  std::vector<VehicleView> views;
  for (int i = 0; i < 18000; ++i) {
    if (i % 500 == 0) {
      ExternalBody person;
      person.kind = BodyKind::kPerson;
      const double side = random.chance(0.5) ? 1 : -1;
      person.centre = {random.uniform(50, 650), -9 * side, 0};
      person.velocity_mps = {0, random.uniform(1.0, 1.8) * side};
      person.half_length_m = person.half_width_m = 0.25;
      people.push_back(person);
    }
    for (ExternalBody& person : people) {
      person.centre += math::Vec3d(person.velocity_mps * kStep_s, 0);
    }
    crossed += static_cast<int>(std::erase_if(people, [](const ExternalBody& person) {
      return std::abs(person.centre.y) > 10;
    }));
    traffic.step(kStep_s, {.bodies = people});
    traffic.vehicles(views);
    for (const VehicleView& v : views) {
      hardest = std::min(hardest, v.acceleration_mps2);
      for (const tests::WatchBox& box : tests::boxes_of(v, settings.models)) {
        for (const ExternalBody& person : people) contacts += drove_into(v, box, box_of(person));
      }
    }
  }
  EXPECT_GT(crossed, 30);
  EXPECT_EQ(contacts, 0);
  EXPECT_GE(hardest, -settings.friction * kGravity_mps2);
}

// Of somebody who stands in the lane, knowing of it from the start: nobody is put so near and so
// fast that they drive into it or brake as in an emergency.
TEST(TrafficBodies, WhoAppearsCanStopForWhatStandsThere) {
  const World world(testing::straight_road(700));
  Settings settings;
  settings.density_per_km = 25;
  ExternalBody standing;
  standing.centre = world.graph->pose({road::LaneId(world.lane("1", -1) + 1), 350}).position;
  std::vector<VehicleView> views;
  for (std::uint64_t key = 1; key <= 40; ++key) {
    Traffic traffic(*world.network, settings, key, {&standing, 1});
    double hardest = 0;
    int contacts = 0;
    for (int i = 0; i < 800; ++i) {
      traffic.step(kStep_s, {.bodies = {&standing, 1}});
      traffic.vehicles(views);
      for (const VehicleView& v : views) {
        hardest = std::min(hardest, v.acceleration_mps2);
        for (const tests::WatchBox& box : tests::boxes_of(v, settings.models)) {
          contacts += drove_into(v, box, box_of(standing));
        }
      }
    }
    EXPECT_EQ(contacts, 0) << key;
    EXPECT_GT(hardest, -4) << key;
  }
}

// Straight through every crossing at 12 m/s, whatever the lights say. It runs into queues from
// behind; nobody runs into it.
TEST(TrafficBodies, NobodyDrivesIntoAnEgoThatKeepsNoRule) {
  const World world(testing::GridMap{}.text());
  Settings settings;
  settings.density_per_km = 10;
  Traffic traffic(*world.network, settings, 4);
  core::RandomStream random(12, "ego");
  std::vector<VehicleView> views;
  const double speed = 12;
  std::optional<road::LanePosition> at;
  int fresh = 0, contacts = 0, crossings = 0;
  bool was_inside = false;
  std::set<std::uint32_t> touching;
  for (int i = 0; i < 40000; ++i) {
    if (at) at = world.graph->advance(*at, speed * kStep_s);
    if (!at) {  // again from somewhere on the map's edge
      const auto& lanes = world.network->lanes().lanes();
      std::uint32_t lane = 0;
      do lane = random.below(static_cast<std::uint32_t>(lanes.size()));
      while (!lanes[lane].usable || !lanes[lane].map_begins);
      at = road::LanePosition{road::LaneId(lane + 1), 3};
      fresh = 300;  // whoever is too near to where it appears has had no chance
    }
    const road::LanePose pose = world.graph->pose(*at);
    ExternalBody ego;
    ego.centre = pose.position;
    ego.yaw_rad = pose.heading_rad;
    ego.velocity_mps = speed * math::Vec2d(std::cos(ego.yaw_rad), std::sin(ego.yaw_rad));
    traffic.step(kStep_s, {.bodies = {&ego, 1}});
    const bool inside = world.network->lanes()[at->lane.value - 1].junction >= 0;
    crossings += inside && !was_inside;
    was_inside = inside;
    if (--fresh > 0) continue;
    traffic.vehicles(views);
    std::set<std::uint32_t> now;
    for (const VehicleView& v : views) {
      const tests::WatchBox box = tests::boxes_of(v, settings.models).front();
      const tests::WatchBox mine = box_of(ego);
      // What the ego runs into from behind lies ahead of its own front.
      const double ahead = glm::dot(box.centre - mine.centre, mine.forward);
      const bool touches = tests::separation(box, mine) < 0;
      // Only as they come to touch: the ego also drives on through what it has run into.
      if (touches && !touching.contains(v.id) && ahead < 2 && drove_into(v, box, mine)) ++contacts;
      if (touches) now.insert(v.id);
    }
    touching = std::move(now);
  }
  EXPECT_GT(crossings, 15);
  EXPECT_EQ(contacts, 0);
}

}  // namespace
}  // namespace oddroad::traffic
