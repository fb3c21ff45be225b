// One step of motion: speed with bounded jerk, the front axle along its lane, the rear axle after
// it, and the pose on the road's surface.
#include <algorithm>
#include <cmath>

#include "engine/traffic/state.h"
#include "engine/traffic/tractrix.h"

namespace oddroad::traffic {
namespace {

using math::Vec2d;
using math::Vec3d;

constexpr double kStopJerk_mps3 = 5;  // of the last moment before standing
constexpr double kHardJerk_mps3 = 12;
// Rounding off where lanes do not meet smoothly: time and way for it, what is rounded off at all.
constexpr double kWelcome_s = 1.2;
constexpr double kLeastWelcome_m = 5, kMostWelcome_m = 30;
constexpr double kWelcome_mps2 = 1.5;
constexpr double kNoticeable_m = 0.01;
constexpr double kNoticeable_rad = 0.003;
constexpr double kNoticeable_1pm = 0.002;
constexpr double kBrakeOn_mps2 = -0.7, kBrakeOff_mps2 = -0.35;
constexpr double kWarmUp_m = 20;

// The hardest braking from which the speed can still be brought to rest with this jerk:
// v + a dt >= a^2 / (2 j).
double stopping_bound(double v, double jerk, double dt) {
  return jerk * dt - std::sqrt(jerk * jerk * dt * dt + 2 * jerk * v);
}

void change_speed(Vehicle& v, double dt) {
  double wanted = v.wanted_mps2;
  if (wanted < 0) {
    const double gentle = stopping_bound(v.v_mps, kStopJerk_mps3, dt);
    const double bound = wanted < -3 ? stopping_bound(v.v_mps, kHardJerk_mps3, dt) : gentle;
    wanted = std::max(wanted, bound);
  }
  const double most = v.jerk_mps3 * dt;
  double a = std::clamp(wanted, v.a_mps2 - most, v.a_mps2 + most);
  const double last = std::min(0.0, stopping_bound(v.v_mps, kHardJerk_mps3, dt));
  a = std::max(a, last);
  a = std::min(a, v.a_mps2 + kHardJerk_mps3 * dt * 1.04);
  v.a_mps2 = a;
  v.v_mps = v.v_mps + a * dt;
  if (v.v_mps <= 1e-9) {
    v.v_mps = 0;
    if (a < 0 && a > -kHardJerk_mps3 * dt) v.a_mps2 = 0;
  }
}

// Where the next lane does not start as this one ends (place, heading, bend), the driver rounds
// it off.
void enter_next(State& state, Vehicle& v, const LanePoint& old) {
  const Vec3d front = old.position + Vec3d(-v.lateral_m * std::sin(old.heading_rad),
                                           v.lateral_m * std::cos(old.heading_rad), 0);
  const double path = old.heading_rad + std::atan(v.slope);
  const double bend = old.curvature_1pm + v.bend_1pm;
  ++v.at;
  const std::uint32_t lane = v.lane();
  const LanePoint p = state.net->lanes().at(lane, v.offset());
  const Vec3d d = front - p.position;
  const double lateral = d.y * std::cos(p.heading_rad) - d.x * std::sin(p.heading_rad);
  const double turn = std::remainder(path - p.heading_rad, 2 * M_PI);
  const double bend_off = bend - p.curvature_1pm;
  if (std::abs(lateral) > kNoticeable_m || std::abs(turn) > kNoticeable_rad ||
      std::abs(bend_off) > kNoticeable_1pm) {
    const double slope = std::tan(std::clamp(turn, -1.0, 1.0));
    const double gentle = v.v_mps * std::sqrt(5.7735 * std::abs(lateral) / kWelcome_mps2);
    double way =
        std::max(std::clamp(kWelcome_s * v.v_mps, kLeastWelcome_m, kMostWelcome_m), gentle);
    if (v.change_side != 0) way = std::max(way, v.way_m * (1 - v.progress));
    come_to_centre(v, lateral, slope, bend_off, way);
  }
  if (v.from_lane != kNoLane) {
    const Lane& here = state.lane(lane);
    v.from_lane = v.from_side > 0 ? here.left : here.right;
    if (v.from_lane != kNoLane) {
      v.from_shift_m = state.net->lanes().across(lane, v.offset(), v.from_lane) - v.offset();
    }
  }
  if (state.lane(lane).junction >= 0 || lane == v.goal) {
    v.goal = kNoLane;
    v.side = 0;
  }
}

void advance_across(Vehicle& v, double distance) {
  if (v.progress >= 1) return;
  v.progress += distance / v.way_m;
  if (v.progress >= 1) {
    v.progress = 1;
    v.lateral_m = v.slope = v.bend_1pm = 0;
    v.change_side = 0;
    return;
  }
  const auto& a = v.across;
  const double u = v.progress;
  v.lateral_m = a[0] + u * (a[1] + u * (a[2] + u * (a[3] + u * (a[4] + u * a[5]))));
  v.slope = (a[1] + u * (2 * a[2] + u * (3 * a[3] + u * (4 * a[4] + u * 5 * a[5])))) / v.way_m;
  v.bend_1pm = (2 * a[2] + u * (6 * a[3] + u * (12 * a[4] + u * 20 * a[5]))) / (v.way_m * v.way_m);
}

// Height of the surface below a place this far behind the front axle along the path.
double height_behind(const State& state, const Vehicle& v, double behind, double lateral) {
  std::uint32_t i = v.at;
  const double p = v.p_m - behind;
  while (i > 0 && v.path[i].start_m > p) --i;
  return state.net->lanes().height(v.path[i].lane, p - v.path[i].start_m, lateral);
}

void pose_trailer(const State& state, Vehicle& v, double hitch_yaw_before, double distance) {
  const TrailerModel& t = v.shape.trailer;
  v.trailer_yaw = follow(v.trailer_yaw, 0.5 * (hitch_yaw_before + v.yaw), distance, t.wheelbase_m);
  const Vec2d u(std::cos(v.yaw), std::sin(v.yaw));
  const Vec2d w(std::cos(v.trailer_yaw), std::sin(v.trailer_yaw));
  const Vec2d axle = Vec2d(v.rear) + t.hitch_m * u - t.wheelbase_m * w;
  const double behind = v.wheelbase_m - t.hitch_m + t.wheelbase_m;
  const double z = height_behind(state, v, behind, v.lateral_m);
  const double hitch_z = v.rear.z + (v.front_z - v.rear.z) * t.hitch_m / v.wheelbase_m;
  v.trailer_axle = {axle.x, axle.y, z};
  v.trailer_pitch = -std::atan2(hitch_z - z, t.wheelbase_m);
}

void pose(const State& state, Vehicle& v, const LanePoint& at, double front_distance) {
  const double path = at.heading_rad + (v.slope != 0 ? std::atan(v.slope) : 0.0);
  const double before = v.yaw;
  v.yaw = follow(before, path, front_distance, v.wheelbase_m);
  const double c = std::cos(v.yaw);
  const double s = std::sin(v.yaw);
  const double lane_c = std::cos(at.heading_rad);
  const double lane_s = std::sin(at.heading_rad);
  const Vec2d front(at.position.x - v.lateral_m * lane_s, at.position.y + v.lateral_m * lane_c);
  v.front_z = at.position.z + v.lateral_m * std::sin(at.roll_rad);
  const Vec2d rear = front - v.wheelbase_m * Vec2d(c, s);
  // How far left of the lane's centre the rear is, by the angle to the lane.
  const double skew = std::remainder(v.yaw - at.heading_rad, 2 * M_PI);
  const double rear_lateral = std::clamp(v.lateral_m - v.wheelbase_m * std::sin(skew) +
                                             0.5 * at.curvature_1pm * v.wheelbase_m * v.wheelbase_m,
                                         -2.5, 2.5);
  const double z = height_behind(state, v, v.wheelbase_m * std::cos(skew), rear_lateral);
  v.rear = {rear.x, rear.y, z};
  v.pitch = -std::atan2(v.front_z - z, v.wheelbase_m);
  v.roll = at.roll_rad;
  v.steer = std::remainder(path - v.yaw, 2 * M_PI);
  if (v.shape.has_trailer) pose_trailer(state, v, before, front_distance * std::cos(v.steer));
}

}  // namespace

void move(State& state, Vehicle& v, double dt) {
  change_speed(v, dt);
  if (v.v_mps > 0) {
    // v is the rear axle's speed; the front axle goes faster by 1 / cos(steer).
    const double rolled = v.v_mps * dt;
    const double front = rolled / std::max(0.3, std::cos(v.steer));
    double along = front;
    if (v.lateral_m != 0 || v.slope != 0) {
      const double k = state.net->lanes().at(v.lane(), v.offset()).curvature_1pm;
      along /= std::sqrt(1 + v.slope * v.slope) * std::max(0.3, 1 - k * v.lateral_m);
    }
    v.p_m += along;
    v.rolled_m += rolled;
    advance_across(v, along);
    while (v.at + 1 < v.path.size() && v.p_m >= v.path[v.at + 1].start_m) {
      enter_next(state, v, state.net->lanes().at(v.lane(), v.offset()));
    }
    const LanePoint at = state.net->lanes().at(v.lane(), v.offset());
    pose(state, v, at, front);
  }
  const bool standing = v.v_mps < 0.1 && v.wanted_mps2 < 0;
  if (v.a_mps2 < kBrakeOn_mps2 || standing) v.braking_lamp = true;
  if (v.a_mps2 > kBrakeOff_mps2 && !standing) v.braking_lamp = false;
}

void come_to_centre(Vehicle& v, double lateral, double slope, double bend, double way) {
  v.lateral_m = lateral;
  v.slope = slope;
  v.bend_1pm = bend;
  v.way_m = way;
  v.progress = 0;
  // The quintic with this place, slope and bend at its start and none of them at its end.
  auto& a = v.across;
  a[0] = lateral;
  a[1] = slope * way;
  a[2] = 0.5 * bend * way * way;
  a[3] = -10 * a[0] - 6 * a[1] - 3 * a[2];
  a[4] = 15 * a[0] + 8 * a[1] + 3 * a[2];
  a[5] = -6 * a[0] - 3 * a[1] - a[2];
}

void settle_pose(State& state, Vehicle& v) {
  const double offset = v.offset();
  const double from = std::max(0.0, offset - kWarmUp_m);
  const LaneTable& lanes = state.net->lanes();
  v.yaw = lanes.at(v.lane(), from).heading_rad;
  double trailer = v.yaw;
  constexpr double kStep_m = 0.25;
  for (double s = from; s < offset; s += kStep_m) {
    v.yaw = follow(v.yaw, lanes.at(v.lane(), s).heading_rad, kStep_m, v.wheelbase_m);
    if (v.shape.has_trailer) trailer = follow(trailer, v.yaw, kStep_m, v.shape.trailer.wheelbase_m);
  }
  v.trailer_yaw = trailer;
  pose(state, v, lanes.at(v.lane(), offset), 0);
}

}  // namespace oddroad::traffic
