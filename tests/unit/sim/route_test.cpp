// Ways through junctions.
#include <cmath>
#include <filesystem>

#include <gtest/gtest.h>

#include "engine/road/road_map.h"
#include "engine/sim/lane_track.h"

namespace oddroad::sim {
namespace {

// How far a track turns over its first `length_m`, + left.
double turns(const Track& track, double length_m) {
  return math::wrap_angle(track.at(length_m).heading_rad - track.at(0).heading_rad);
}

bool is_unbroken(const Track& track) {
  for (std::size_t i = 1; i < track.stations().size(); ++i) {
    const math::Vec3d d = track.stations()[i].position - track.stations()[i - 1].position;
    if (glm::length(math::Vec2d(d)) > 1.5) return false;
  }
  return true;
}

// On a real crossing of four arms: every lane that leads in, every turn that it has.
TEST(Route, TurnsAtACrossingWhereTheMapHasTheTurn) {
  const std::string file = ODDROAD_SHARED_DIR "/data/xodr/fabriksgatan.xodr";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "not there: " << file;
  const auto map = road::load_opendrive(file);
  ASSERT_TRUE(map) << core::to_string(map.error());
  const road::LaneGraph graph(*map);
  int left = 0;
  int right = 0;
  int straight = 0;
  for (const road::LaneNode& lane : graph.lanes()) {
    if (!road::is_drivable(lane.type) || graph.road_of(lane.id).is_connecting()) continue;
    if (lane.successors.size() < 2 || lane.length_m < 5) continue;
    const road::LanePosition start{lane.id, lane.length_m - 3};
    for (const std::string word : {"left", "right", "straight"}) {
      std::string missed;
      const Track track = route_track(graph, start, 10, 60, {0, 0, 0}, {word}, &missed);
      EXPECT_TRUE(is_unbroken(track));
      EXPECT_NEAR(track.at(0).s_m, 0, 1e-9);
      if (!missed.empty()) {
        EXPECT_EQ(missed, word);
        continue;
      }
      const double turn = turns(track, 35);
      if (word == "left") left += turn > 0.5 ? 1 : -100;
      if (word == "right") right += turn < -0.5 ? 1 : -100;
      if (word == "straight") straight += std::abs(turn) < 0.6 ? 1 : -100;
    }
  }
  EXPECT_GE(left, 3);
  EXPECT_GE(right, 3);
  EXPECT_GE(straight, 3);
}

TEST(Route, ARoadThatCannotBeReachedIsSaid) {
  const std::string file = ODDROAD_SHARED_DIR "/data/xodr/fabriksgatan.xodr";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "not there: " << file;
  const auto map = road::load_opendrive(file);
  ASSERT_TRUE(map);
  const road::LaneGraph graph(*map);
  for (const road::LaneNode& lane : graph.lanes()) {
    if (!road::is_drivable(lane.type) || lane.successors.empty()) continue;
    std::string missed;
    route_track(graph, {lane.id, 0}, 10, 300, {0, 0, 0}, {"no-such-road"}, &missed);
    EXPECT_EQ(missed, "no-such-road");
    return;
  }
  FAIL() << "no lane leads anywhere";
}

// Driven the wrong way, a lane's line is the same line.
TEST(Route, AgainstTheTrafficIsTheSameLineBackwards) {
  const std::string file = ODDROAD_SOURCE_DIR "/scenarios/maps/town_street.xodr";
  const auto map = road::load_opendrive(file);
  ASSERT_TRUE(map);
  const road::LaneGraph graph(*map);
  for (const road::LaneNode& lane : graph.lanes()) {
    if (!road::is_drivable(lane.type) || lane.length_m < 60) continue;
    const road::LanePosition start{lane.id, 30};
    const Track with = lane_track(graph, start, 25, 25, {0, 0, 0});
    const Track against = lane_track_against(graph, start, 25, 25, {0, 0, 0});
    for (double s = -20; s <= 20; s += 5) {
      EXPECT_NEAR(glm::length(with.at(s).position - against.at(-s).position), 0, 1e-9);
      EXPECT_NEAR(std::cos(with.at(s).heading_rad - against.at(-s).heading_rad), -1, 1e-9);
      EXPECT_NEAR(with.at(s).bank_rad, -against.at(-s).bank_rad, 1e-12);
    }
  }
}

}  // namespace
}  // namespace oddroad::sim
