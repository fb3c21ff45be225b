// Bodies on lanes: which lane a word means at a station, and how a body stands there.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/scenario/vocabulary.h"
#include "engine/sim/lane_track.h"
#include "engine/sim/placer.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;
using scenario::Placement;

// What finds a site that has such a lane.
std::string how_to_get(const std::string& word) {
  const scenario::Words& beside = scenario::lanes_beside();
  if (std::find(beside.begin(), beside.end(), word) != beside.end()) {
    return "site: {has_lane: " + word + "} looks for a place that has one";
  }
  if (word == "left" || word == "right") return "site: {min_lanes: 2} looks for more lanes";
  if (is_lane_word(word)) return "";
  return "lanes are same, driving, left, right, parking, sidewalk, shoulder, opposite";
}

}  // namespace

std::optional<road::LanePosition> Placer::lane_at(std::size_t i, double station,
                                                  const std::string& word) {
  const Placement& at = variant_.actors[i].at;
  const auto base = graph_.advance(base_, station);
  if (!base) {
    fail(at,
         "'" + variant_.actors[i].name + "' would stand " + metres(station) +
             " along the lane, where the map ends",
         "place it nearer, or ask for more road: site: {length: ...}");
    return std::nullopt;
  }
  std::optional<road::LaneId> lane;
  if (word == "same") {
    const auto other = find(at.other);
    const auto& place = plan_.lanes[*other].at;
    // The other's own lane, or the lane of its word if the section has changed.
    if (!place) {
      lane = base->lane;
    } else {
      const auto& own = graph_.lane(place->lane);
      const auto& here = graph_.lane(base->lane);
      lane = graph_.find(here.road, here.section, own.lane);
      if (!*lane) lane.reset();
    }
  } else {
    lane = lane_by_word(graph_, base->lane, word);
  }
  if (!lane) {
    fail(at, "no '" + word + "' lane beside the site's lane for '" + variant_.actors[i].name + "'",
         how_to_get(word));
    return std::nullopt;
  }
  return graph_.across(*base, *lane);
}

double Placer::facing_yaw(const Placement& at, double own_heading, double base_heading,
                          double base_lateral) const {
  double yaw = own_heading;
  if (at.facing == "along") yaw = base_heading;
  if (at.facing == "against") yaw = base_heading + glm::pi<double>();
  if (at.facing == "road") yaw = base_heading + (base_lateral > 0 ? -0.5 : 0.5) * glm::pi<double>();
  return yaw + at.yaw_rad;
}

// One of a group: off the place that was found, on the same surface.
void Placer::spread_out(std::size_t i) {
  const Placement& at = variant_.actors[i].at;
  if (at.ahead_m == 0 && at.aside_m == 0) return;
  Body& body = bodies_[i];
  const Vec2d f = body.forward();
  const Vec2d by = at.ahead_m * f + at.aside_m * Vec2d(-f.y, f.x);
  body.position += math::Vec3d(by, 0);
  body.position.z = ground_.height(body.position).value_or(body.position.z);
  body.pose.translation = body.position;
  plan_.lanes[i].at.reset();
}

void Placer::set_on_lane(std::size_t i, const road::LanePosition& at, double lateral) {
  Body& body = bodies_[i];
  const road::LanePose pose = graph_.pose(at, lateral);
  body.position = pose.position - origin_;
  if (walks(body)) {  // may be put far aside, onto a raised pavement
    body.position.z = ground_.height(body.position).value_or(body.position.z);
  }
  const TrackPoint beside = on_base(i);
  const double yaw = facing_yaw(variant_.actors[i].at, pose.heading_rad,
                                plan_.base->at(beside.s_m).heading_rad, beside.lateral_m);
  body.yaw_rad = math::wrap_angle(yaw);
  const double turned = yaw - pose.heading_rad;
  body.pose = {math::from_yaw_pitch_roll(body.yaw_rad), body.position};
  if (!walks(body)) {
    body.pose.rotation =
        math::from_yaw_pitch_roll(pose.heading_rad, -pose.pitch_rad, pose.roll_rad) *
        math::from_yaw_pitch_roll(turned);
  }
  if (body.kind == BodyKind::kVehicle) stand_on_wheels(body);
  plan_.lanes[i] = {at, lateral, std::cos(turned) < 0};
}

