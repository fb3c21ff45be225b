#include "engine/sim/track.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/check.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

Vec2d direction(double heading_rad) {
  return {std::cos(heading_rad), std::sin(heading_rad)};
}

}  // namespace

Track::Track(std::vector<TrackStation> stations, std::vector<TrackLane> lanes)
    : stations_(std::move(stations)), lanes_(std::move(lanes)) {
  ODDROAD_CHECK_OP(stations_.size(), >=, 2u);
  for (std::size_t i = 1; i < stations_.size(); ++i) {
    ODDROAD_CHECK_OP(stations_[i - 1].s_m, <, stations_[i].s_m);
  }
  chords_m_.push_back(0);
  for (std::size_t i = 1; i < stations_.size(); ++i) {
    const Vec2d chord(stations_[i].position - stations_[i - 1].position);
    chords_m_.push_back(chords_m_.back() + glm::length(chord));
  }
}

std::size_t Track::segment(double s_m) const {
  const auto it = std::upper_bound(stations_.begin(), stations_.end(), s_m,
                                   [](double s, const TrackStation& station) {
                                     return s < station.s_m;
                                   });
  const auto i = static_cast<std::ptrdiff_t>(it - stations_.begin()) - 1;
  return static_cast<std::size_t>(
      std::clamp<std::ptrdiff_t>(i, 0, static_cast<std::ptrdiff_t>(stations_.size()) - 2));
}

TrackStation Track::at(double s_m) const {
  const TrackStation& a = stations_[segment(s_m)];
  const TrackStation& b = stations_[segment(s_m) + 1];
  const double u = (s_m - a.s_m) / (b.s_m - a.s_m);  // outside [0, 1] beyond the ends: straight on
  const double inside = std::clamp(u, 0.0, 1.0);
  TrackStation out;
  out.s_m = s_m;
  out.position = a.position + u * (b.position - a.position);
  out.heading_rad = a.heading_rad + inside * math::wrap_angle(b.heading_rad - a.heading_rad);
  out.bank_rad = a.bank_rad + inside * (b.bank_rad - a.bank_rad);
  out.lane_width_m = a.lane_width_m + inside * (b.lane_width_m - a.lane_width_m);
  return out;
}

math::Vec3d Track::point(double s_m, double lateral_m) const {
  const TrackStation here = at(s_m);
  const Vec2d left = direction(here.heading_rad + glm::half_pi<double>());
  return here.position + math::Vec3d(lateral_m * left, lateral_m * std::tan(here.bank_rad));
}

double Track::curvature(double s_m) const {
  // Over two metres: stations are half a metre apart and their headings carry rounding.
  constexpr double kHalf_m = 1.0;
  const double a = std::clamp(s_m - kHalf_m, begin_m(), end_m());
  const double b = std::clamp(s_m + kHalf_m, begin_m(), end_m());
  if (b - a < 0.1) return 0;
  return math::wrap_angle(at(b).heading_rad - at(a).heading_rad) / (b - a);
}

double Track::slope(double s_m) const {
  const TrackStation& a = stations_[segment(s_m)];
  const TrackStation& b = stations_[segment(s_m) + 1];
  return (b.position.z - a.position.z) / (b.s_m - a.s_m);
}

Track::OnSegment Track::on_segment(const Vec2d& p, std::size_t i) const {
  const Vec2d a(stations_[i].position);
  const Vec2d ab = Vec2d(stations_[i + 1].position) - a;
  double u = glm::dot(p - a, ab) / glm::dot(ab, ab);
  const bool open_begin = i == 0;
  const bool open_end = i + 2 == stations_.size();
  if (u < 0 && !open_begin) u = 0;
  if (u > 1 && !open_end) u = 1;
  const Vec2d offset = p - (a + u * ab);
  return {u, ab, offset, glm::dot(offset, offset)};
}

TrackPoint Track::project(const Vec2d& p, std::size_t first, std::size_t last,
                          std::size_t guess) const {
  constexpr double kRounded_m = 1e-6;
  const double enough_m = std::sqrt(on_segment(p, guess).distance2) + kRounded_m;
  double best = std::numeric_limits<double>::infinity();
  TrackPoint out;
  for (std::size_t i = first; i < last;) {
    const auto [u, ab, offset, d] = on_segment(p, i);
    if (!(d >= best)) {
      best = d;
      const double side = ab.x * offset.y - ab.y * offset.x;
      out.s_m = stations_[i].s_m + u * (stations_[i + 1].s_m - stations_[i].s_m);
      out.lateral_m = std::copysign(std::sqrt(d), side);
    }
    // Segments that lie all too near this one's end to come as close as the guess.
    const double begin_m = chords_m_[++i];
    const double room_m = glm::length(p - Vec2d(stations_[i].position)) - enough_m;
    while (i + 2 < stations_.size() && chords_m_[i + 1] - begin_m < room_m) ++i;
  }
  return out;
}

TrackPoint Track::project(const Vec2d& p, double hint_s_m) const {
  constexpr double kReach_m = 20;
  const std::size_t first = segment(hint_s_m - kReach_m);
  const std::size_t last = segment(hint_s_m + kReach_m) + 1;
  const TrackPoint near = project(p, first, last, segment(hint_s_m));
  const bool on_border = (first > 0 && near.s_m <= stations_[first].s_m + 1) ||
                         (last + 1 < stations_.size() && near.s_m >= stations_[last].s_m - 1);
  return on_border ? project(p) : near;
}

TrackPoint Track::project(const Vec2d& p) const {
  const std::size_t last = stations_.size() - 1;
  return project(p, 0, last, last / 2);
}

Track straight_track(const math::Vec3d& start, double heading_rad, double length_m) {
  std::vector<TrackStation> stations;
  const auto n = std::max(2, static_cast<int>(std::ceil(length_m / 0.5)) + 1);
  for (int i = 0; i < n; ++i) {
    TrackStation station;
    station.s_m = length_m * i / (n - 1);
    station.position = start + math::Vec3d(station.s_m * direction(heading_rad), 0);
    station.heading_rad = heading_rad;
    stations.push_back(station);
  }
  return Track(std::move(stations));
}

}  // namespace oddroad::sim
