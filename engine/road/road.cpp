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

  // One lane farther out.
  void add(const Lane& lane, double s_m) {
    inner = outer;
    inner_slope = outer_slope;
    if (!lane.width.empty()) {
      const double width = lane.width.value(s_m);
      if (width > 0) {
        outer += width;
        outer_slope += lane.width.slope(s_m);
      }
    } else if (!lane.border.empty()) {
      // Writers give right borders with and without the sign of t.
      const double border = lane.border.value(s_m);
      if (std::abs(border) > inner) {
        outer = std::abs(border);
        outer_slope = (border < 0 ? -1 : 1) * lane.border.slope(s_m);
      }
    }
  }
};

// Calls visit(lane, distances) from lane 0 outward on one side until it returns false.
template <typename Visit>
void walk_outward(const LaneSection& section, int side, double s_m, const Visit& visit) {
  Distances d;
  const int n = static_cast<int>(section.lanes.size());
  for (int k = 0; k < n; ++k) {
    const Lane& lane = section.lanes[static_cast<std::size_t>(side > 0 ? n - 1 - k : k)];
    if (lane.id * side <= 0) continue;
    d.add(lane, s_m);
    if (!visit(lane, d)) return;
  }
}

Distances stack_lanes(const LaneSection& section, int lane_id, double s_m) {
  Distances out;
  const int side = lane_id > 0 ? 1 : -1;
  walk_outward(section, side, s_m, [&](const Lane& lane, const Distances& d) {
    if (lane.id * side > lane_id * side) return false;
    out = d;
    return lane.id != lane_id;
  });
  return out;
}

template <typename T>
const T* last_at(const std::vector<T>& records, double s_m) {
  if (records.empty()) return nullptr;
  const auto after =
      std::upper_bound(records.begin(), records.end(), s_m, [](double s, const T& record) {
        return s < record.s_m;
      });
  return after == records.begin() ? &records.front() : &*(after - 1);
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
  const auto after = std::upper_bound(sections.begin() + 1, sections.end(), s_m,
                                      [](double s, const LaneSection& section) {
                                        return s < section.s_m;
                                      });
  return static_cast<int>(after - sections.begin()) - 1;
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

void Road::outer_borders(int section, double s_m, std::vector<double>& t_m) const {
  const LaneSection& cross = sections.at(static_cast<std::size_t>(section));
  const double t0 = lane_offset.value(s_m);
  t_m.assign(cross.lanes.size(), t0);
  const Lane* first = cross.lanes.data();
  for (const int side : {1, -1}) {
    walk_outward(cross, side, s_m, [&](const Lane& lane, const Distances& d) {
      t_m[static_cast<std::size_t>(&lane - first)] = t0 + side * d.outer;
      return true;
    });
  }
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
  const double t0 = lane_offset.value(s_m);
  const int side = t_m >= t0 ? 1 : -1;
  std::optional<int> found;
  walk_outward(cross, side, s_m, [&](const Lane& lane, const Distances& d) {
    if (d.outer - d.inner > 0 && side * (t_m - (t0 + side * d.outer)) <= kBorderSlack_m) {
      found = lane.id;
    }
    return !found;
  });
  if (found) return found;
  // A point on lane 0 itself belongs to the left if there is a left, else to the right.
  const int other = side > 0 ? -1 : 1;
  if (cross.find(other) != nullptr && std::abs(t_m - t0) <= kBorderSlack_m) {
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
  const double t0 = lane_offset.value(s_m);
  const int side = t_m >= t0 ? 1 : -1;
  double outer_h = 0;
  std::optional<std::pair<int, double>> found;  // lane and fraction
  walk_outward(cross, side, s_m, [&](const Lane& lane, const Distances& d) {
    const double inner = t0 + side * d.inner;
    const double outer = t0 + side * d.outer;
    if (inner == outer) return true;
    const double fraction = (t_m - inner) / (outer - inner);
    if (fraction <= 1) {
      found = {lane.id, fraction};
      return false;
    }
    const LaneHeight* height = last_at(lane.heights, s_m);
    outer_h = height == nullptr ? 0 : height->outer_m;
    return true;
  });
  if (found) return lane_point(section, found->first, s_m, found->second);
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
