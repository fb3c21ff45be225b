#include "engine/road/road.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"

namespace oddroad::road {
namespace {

using math::Vec3d;

// Borders that meet are computed by different sums; a point this close to one lies on the lane.
constexpr double kBorderSlack_m = 1e-9;

struct ValueSlope {
  double value, slope;
};

// A profile within the road, running on straight beyond its ends.
ValueSlope extended(const CubicProfile& profile, double s_m, double length_m) {
  const double inside = std::clamp(s_m, 0.0, length_m);
  const double slope = profile.slope(inside);
  return {profile.value(inside) + (s_m - inside) * slope, slope};
}

struct Distances {
  double inner = 0, outer = 0;              // from lane 0, m
  double inner_slope = 0, outer_slope = 0;  // d/ds
};

Distances stack_lanes(const LaneSection& section, int lane_id, double s_m) {
  Distances d;
  const int side = lane_id > 0 ? 1 : -1;
  const auto add = [&](const Lane& lane) {
    d.inner = d.outer;
    d.inner_slope = d.outer_slope;
    if (!lane.width.empty()) {
      const double width = lane.width.value(s_m);
      if (width > 0) {
        d.outer += width;
        d.outer_slope += lane.width.slope(s_m);
      }
    } else if (!lane.border.empty()) {
      // Writers give right borders with and without the sign of t.
      const double border = lane.border.value(s_m);
      if (std::abs(border) > d.inner) {
        d.outer = std::abs(border);
        d.outer_slope = (border < 0 ? -1 : 1) * lane.border.slope(s_m);
      }
    }
  };
  const int n = static_cast<int>(section.lanes.size());
  for (int k = 0; k < n; ++k) {
    const Lane& lane = section.lanes[static_cast<std::size_t>(side > 0 ? n - 1 - k : k)];
    if (lane.id * side <= 0) continue;
    if (lane.id * side > lane_id * side) break;
    add(lane);
  }
  return d;
}

template <typename T>
const T* last_at(const std::vector<T>& records, double s_m) {
  const T* found = nullptr;
  for (const T& record : records) {
    if (record.s_m > s_m && found != nullptr) break;
    found = &record;
  }
  return found;
}

}  // namespace

RoadFrame Road::reference_frame(double s_m) const {
  const PlanPoint plan = reference.at(s_m);
  const auto [z, slope] = extended(elevation, s_m, length_m);
  const double roll = extended(superelevation, s_m, length_m).value;
  const double c = std::cos(plan.heading_rad);
  const double s = std::sin(plan.heading_rad);
  RoadFrame out;
  out.forward = glm::normalize(Vec3d(c, s, slope));
  const Vec3d level_left(-s, c, 0);
  const Vec3d upright = glm::cross(out.forward, level_left);
  out.left = std::cos(roll) * level_left + std::sin(roll) * upright;
  out.up = std::cos(roll) * upright - std::sin(roll) * level_left;
  out.position = Vec3d(plan.position, z);
  out.heading_rad = plan.heading_rad;
  out.pitch_rad = std::atan(slope);
  out.roll_rad = roll;
  return out;
}

RoadFrame Road::frame(double s_m, double t_m) const {
  RoadFrame f = reference_frame(s_m);
  f.position += t_m * f.left;
  if (lateral.empty()) return f;
  const LateralHeight shape = lateral.at(std::clamp(s_m, 0.0, length_m), t_m);
  f.position += shape.h_m * f.up;
  const Vec3d across = f.left + shape.across * f.up;
  f.forward = glm::normalize(f.forward + shape.along * f.up);
  f.left = glm::normalize(across - glm::dot(across, f.forward) * f.forward);
  f.up = glm::cross(f.forward, f.left);
  f.pitch_rad = std::asin(std::clamp(f.forward.z, -1.0, 1.0));
  f.roll_rad = std::atan2(f.left.z, f.up.z);
  return f;
}

Vec3d Road::position(double s_m, double t_m, double h_m) const {
  const RoadFrame f = reference_frame(s_m);
  if (!lateral.empty()) h_m += lateral.at(std::clamp(s_m, 0.0, length_m), t_m).h_m;
  return f.position + t_m * f.left + h_m * f.up;
}

int Road::section_at(double s_m) const {
  ODDROAD_CHECK(!sections.empty());
  int found = 0;
  for (int i = 1; i < static_cast<int>(sections.size()); ++i) {
    if (sections[static_cast<std::size_t>(i)].s_m <= s_m) found = i;
  }
  return found;
}

LaneStrip Road::strip(int section, int lane_id, double s_m) const {
  const LaneSection& cross = sections.at(static_cast<std::size_t>(section));
  const double t0 = lane_offset.value(s_m);
  if (lane_id == 0) return {t0, t0, 0, 0};
  const Distances d = stack_lanes(cross, lane_id, s_m);
  const double side = lane_id > 0 ? 1 : -1;
  LaneStrip out{t0 + side * d.inner, t0 + side * d.outer, 0, 0};
  if (const Lane* lane = cross.find(lane_id)) {
    if (const LaneHeight* height = last_at(lane->heights, s_m)) {
      out.inner_h_m = height->inner_m;
      out.outer_h_m = height->outer_m;
    }
  }
  return out;
}

double Road::centre_slope(int section, int lane_id, double s_m) const {
  const double t0 = lane_offset.slope(s_m);
  if (lane_id == 0) return t0;
  const Distances d = stack_lanes(sections.at(static_cast<std::size_t>(section)), lane_id, s_m);
  return t0 + (lane_id > 0 ? 0.5 : -0.5) * (d.inner_slope + d.outer_slope);
}

std::optional<int> Road::lane_at(double s_m, double t_m) const {
  const int index = section_at(s_m);
  const LaneSection& cross = sections[static_cast<std::size_t>(index)];
  const int side = t_m >= lane_offset.value(s_m) ? 1 : -1;
  const int n = static_cast<int>(cross.lanes.size());
  // A point on lane 0 itself belongs to the left if there is a left, else to the right.
  for (int k = 0; k < n; ++k) {
    const Lane& lane = cross.lanes[static_cast<std::size_t>(side > 0 ? n - 1 - k : k)];
    if (lane.id * side <= 0) continue;
    const LaneStrip s = strip(index, lane.id, s_m);
    if (s.width_m() > 0 && side * (t_m - s.outer_t_m) <= kBorderSlack_m) return lane.id;
  }
  const int other = side > 0 ? -1 : 1;
  if (cross.find(other) != nullptr && std::abs(t_m - lane_offset.value(s_m)) <= kBorderSlack_m) {
    return other;
  }
  return std::nullopt;
}

Vec3d Road::lane_point(int section, int lane_id, double s_m, double fraction) const {
  const LaneStrip s = strip(section, lane_id, s_m);
  const double t = s.inner_t_m + fraction * (s.outer_t_m - s.inner_t_m);
  const double h = s.inner_h_m + fraction * (s.outer_h_m - s.inner_h_m);
  const LaneSection& cross = sections[static_cast<std::size_t>(section)];
  const Lane* lane = cross.find(lane_id);
  if (lane == nullptr || !lane->level) return position(s_m, t, h);
  // Level lanes hang on the outer border of the innermost of them and go on horizontally.
  const int side = lane_id > 0 ? 1 : -1;
  int hinge = lane_id;
  while (const Lane* inner = cross.find(hinge - side)) {
    if (inner->id == 0 || !inner->level) break;
    hinge -= side;
  }
  const double hinge_t = strip(section, hinge, s_m).inner_t_m;
  const RoadFrame f = frame(s_m, hinge_t);
  const Vec3d level_left(-std::sin(f.heading_rad), std::cos(f.heading_rad), 0);
  return f.position + (t - hinge_t) * level_left + h * glm::cross(f.forward, level_left);
}

Vec3d Road::surface(int section, double s_m, double t_m) const {
  const LaneSection& cross = sections.at(static_cast<std::size_t>(section));
  const int side = t_m >= lane_offset.value(s_m) ? 1 : -1;
  const int n = static_cast<int>(cross.lanes.size());
  double outer_h = 0;
  for (int k = 0; k < n; ++k) {
    const Lane& lane = cross.lanes[static_cast<std::size_t>(side > 0 ? n - 1 - k : k)];
    if (lane.id * side <= 0) continue;
    const LaneStrip s = strip(section, lane.id, s_m);
    if (s.width_m() <= 0) continue;
    const double fraction = (t_m - s.inner_t_m) / (s.outer_t_m - s.inner_t_m);
    if (fraction <= 1) return lane_point(section, lane.id, s_m, fraction);
    outer_h = s.outer_h_m;
  }
  return position(s_m, t_m, outer_h);
}

int Road::driving_direction(const Lane& lane) const {
  int direction = lane.id < 0 ? 1 : -1;
  if (rule == TrafficRule::kLeftHand) direction = -direction;
  if (lane.direction == LaneDirection::kReversed) direction = -direction;
  return direction;
}

std::string Road::type_at(double s_m) const {
  const RoadTypeRecord* record = last_at(types, s_m);
  return record == nullptr || record->type.empty() ? "unknown" : record->type;
}

double Road::speed_limit_mps(double s_m, int lane_id) const {
  const Lane* lane = sections[static_cast<std::size_t>(section_at(s_m))].find(lane_id);
  if (lane != nullptr) {
    const LaneSpeed* speed = last_at(lane->speeds, s_m);
    if (speed != nullptr && speed->limit_mps > 0) return speed->limit_mps;
  }
  const RoadTypeRecord* record = last_at(types, s_m);
  return record == nullptr ? 0.0 : record->limit_mps;
}

}  // namespace oddroad::road