void Placer::stand_on_wheels(Body& body) const {
  constexpr double kTyreInset_m = 0.12;
  constexpr double kLevel_m = 0.01;
  const double half_track = 0.5 * body.footprint.width_m() - kTyreInset_m;
  double height[2][2];  // [rear, front][right, left]
  double most = 0;
  for (const int front : {0, 1}) {
    for (const int left : {0, 1}) {
      const math::Vec3d on_plane =
          body.pose * math::Vec3d(front * body.wheelbase_m, (2 * left - 1) * half_track, 0);
      const auto z = ground_.height(on_plane);
      if (!z) return;
      height[front][left] = *z;
      most = std::max(most, std::abs(*z - on_plane.z));
    }
  }
  if (most < kLevel_m) return;
  const double rear = 0.5 * (height[0][0] + height[0][1]);
  const double ahead = 0.5 * (height[1][0] + height[1][1]) - rear;
  const double across = 0.5 * (height[0][1] + height[1][1] - height[0][0] - height[1][0]);
  body.position.z = rear;
  body.pose = {math::from_yaw_pitch_roll(body.yaw_rad, -std::atan2(ahead, body.wheelbase_m),
                                         std::atan2(across, 2 * half_track)),
               body.position};
}

void Placer::set_on_base(std::size_t i, double station, double lateral) {
  Body& body = bodies_[i];
  station_[i] = station;
  body.position = plan_.base->point(station, lateral);
  body.position.z = ground_.height(body.position).value_or(body.position.z);
  const double heading = plan_.base->at(station).heading_rad;
  body.yaw_rad = math::wrap_angle(facing_yaw(variant_.actors[i].at, heading, heading, lateral));
  body.pose = {math::from_yaw_pitch_roll(body.yaw_rad), body.position};
  plan_.lanes[i] = {};
}

double Placer::lateral_in_lane(std::size_t i, const road::LanePosition& at) {
  const Placement& placement = variant_.actors[i].at;
  if (!placement.side_gap_m || i == variant_.ego) return placement.lateral_m;
  set_on_lane(i, at, 0);
  const Shadow here = shadow(i);
  const Body& ego = bodies_[variant_.ego];
  const double ego_lateral = on_base(variant_.ego).lateral_m;
  const double side = here.lateral_m > ego_lateral ? 1 : -1;
  const double ego_reach = side > 0 ? ego.footprint.left_m : ego.footprint.right_m;
  const double wanted =
      ego_lateral + side * (ego_reach + *placement.side_gap_m + here.half_width_m);
  // To the lane's own left: oncoming lanes see the other way.
  const double same_way =
      std::cos(graph_.pose(at).heading_rad - plan_.base->at(here.rear_m).heading_rad) > 0 ? 1 : -1;
  return (wanted - here.lateral_m) * same_way;
}

bool Placer::put_in_lane(std::size_t i, double station, const std::string& word) {
  const auto at = lane_at(i, station, word);
  if (!at) return false;
  station_[i] = station;
  set_on_lane(i, *at, lateral_in_lane(i, *at));
  return true;
}

bool Placer::put_on_road(std::size_t i) {
  const Placement& at = variant_.actors[i].at;
  const auto place = graph_.at(at.road_id, at.s_m, at.lane_id);
  if (!place) {
    return fail(at, "the map has no lane " + std::to_string(at.lane_id) + " on road '" +
                        at.road_id + "' at s = " + metres(at.s_m));
  }
  const math::Vec3d p = graph_.pose(*place).position - origin_;
  station_[i] = i == variant_.ego ? 0 : plan_.base->project(Vec2d(p)).s_m;
  set_on_lane(i, *place, lateral_in_lane(i, *place));
  return true;
}

}  // namespace oddroad::sim
