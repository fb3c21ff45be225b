#include "engine/traffic/conflicts.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace oddroad::traffic {
namespace {

using math::Vec2d;

// Half widths with what a driver leaves at each side.
constexpr double kHalfSwath_m[2] = {1.10, 1.45};
constexpr double kHeavyWheelbase_m = 6;
constexpr double kMostCut_m = 1.2;
// Roads that lie further above each other than this do not meet.
constexpr double kClearance_m = 3;
constexpr double kTogether_m = 1.5;
constexpr double kAlike_rad = 0.8;
constexpr double kBeforeZone_m = 1;
constexpr double kParallel_rad = 0.2;

struct Strip {
  std::vector<Vec2d> centre;
  std::vector<double> z;
  std::vector<double> half[2];
  Vec2d low{1e300}, high{-1e300};
};

// Along the middle of what is swept: heavy vehicles cut towards the inside of bends.
Strip strip_of(const LaneTable& table, const Lane& lane, Swath swath) {
  Strip out;
  const LaneSample* all = table.samples(lane);
  for (std::uint32_t i = 0; i < lane.samples; ++i) {
    const LaneSample& p = all[i];
    const double cut =
        swath == kLarge
            ? std::min(0.5 * std::abs(p.curvature_1pm) * kHeavyWheelbase_m * kHeavyWheelbase_m,
                       kMostCut_m)
            : 0.0;
    const double inside = (p.curvature_1pm > 0 ? 0.5 : -0.5) * cut;
    out.centre.emplace_back(p.x - inside * p.tangent_y, p.y + inside * p.tangent_x);
    out.z.push_back(p.z);
    const double half = std::min(kHalfSwath_m[swath], std::max(0.6, 1.0 * p.half_width_m));
    out.half[swath].push_back(half + 0.5 * cut);
    out.low = glm::min(out.low, out.centre.back() - 2.5);
    out.high = glm::max(out.high, out.centre.back() + 2.5);
  }
  return out;
}

struct Zone {
  Interval a, b;
};

// Runs of samples of `a` that overlap `b`, each with what it overlaps there.
std::vector<Zone> overlaps(const Strip& a, Swath sa, double spacing_a, const Strip& b, Swath sb,
                           double spacing_b) {
  std::vector<Zone> out;
  int last = -2;
  for (std::size_t i = 0; i < a.centre.size(); ++i) {
    const Vec2d& p = a.centre[i];
    if (p.x < b.low.x || p.y < b.low.y || p.x > b.high.x || p.y > b.high.y) continue;
    int first_j = -1;
    int last_j = -1;
    for (std::size_t j = 0; j < b.centre.size(); ++j) {
      const Vec2d d = b.centre[j] - p;
      const double reach = a.half[sa][i] + b.half[sb][j];
      if (glm::dot(d, d) >= reach * reach || std::abs(a.z[i] - b.z[j]) > kClearance_m) continue;
      if (first_j < 0) first_j = static_cast<int>(j);
      last_j = static_cast<int>(j);
    }
    if (first_j < 0) continue;
    // The overlap reaches beyond the samples that show it, by less than a step.
    const double last_a = static_cast<double>(a.centre.size() - 1) * spacing_a;
    const double last_b = static_cast<double>(b.centre.size() - 1) * spacing_b;
    const double at = static_cast<double>(i) * spacing_a;
    const auto begin = static_cast<float>(std::max(0.0, at - spacing_a));
    const auto end = static_cast<float>(std::min(last_a, at + spacing_a));
    const auto from = static_cast<float>(std::max(0.0, (first_j - 1) * spacing_b));
    const auto to = static_cast<float>(std::min(last_b, (last_j + 1) * spacing_b));
    if (static_cast<int>(i) == last + 1) {
      out.back().a.end_m = end;
      out.back().b.begin_m = std::min(out.back().b.begin_m, from);
      out.back().b.end_m = std::max(out.back().b.end_m, to);
    } else {
      out.push_back({{begin, end}, {from, to}});
    }
    last = static_cast<int>(i);
  }
  return out;
}

bool touch(const LaneSample& p, const LaneSample& q) {
  return std::hypot(p.x - q.x, p.y - q.y) < kTogether_m && std::abs(p.z - q.z) < kClearance_m &&
         std::abs(math::wrap_angle(p.heading_rad - q.heading_rad)) < kAlike_rad;
}

ConflictKind kind_of(const LaneTable& table, const Lane& a, const Lane& b, const Zone& zone) {
  const LaneSample* pa = table.samples(a);
  const LaneSample* pb = table.samples(b);
  const bool from_start = zone.a.begin_m < kTogether_m && zone.b.begin_m < kTogether_m;
  if (from_start && touch(pa[0], pb[0])) return ConflictKind::kDiverge;
  const bool to_end =
      zone.a.end_m > a.length_m - kTogether_m && zone.b.end_m > b.length_m - kTogether_m;
  if (to_end && touch(pa[a.samples - 1], pb[b.samples - 1])) return ConflictKind::kMerge;
  return ConflictKind::kCross;
}

bool contains(const std::vector<std::uint32_t>& list, std::uint32_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Lanes of one road lie side by side, lanes that follow each other touch: neither is a conflict.
bool may_conflict(const std::vector<Lane>& lanes, std::uint32_t a, std::uint32_t b) {
  const Lane& p = lanes[a];
  const Lane& q = lanes[b];
  if (p.road == q.road || contains(p.next, b) || contains(p.previous, b)) return false;
  // A lane beside the one that this leads to or comes from.
  const auto beside_of = [&](const Lane& from, const Lane& to) {
    for (const auto* links : {&from.next, &from.previous}) {
      for (const std::uint32_t n : *links) {
        if (lanes[n].road == to.road) return true;
      }
    }
    return false;
  };
  if (beside_of(p, q) || beside_of(q, p)) return false;
  return true;
}

// Separate roads that run close beside each other.
bool are_parallel(const LaneTable& table, const Lane& a, const Lane& b, const Zone& zone) {
  const auto heading = [&](const Lane& lane, const Interval& part) {
    const double middle = 0.5 * (part.begin_m + part.end_m);
    return table.samples(lane)[static_cast<std::size_t>(middle * lane.per_spacing_1pm)].heading_rad;
  };
  const double turn = heading(a, zone.a) - heading(b, zone.b);
  return std::abs(std::sin(turn)) < std::sin(kParallel_rad);
}

struct Found {
  std::uint32_t a, b;
  Conflict conflict;  // as a sees it
};

// The zones of all four pairs of swaths; the runs of the wide pair are those that the others
// belong to.
void find_pair(const LaneTable& table, const std::vector<Strip> (&strips)[2], std::uint32_t a,
               std::uint32_t b, std::vector<Found>& out) {
  const Lane& p = table[a];
  const Lane& q = table[b];
  for (const Zone& wide :
       overlaps(strips[1][a], kLarge, p.spacing_m, strips[1][b], kLarge, q.spacing_m)) {
    Conflict c;
    c.other = b;
    c.kind = kind_of(table, p, q, wide);
    if (c.kind == ConflictKind::kCross && p.junction < 0 && q.junction < 0 &&
        are_parallel(table, p, q, wide)) {
      continue;
    }
    for (int i = 0; i < 2; ++i) {
      for (int j = 0; j < 2; ++j) {
        c.own[i][j] = c.theirs[i][j] = {0, -1};
        for (const Zone& z : overlaps(strips[i][a], static_cast<Swath>(i), p.spacing_m,
                                      strips[j][b], static_cast<Swath>(j), q.spacing_m)) {
          if (z.a.begin_m > wide.a.end_m + 1 || z.a.end_m < wide.a.begin_m - 1) continue;
          const bool first = c.own[i][j].end_m < c.own[i][j].begin_m;
          c.own[i][j] = first ? z.a
                              : Interval{std::min(c.own[i][j].begin_m, z.a.begin_m),
                                         std::max(c.own[i][j].end_m, z.a.end_m)};
          c.theirs[i][j] = first ? z.b
                                 : Interval{std::min(c.theirs[i][j].begin_m, z.b.begin_m),
                                            std::max(c.theirs[i][j].end_m, z.b.end_m)};
        }
      }
    }
    out.push_back({a, b, c});
  }
}

}  // namespace

ConflictTable::ConflictTable(const LaneTable& table) {
  const std::vector<Lane>& lanes = table.lanes();
  std::vector<Strip> strips[2];
  for (const Lane& lane : lanes) {
    for (const Swath swath : {kSmall, kLarge}) {
      strips[swath].push_back(lane.usable ? strip_of(table, lane, swath) : Strip{});
    }
  }
  std::vector<Found> found;
  for (std::uint32_t a = 0; a < lanes.size(); ++a) {
    if (!lanes[a].usable) continue;
    for (std::uint32_t b = a + 1; b < lanes.size(); ++b) {
      const Strip& p = strips[1][a];
      const Strip& q = strips[1][b];
      if (!lanes[b].usable || p.low.x > q.high.x || q.low.x > p.high.x || p.low.y > q.high.y ||
          q.low.y > p.high.y || !may_conflict(lanes, a, b)) {
        continue;
      }
      find_pair(table, strips, a, b, found);
    }
  }
  std::vector<std::vector<std::pair<std::size_t, bool>>> by_lane(lanes.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    by_lane[found[i].a].emplace_back(i, false);
    by_lane[found[i].b].emplace_back(i, true);
  }
  std::vector<std::uint32_t> seen_by_a(found.size());
  for (std::uint32_t lane = 0; lane < lanes.size(); ++lane) {
    first_.push_back(static_cast<std::uint32_t>(all_.size()));
    double guard = lanes[lane].junction >= 0 ? 0.0 : std::numeric_limits<double>::infinity();
    for (const auto& [index, from_b] : by_lane[lane]) {
      const Found& f = found[index];
      Conflict c = f.conflict;
      const auto here = static_cast<std::uint32_t>(all_.size());
      if (from_b) {
        c.other = f.a;
        for (int i = 0; i < 2; ++i) {
          for (int j = 0; j < 2; ++j) {
            c.own[i][j] = f.conflict.theirs[j][i];
            c.theirs[i][j] = f.conflict.own[j][i];
          }
        }
        c.twin = seen_by_a[index];
        all_[c.twin].twin = here;
      } else {
        seen_by_a[index] = here;
      }
      if (c.kind != ConflictKind::kDiverge) {
        guard = std::min(guard, std::max(0.0, c.own[1][1].begin_m - kBeforeZone_m));
      }
      all_.push_back(c);
    }
    guard_m_.push_back(guard);
  }
  first_.push_back(static_cast<std::uint32_t>(all_.size()));
}

}  // namespace oddroad::traffic
