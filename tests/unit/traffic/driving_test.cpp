// Single vehicles and pairs: closed forms of driving, stopping, following, yielding.
#include <cstring>

#include "tests/unit/traffic/small_maps.h"

namespace oddroad::traffic {
namespace {

using testing::Crossing;
using testing::empty_settings;
using testing::view_of;
using testing::World;

constexpr double kStep_s = 0.01;
constexpr std::uint32_t kCar = 0;

road::LanePosition at(std::uint32_t lane, double offset_m) {
  return {road::LaneId(lane + 1), offset_m};
}

ExternalBody body_at(BodyKind kind, const math::Vec3d& p, const math::Vec2d& velocity = {0, 0}) {
  ExternalBody out;
  out.kind = kind;
  out.centre = p;
  out.velocity_mps = velocity;
  if (kind == BodyKind::kPerson) out.half_length_m = out.half_width_m = 0.3;
  return out;
}

TEST(TrafficDriving, ReachesTheLimitAndKeepsIt) {
  const World world(testing::straight_road(2000));
  Traffic traffic(*world.network, empty_settings(), 1);
  const auto id = traffic.add(kCar, at(world.lane("1", -1), 10), 0);
  ASSERT_NE(id, 0u);
  double most = 0;
  for (int i = 0; i < 6000; ++i) {
    traffic.step(kStep_s);
    most = std::max(most, view_of(traffic, id).acceleration_mps2);
  }
  const VehicleView v = view_of(traffic, id);
  EXPECT_NEAR(v.speed_mps, 50 / 3.6, 0.1);
  EXPECT_NEAR(most, Settings{}.drivers[0].idm.acceleration_mps2, 0.02);
  EXPECT_NEAR(v.rolled_m, v.lane.offset_m - 10, 1e-6);
}

TEST(TrafficDriving, FollowsAtTheEquilibriumGap) {
  const World world(testing::straight_road(3000));
  Traffic traffic(*world.network, empty_settings(), 1);
  const auto id = traffic.add(kCar, at(world.lane("1", -1), 10), 8);
  const double speed = 8;
  double x = 60;
  const VehicleModel car = default_models()[kCar];
  for (int i = 0; i < 20000; ++i) {
    x += speed * kStep_s;
    const ExternalBody leader = body_at(BodyKind::kVehicle, {x, -1.75, 0}, {speed, 0});
    traffic.step(kStep_s, {.bodies = {&leader, 1}});
  }
  const VehicleView v = view_of(traffic, id);
  const double front = v.position.x + car.wheelbase_m + car.front_overhang_m;
  EXPECT_NEAR(v.speed_mps, speed, 0.02);
  EXPECT_NEAR(x - 2.5 - front,
              idm_equilibrium_gap(default_driver(VehicleClass::kCar).idm, speed, 50 / 3.6), 0.25);
}

TEST(TrafficDriving, StopsBehindWhatStandsGently) {
  const World world(testing::straight_road(1000));
  Traffic traffic(*world.network, empty_settings(), 1);
  const auto id = traffic.add(kCar, at(world.lane("1", -1), 10), 13);
  const ExternalBody wall = body_at(BodyKind::kThing, {400, -1.75, 0});
  double hardest = 0;
  for (int i = 0; i < 8000; ++i) {
    traffic.step(kStep_s, {.bodies = {&wall, 1}});
    hardest = std::min(hardest, view_of(traffic, id).acceleration_mps2);
  }
  const VehicleView v = view_of(traffic, id);
  const double front = v.position.x + 2.8 + 0.95;
  EXPECT_EQ(v.speed_mps, 0);
  EXPECT_GT(397.5 - front, 0.8);
  EXPECT_LT(397.5 - front, 3.5);
  EXPECT_GT(hardest, -3);
  EXPECT_TRUE(v.brake_lamp);
  EXPECT_EQ(traffic.reason(id), "external body 0 is in the way");
  ASSERT_EQ(traffic.standing(10).size(), 1u);
}

// What appears in front is not hit if the brakes can help it: the decision takes up to 0.1 s, the
// brakes build up at 12 m/s3, then friction decides.
TEST(TrafficDriving, NeverHitsWhatBrakingAvoids) {
  const double friction = 0.85;
  for (const double speed : {5.0, 8.0, 11.0, 13.5}) {
    const World world(testing::straight_road(1000));
    Traffic traffic(*world.network, empty_settings(), 1);
    const auto id = traffic.add(kCar, at(world.lane("1", -1), 100), speed);
    for (int i = 0; i < 3; ++i) traffic.step(kStep_s);
    const double full = 0.98 * friction * kGravity_mps2;
    const double build_up = full / 12;
    const double stopping = speed * (0.1 + 0.5 * build_up) +
                            braking_distance(speed, 0.98 * friction) + 0.06 * speed + 0.6;
    const VehicleView before = view_of(traffic, id);
    const double front = before.position.x + 2.8 + 0.95;
    ExternalBody child = body_at(BodyKind::kPerson, {front + stopping + 0.3, -1.75, 0});
    double hardest = 0;
    for (int i = 0; i < 600; ++i) {
      traffic.step(kStep_s, {.bodies = {&child, 1}});
      hardest = std::min(hardest, view_of(traffic, id).acceleration_mps2);
    }
    const VehicleView after = view_of(traffic, id);
    EXPECT_EQ(after.speed_mps, 0);
    EXPECT_LT(after.position.x + 3.75, child.centre.x - 0.3) << speed;
    EXPECT_LE(-hardest, friction * kGravity_mps2);
    EXPECT_GT(-hardest, 0.6 * full) << speed;
  }
}

TEST(TrafficDriving, PeopleOnACrosswalkGoFirst) {
  const World world(testing::straight_road(1000));
  Settings settings = empty_settings();
  settings.crosswalks = {{{300, -6, 0}, {304, -6, 0}, {304, 6, 0}, {300, 6, 0}}};
  Traffic traffic(*world.network, settings, 1);
  const auto id = traffic.add(kCar, at(world.lane("1", -1), 150), 12);
  double y = 7;  // beside it, on the way onto it, once the car is 50 m away
  double hardest = 0;
  double nearest = 1e9;
  for (int i = 0; i < 4000; ++i) {
    const VehicleView v = view_of(traffic, id);
    if (v.position.x > 240 && y > -7) y -= 1.2 * kStep_s;
    const bool walking = y < 7 && y > -7;
    const ExternalBody person = body_at(BodyKind::kPerson, {302, y, 0}, {0, walking ? -1.2 : 0.0});
    traffic.step(kStep_s, {.bodies = {&person, 1}});
    hardest = std::min(hardest, v.acceleration_mps2);
    if (y > -3.5 && y < 3.5) nearest = std::min(nearest, 300 - (v.position.x + 3.75));
  }
  EXPECT_GT(nearest, 0.2);
  EXPECT_GT(hardest, -4.6);
  EXPECT_GT(view_of(traffic, id).position.x, 350);  // and on, when it is free
}

TEST(TrafficDriving, StandsAtTheLineWhileItIsRed) {
  Crossing crossing;
  for (int i = 0; i < 4; ++i) {
    crossing.signals[static_cast<std::size_t>(i)] =
        testing::signal_xml("L" + std::to_string(i + 1), "1000001", 2, "-");
  }
  const World world(crossing.text());
  Traffic traffic(*world.network, empty_settings(), 1);
  while (traffic.signal_state("L1")->state != LightState::kRed) traffic.step(kStep_s);
  const auto id = traffic.add(kCar, at(world.lane("1", 1), 60), 12, {"13", "3"});
  bool stood = false;
  for (int i = 0; i < 9000; ++i) {
    traffic.step(kStep_s);
    const auto all = traffic.vehicles();
    if (all.empty()) break;
    const VehicleView& v = all.front();
    const double nose = v.position.x - 3.75;  // drives west; the junction begins at x = 14
    const LightState light = traffic.signal_state("L1")->state;
    const bool inside = nose < 14 && nose > 12.5;
    if (inside && v.speed_mps > 0.1) {
      EXPECT_NE(light, LightState::kRed);
    }
    if (v.speed_mps == 0) {
      stood = true;
      EXPECT_GT(nose, 14);
      EXPECT_LT(nose, 19.5);
      EXPECT_NE(traffic.reason(id).find("light at signal L1"), std::string::npos);
    }
  }
  EXPECT_TRUE(stood);
  EXPECT_EQ(traffic.count(), 0u);  // out at the other end of the map
}

TEST(TrafficDriving, FollowsItsRoute) {
  const World world(Crossing{}.text());
  for (const char* last : {"2", "3", "4"}) {
    Traffic traffic(*world.network, empty_settings(), 1);
    const std::string through = std::string("1") + last;
    const auto id = traffic.add(kCar, at(world.lane("1", 1), 60), 8, {through, last});
    for (int i = 0; i < 200; ++i) traffic.step(kStep_s);
    const std::vector<road::LaneId> way = traffic.way(id);
    ASSERT_GE(way.size(), 3u);
    EXPECT_EQ(way[1].value, world.lane(through, -1) + 1);
    EXPECT_EQ(way[2].value, world.lane(last, -1) + 1);
  }
}

// Left turn signalled before it, off after it.
TEST(TrafficDriving, SignalsItsTurn) {
  const World world(Crossing{}.text());
  Traffic traffic(*world.network, empty_settings(), 1);
  const auto id = traffic.add(kCar, at(world.lane("1", 1), 20), 8, {"14", "4"});
  bool far = false, near = false, after = false;
  for (int i = 0; i < 4000 && traffic.count() > 0; ++i) {
    traffic.step(kStep_s);
    if (traffic.count() == 0) break;
    const VehicleView v = view_of(traffic, id);
    EXPECT_FALSE(v.indicator_right);
    if (v.position.x > 100) far |= v.indicator_left;
    if (v.position.x < 40 && v.position.x > 14) near |= v.indicator_left;
    if (v.position.y < -40) after |= v.indicator_left;
  }
  EXPECT_FALSE(far);
  EXPECT_TRUE(near);
  EXPECT_FALSE(after);
}

// Two come to the crossing at the same time: the one with the right of way does not slow down, the
// other one waits and follows.
TEST(TrafficYielding, RightBeforeLeftInTime) {
  const World world(Crossing{}.text());
  Traffic traffic(*world.network, empty_settings(), 1);
  const auto west = traffic.add(kCar, at(world.lane("1", 1), 80), 13, {"13", "3"});
  const auto south = traffic.add(kCar, at(world.lane("2", 1), 80), 13, {"24", "4"});
  double west_least = 99, south_least = 99;
  double west_through = 0, south_through = 0;
  for (int i = 0; i < 4000; ++i) {
    traffic.step(kStep_s);
    for (const VehicleView& v : traffic.vehicles()) {
      if (v.id == west) {
        west_least = std::min(west_least, v.speed_mps);
        if (v.position.x < 0 && west_through == 0) west_through = traffic.time_s();
      }
      if (v.id == south) {
        south_least = std::min(south_least, v.speed_mps);
        if (v.position.y < 0 && south_through == 0) south_through = traffic.time_s();
      }
    }
  }
  EXPECT_GT(south_through, 0);
  EXPECT_GT(west_through, south_through + 1);
  EXPECT_GT(south_least, 12.5);
  EXPECT_LT(west_least, south_least - 2);
}

// Four at once, each with the next one on its right: the ring is broken.
TEST(TrafficYielding, ARingOfWaitingIsBroken) {
  const World world(Crossing{}.text());
  Traffic traffic(*world.network, empty_settings(), 1);
  const char* roads[4] = {"1", "2", "3", "4"};
  const std::vector<std::string> routes[4] = {{"13", "3"}, {"24", "4"}, {"31", "1"}, {"42", "2"}};
  for (int i = 0; i < 4; ++i) traffic.add(kCar, at(world.lane(roads[i], 1), 100), 8, routes[i]);
  ASSERT_EQ(traffic.count(), 4u);
  int told = 0;
  for (int i = 0; i < 6000; ++i) {
    traffic.step(kStep_s);
    for (const VehicleView& v : traffic.vehicles()) {
      told += traffic.reason(v.id).starts_with("ends a ring of waiting") ? 1 : 0;
    }
  }
  EXPECT_EQ(traffic.count(), 0u);
  EXPECT_GT(told, 0);
}

TEST(TrafficYielding, StopSignMeansStop) {
  Crossing crossing;
  crossing.signals[1] = testing::signal_xml("s", "206", 3, "-");
  const World world(crossing.text());
  Traffic traffic(*world.network, empty_settings(), 1);
  traffic.add(kCar, at(world.lane("2", 1), 60), 8, {"24", "4"});
  double least = 99;
  double stopped_at = 0;
  for (int i = 0; i < 4000 && traffic.count() > 0; ++i) {
    traffic.step(kStep_s);
    for (const VehicleView& v : traffic.vehicles()) {
      if (v.speed_mps < least) stopped_at = v.position.y - 3.75;
      least = std::min(least, v.speed_mps);
    }
  }
  EXPECT_EQ(least, 0);
  EXPECT_GT(stopped_at, 14);
  EXPECT_LT(stopped_at, 17.5);
  EXPECT_EQ(traffic.count(), 0u);
}

TEST(TrafficYielding, KeepsTheJunctionClear) {
  const World world(Crossing{}.text());
  Traffic traffic(*world.network, empty_settings(), 1);
  const auto id = traffic.add(kCar, at(world.lane("1", 1), 60), 8, {"13", "3"});
  // Something stands 4 m behind the junction on the way out.
  const ExternalBody wreck = body_at(BodyKind::kThing, {-14 - 6.5, 1.75, 0});
  for (int i = 0; i < 4000; ++i) traffic.step(kStep_s, {.bodies = {&wreck, 1}});
  const VehicleView v = view_of(traffic, id);
  EXPECT_EQ(v.speed_mps, 0);
  EXPECT_GT(v.position.x - 3.75, 14);
  EXPECT_NE(traffic.reason(id), "");
}

// On a road that is steep and tilted the wheels stand on its surface.
TEST(TrafficDriving, LiesOnTheSurface) {
  testing::RoadText road;
  road.plan.length = 300;
  road.types = testing::town(50);
  road.right = testing::lane_xml(-1);
  std::string text = testing::map_xml(road_xml(road));
  const std::string flat =
      "<elevation s=\"0\" a=\"0\" b=\"0\" c=\"0\" d=\"0\"/></elevationProfile>";
  text.replace(text.find(flat), flat.size(),
               "<elevation s=\"0\" a=\"5\" b=\"0.08\" c=\"0\" d=\"0\"/></elevationProfile>"
               "<lateralProfile><superelevation s=\"0\" a=\"0.06\" b=\"0\" c=\"0\" d=\"0\"/>"
               "</lateralProfile>");
  const World world(text);
  Traffic traffic(*world.network, empty_settings(), 1);
  const auto id = traffic.add(kCar, at(world.lane("1", -1), 50), 8);
  for (int i = 0; i < 300; ++i) traffic.step(kStep_s);
  const VehicleView v = view_of(traffic, id);
  const glm::dquat turn = math::from_yaw_pitch_roll(v.yaw_rad, v.pitch_rad, v.roll_rad);
  for (const math::Vec3d wheel : {math::Vec3d(0, 0.8, 0), math::Vec3d(0, -0.8, 0),
                                  math::Vec3d(2.8, 0.8, 0), math::Vec3d(2.8, -0.8, 0)}) {
    const math::Vec3d p = v.position + turn * wheel;
    std::vector<Network::Place> places;
    world.network->places(p, 1, places);
    ASSERT_EQ(places.size(), 1u);
    const Network::Place& q = places.front();
    EXPECT_NEAR(world.network->lanes().height(q.lane, q.offset_m, q.lateral_m), p.z, 0.01);
  }
}

TEST(TrafficGuest, GetsTheSameDemandsAsTraffic) {
  Crossing crossing;
  crossing.signals[1] = testing::signal_xml("s", "205", 3, "-");
  const World world(crossing.text());
  Traffic traffic(*world.network, empty_settings(), 1);
  const VehicleModel car = default_models()[kCar];
  const GuestId guest = traffic.join(car, default_driver(VehicleClass::kCar), 1,
                                     at(world.lane("2", 1), 90), {"24", "4"});
  ASSERT_NE(guest, 0u);
  traffic.add(kCar, at(world.lane("1", 1), 90), 9, {"13", "3"});
  double y = 14 + (150 - 90) + car.wheelbase_m;  // the rear axle, driving south on x = -1.75
  double v = 9;
  double least = 99;
  bool said_why = false;
  for (int i = 0; i < 3000 && y > -60; ++i) {
    traffic.place(guest, {-1.75, y, 0}, -M_PI / 2, v, 0);
    traffic.step(kStep_s);
    const GuestDemand demand = traffic.demand(guest);
    said_why |= demand.reason == "yields to vehicle 2";
    v = std::max(0.0, v + demand.acceleration_mps2 * kStep_s);
    y -= v * kStep_s;
    least = std::min(least, v);
  }
  EXPECT_TRUE(said_why);
  EXPECT_LT(least, 8);
  EXPECT_LT(y, -50);  // through in the end
  traffic.leave(guest);
}

}  // namespace
}  // namespace oddroad::traffic
