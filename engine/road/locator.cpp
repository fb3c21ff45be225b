#include "engine/road/locator.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "engine/road/stations.h"

namespace oddroad::road {
namespace {

using math::Vec2d;
using math::Vec3d;

constexpr double kSegment_m = 10;
constexpr double kSegmentTurn_rad = 0.1;
// More pieces than the roads of a country; from there on pieces run from break to break.
constexpr std::size_t kManySegments = 500000;
// Wider cross sections are broken numbers, not roads.
constexpr double kWidest_m = 500;
// How far beyond a segment's end a foot point may lie and still count as its end.
constexpr double kEndSlack_m = 1e-6;
// Frames at a record's end are taken this much before it, where its own records hold.
constexpr double kBefore_m = 1e-9;

// Roads closer than this in height count as one level.
constexpr double kSameHeight_m = 0.05;

// Where a point lies in the cross section at s: `along` is 0 where (s, t, h) describes it.
struct Foot {
  double along = 0, t = 0, h = 0;
};

Foot foot_at(const Road& road, double s_m, double x_m, double y_m, std::optional<double> z_m) {
  const RoadFrame f = road.reference_frame(s_m);
  const Vec3d d(x_m - f.position.x, y_m - f.position.y, z_m ? *z_m - f.position.z : 0);
  if (z_m) {
    Foot foot{glm::dot(d, f.forward), glm::dot(d, f.left), glm::dot(d, f.up)};
    if (!road.lateral.empty()) foot.h -= road.lateral.at(s_m, foot.t).h_m;
    return foot;
  }
  // Without a height the point is taken on the surface: solve d = along * forward + t * left in
  // plan. The roll lets `left` lean, so this is a 2x2 system.
  const double det = f.forward.x * f.left.y - f.forward.y * f.left.x;
  const auto solve = [&](double x, double y) {
    return Foot{(x * f.left.y - y * f.left.x) / det, (f.forward.x * y - f.forward.y * x) / det, 0};
  };
  Foot foot = solve(d.x, d.y);
  if (road.lateral.empty()) return foot;
  // The surface lies h over the plane, and `up` leans: t hardly moves h, so this settles at once.
  for (int i = 0; i < 6; ++i) {
    const double h = road.lateral.at(s_m, foot.t).h_m;
    foot = solve(d.x - h * f.up.x, d.y - h * f.up.y);
  }
  return foot;
}

double lane_reach(const Road& road) {
  double reach = 0;
  for (std::size_t i = 0; i < road.sections.size(); ++i) {
    const LaneSection& cross = road.sections[i];
    const std::vector<double>& breaks = break_stations(road);
    std::vector<double> stations = {cross.s_m};
    for (auto s = std::upper_bound(breaks.begin(), breaks.end(), cross.s_m);
         s != breaks.end() && *s <= cross.end_m; ++s) {
      stations.push_back(*s);
    }
    for (const double s : stations) {
      for (int k = 0; k <= 4; ++k) {
        const double at = s + 0.25 * k * std::min(20.0, cross.end_m - s);
        for (const int lane : {cross.leftmost_id(), cross.rightmost_id()}) {
          reach = std::max(reach, std::abs(road.strip(static_cast<int>(i), lane, at).outer_t_m));
        }
      }
    }
  }
  return std::min(reach, kWidest_m);
}

double largest_curvature(const Road& road, double s0, double s1) {
  double curvature = 0;
  for (int k = 0; k <= 8; ++k) {
    const double s = s0 + (s1 - s0) * (0.001 + 0.998 * k / 8);
    curvature = std::max(curvature, std::abs(road.curvature(s)));
  }
  return curvature;
}

// s in [low, high] where along changes from positive to negative. False position with the Illinois
// weighting: keeps the bracket, needs no derivative, converges faster than halving.
template <typename FootAt>
double find_root(const FootAt& foot, double low, double high, double f_low, double f_high) {
  double s = low;
  int last_side = 0;
  for (int i = 0; i < 100 && high - low > 1e-12; ++i) {
    const double span = f_low - f_high;
    s = span > 0 ? low + (high - low) * f_low / span : 0.5 * (low + high);
    const double f = foot(s).along;
    if (std::abs(f) < 1e-12) break;
    const int side = f > 0 ? 1 : -1;
    if (side > 0) {
      low = s;
      f_low = f;
      if (last_side == side) f_high *= 0.5;
    } else {
      high = s;
      f_high = f;
      if (last_side == side) f_low *= 0.5;
    }
    last_side = side;
  }
  return s;
}

bool better(const RoadPlace& a, const RoadPlace& b) {
  const auto key = [](const RoadPlace& p) {
    return std::tuple(!p.lane.has_value(), std::floor(std::abs(p.h_m) / kSameHeight_m),
                      std::abs(p.t_m), p.road);
  };
  return key(a) < key(b);
}

}  // namespace

RoadLocator::RoadLocator(const RoadMap& map, double margin_m) : map_(&map), margin_m_(margin_m) {
  std::vector<math::Aabb> bounds;
  for (std::size_t i = 0; i < map.roads.size(); ++i) add_road(static_cast<int>(i), bounds);
  choose_cell(bounds);
  for (std::size_t i = 0; i < bounds.size(); ++i) insert(static_cast<int>(i), bounds[i]);
}

void RoadLocator::add_road(int index, std::vector<math::Aabb>& all_bounds) {
  const Road& road = map_->roads[static_cast<std::size_t>(index)];
  reach_m_.push_back(lane_reach(road) + margin_m_);
  const std::vector<double>& breaks = break_stations(road);
  for (std::size_t i = 1; i < breaks.size(); ++i) {
    const double s0 = breaks[i - 1];
    const double length = breaks[i] - s0;
    const double turn = length * largest_curvature(road, s0, breaks[i]);
    const double parts_wanted = std::ceil(std::max(length / kSegment_m, turn / kSegmentTurn_rad));
    const double most = segments_.size() < kManySegments ? 200000.0 : 1.0;
    const int parts = static_cast<int>(std::clamp(parts_wanted, 1.0, most));
    for (int k = 0; k < parts; ++k) {
      const Segment segment{index, s0 + length * k / parts,
                            k + 1 == parts ? breaks[i] : s0 + length * (k + 1) / parts};
      math::Aabb bounds;
      for (const double u : {0.0, 0.5, 1.0}) {
        const double s = segment.s0_m + u * (segment.s1_m - segment.s0_m);
        for (const double side : {-1.0, 1.0})
          bounds.include(road.position(s, side * reach_m_.back()));
      }
      segments_.push_back(segment);
      all_bounds.push_back(bounds);
    }
  }
}

// Cells of 20 m, larger where wide roads would fill too many of them.
void RoadLocator::choose_cell(const std::vector<math::Aabb>& bounds) {
  const double most = 8 * static_cast<double>(bounds.size()) + 200000;
  for (int doubled = 0; doubled < 30; ++doubled) {
    double cells = 0;
    for (const math::Aabb& box : bounds) {
      cells += ((box.upper.x - box.lower.x + 2) / cell_m_ + 1) *
               ((box.upper.y - box.lower.y + 2) / cell_m_ + 1);
    }
    if (cells <= most) return;
    cell_m_ *= 2;
  }
}

void RoadLocator::insert(int segment, const math::Aabb& bounds) {
  const auto cell = [&](double v) {
    return static_cast<int>(std::floor(v / cell_m_));
  };
  for (int i = cell(bounds.lower.x - 1); i <= cell(bounds.upper.x + 1); ++i) {
    for (int j = cell(bounds.lower.y - 1); j <= cell(bounds.upper.y + 1); ++j) {
      cells_[{i, j}].push_back(segment);
    }
  }
}

std::optional<RoadPlace> RoadLocator::solve(const Segment& segment, double x_m, double y_m,
                                            std::optional<double> z_m) const {
  const Road& road = map_->roads[static_cast<std::size_t>(segment.road)];
  const auto foot = [&](double s) {
    return foot_at(road, s, x_m, y_m, z_m);
  };
  const double low = segment.s0_m;
  const double high = std::max(low, segment.s1_m - kBefore_m);
  const Foot at_low = foot(low);
  const Foot at_high = foot(high);
  double s = low;
  if (at_low.along < 0) {
    if (at_low.along < -kEndSlack_m) return std::nullopt;
  } else if (at_high.along > 0) {
    s = segment.s1_m;
    // In the wedge of a kink the foot lies before the next record begins but after this one ends.
    if (at_high.along > kEndSlack_m && !(foot(s).along < 0)) return std::nullopt;
  } else {
    s = find_root(foot, low, high, at_low.along, at_high.along);
  }
  const Foot last = foot(s < segment.s1_m ? s : std::max(segment.s0_m, segment.s1_m - kBefore_m));
  if (std::abs(last.t) > reach_m_[static_cast<std::size_t>(segment.road)]) return std::nullopt;
  RoadPlace place;
  place.road = segment.road;
  place.s_m = std::clamp(s, 0.0, road.length_m);
  place.t_m = last.t;
  place.h_m = last.h;
  place.section = road.section_at(place.s_m);
  place.lane = road.lane_at(place.s_m, place.t_m);
  return place;
}

std::vector<RoadPlace> RoadLocator::all(double x_m, double y_m, std::optional<double> z_m) const {
  std::vector<RoadPlace> best;
  const auto cell = [&](double v) {
    return static_cast<int>(std::floor(v / cell_m_));
  };
  if (!(std::abs(x_m) < 1e10 && std::abs(y_m) < 1e10)) return best;
  const auto found = cells_.find({cell(x_m), cell(y_m)});
  if (found == cells_.end()) return best;
  for (const int index : found->second) {
    const auto place = solve(segments_[static_cast<std::size_t>(index)], x_m, y_m, z_m);
    if (!place) continue;
    const auto same = std::find_if(best.begin(), best.end(), [&](const RoadPlace& p) {
      return p.road == place->road;
    });
    const auto distance = [](const RoadPlace& p) {
      return std::hypot(p.t_m, p.h_m);
    };
    if (same == best.end()) {
      best.push_back(*place);
    } else if (distance(*place) < distance(*same)) {
      *same = *place;
    }
  }
  std::sort(best.begin(), best.end(), better);
  return best;
}

std::optional<RoadPlace> RoadLocator::to_road(double x_m, double y_m) const {
  const auto places = all(x_m, y_m);
  if (places.empty()) return std::nullopt;
  return places.front();
}

std::optional<RoadPlace> RoadLocator::to_road(const math::Vec3d& p) const {
  const auto places = all(p.x, p.y, p.z);
  if (places.empty()) return std::nullopt;
  return places.front();
}

std::optional<RoadPlace> RoadLocator::on_road(int road, double x_m, double y_m,
                                              std::optional<double> z_m) const {
  for (const RoadPlace& place : all(x_m, y_m, z_m)) {
    if (place.road == road) return place;
  }
  return std::nullopt;
}

}  // namespace oddroad::road
