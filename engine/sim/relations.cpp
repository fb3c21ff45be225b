#include "engine/sim/relations.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TrackPoint on_line_of(const Body& a, const Vec2d& p) {
  if (a.track) return a.track->project(p, a.s_m);
  const Vec2d d = p - Vec2d(a.position);
  const Vec2d f = a.forward();
  return {glm::dot(d, f), f.x * d.y - f.y * d.x};
}

Shadow shadow_of(const Outline& outline, const TrackPoint& centre, double heading) {
  const Vec2d along(std::cos(heading), std::sin(heading));
  const double reach = outline.reach(along);
  return {centre.s_m - reach, centre.s_m + reach, centre.lateral_m,
          outline.reach({-along.y, along.x}), heading};
}

// Where a straight line (p + k d, k >= 0 or any) meets a's line, by bisection on the side of the
// track: tracks are smooth and the crossing is near square, so a few dozen halvings settle it.
std::optional<double> meeting_s(const Body& a, const Vec2d& p, const Vec2d& d) {
  const TrackPoint start = on_line_of(a, p);
  constexpr double kFar_m = 100;
  const TrackPoint end = on_line_of(a, p + kFar_m * d);
  if ((start.lateral_m > 0) == (end.lateral_m > 0)) return std::nullopt;
  double low = 0;
  double high = kFar_m;
  for (int i = 0; i < 40; ++i) {
    const double middle = 0.5 * (low + high);
    const bool same_side = (on_line_of(a, p + middle * d).lateral_m > 0) == (start.lateral_m > 0);
    (same_side ? low : high) = middle;
  }
  return on_line_of(a, p + high * d).s_m;
}

double conflict_s(const Body& a, const Body& b) {
  const Vec2d centre = b.outline().centre;
  if (b.speed_mps > kStandingSpeed_mps) {
    const Vec2d v(b.velocity_mps);
    if (const auto s = meeting_s(a, centre, v / glm::length(v))) return *s;
  }
  return on_line_of(a, centre).s_m;
}

}  // namespace

Shadow shadow_on_track(const Track& track, double hint_s, const Body& b) {
  const Outline outline = b.outline();
  const TrackPoint centre = track.project(outline.centre, hint_s);
  return shadow_of(outline, centre, track.at(centre.s_m).heading_rad);
}

Shadow shadow_on_line_of(const Body& a, const Body& b) {
  if (a.track) {
    const double ahead = glm::dot(Vec2d(b.position - a.position), a.forward());
    return shadow_on_track(*a.track, a.s_m + ahead, b);
  }
  const Outline outline = b.outline();
  return shadow_of(outline, on_line_of(a, outline.centre), a.yaw_rad);
}

math::Vec2d Body::forward() const {
  return {std::cos(yaw_rad), std::sin(yaw_rad)};
}

double front_s_m(const Body& a) {
  if (!a.track) return a.footprint.front_m;
  return a.s_m + a.footprint.front_m;
}

double gap_m(const Body& a, const Body& b) {
  return free_gap(a.outline(), b.outline()).distance_m;
}

double distance_m(const Body& a, const Body& b) {
  return glm::length(b.outline().centre - a.outline().centre);
}

double gap_ahead_m(const Body& a, const Body& b) {
  return shadow_on_line_of(a, b).rear_m - front_s_m(a);
}

double headway_s(const Body& a, const Body& b) {
  const double gap = gap_ahead_m(a, b);
  if (gap < 0 || a.speed_mps < kStandingSpeed_mps) return kInfinity;
  return gap / a.speed_mps;
}

double ttc_s(const Body& a, const Body& b) {
  const FreeGap gap = free_gap(a.outline(), b.outline());
  if (gap.distance_m == 0) return 0;
  const double closing = glm::dot(Vec2d(a.velocity_mps - b.velocity_mps), gap.direction);
  return closing > 1e-6 ? gap.distance_m / closing : kInfinity;
}

double path_ttc_s(const Body& a, const Body& b) {
  if (a.speed_mps < kStandingSpeed_mps) return kInfinity;
  const double s = b.crossing ? b.crossing->conflict_s_m : conflict_s(a, b);
  const double way = s - front_s_m(a);
  return way < 0 ? kInfinity : way / a.speed_mps;
}

double lateral_m(const Body& a, const Body& b) {
  return std::abs(shadow_on_line_of(a, b).lateral_m);
}

double relative_speed_mps(const Body& a, const Body& b) {
  return glm::dot(Vec2d(a.velocity_mps - b.velocity_mps), a.forward());
}

bool same_height(const Body& a, const Body& b) {
  constexpr double kSteepest = 0.12;  // of roads between the two
  const double apart = glm::length(Vec2d(b.position - a.position));
  const double reach = 0.5 * (a.footprint.length_m() + a.footprint.width_m() +
                              b.footprint.length_m() + b.footprint.width_m());
  const double leeway = kSteepest * std::max(0.0, apart - reach);
  const double a_low = a.position.z + a.bottom_m;
  const double b_low = b.position.z + b.bottom_m;
  return a_low <= b.position.z + b.height_m + leeway && b_low <= a.position.z + a.height_m + leeway;
}

bool touches(const Body& a, const Body& b) {
  // Circles first: most pairs are far apart, and outlines cost a hundred times more.
  const double reach = a.footprint.radius_m() + b.footprint.radius_m();
  const Vec2d between(b.position - a.position);
  if (glm::dot(between, between) > reach * reach) return false;
  if (!a.carried_by.empty() && a.carried_by == b.name) return false;
  if (!b.carried_by.empty() && b.carried_by == a.name) return false;
  return same_height(a, b) && gap_m(a, b) == 0;
}

bool has_passed(const Body& a, const Body& b) {
  return front_s_m(a) - a.footprint.length_m() > shadow_on_line_of(a, b).front_m;
}

bool stands(const Body& a) {
  return a.speed_mps < kStandingSpeed_mps;
}

}  // namespace oddroad::sim
