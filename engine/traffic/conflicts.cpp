#include "engine/traffic/conflicts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/traffic/strip.h"

namespace oddroad::traffic {
namespace {

using math::Vec2d;

constexpr double kTogether_m = 1.5;
constexpr double kAlike_rad = 0.8;
constexpr float kBeforeZone_m = 1;
constexpr double kParallel_rad = 0.2;

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

std::vector<Interval> guards_of(const Lane& lane, std::span<const Conflict> conflicts) {
  if (lane.junction >= 0) return {{0, static_cast<float>(lane.length_m)}};
  std::vector<Interval> zones;
  for (const Conflict& c : conflicts) {
    if (c.kind == ConflictKind::kDiverge) continue;
    const Interval& own = c.own[kLarge][kLarge];
    zones.push_back({std::max(0.0f, own.begin_m - kBeforeZone_m), own.end_m});
  }
  std::sort(zones.begin(), zones.end(), [](const Interval& a, const Interval& b) {
    return a.begin_m < b.begin_m;
  });
  std::vector<Interval> out;
  for (const Interval& zone : zones) {
    if (out.empty() || zone.begin_m > out.back().end_m) {
      out.push_back(zone);
    } else {
      out.back().end_m = std::max(out.back().end_m, zone.end_m);
    }
  }
  return out;
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
      all_.push_back(c);
    }
    first_guard_.push_back(static_cast<std::uint32_t>(guards_.size()));
    for (const Interval& part : guards_of(lanes[lane], {all_.begin() + first_.back(), all_.end()}))
      guards_.push_back(part);
  }
  first_.push_back(static_cast<std::uint32_t>(all_.size()));
  first_guard_.push_back(static_cast<std::uint32_t>(guards_.size()));
}

double ConflictTable::guard_m(std::uint32_t lane, double beyond_m) const {
  for (const Interval& part : guards(lane)) {
    if (part.end_m > beyond_m) return part.begin_m;
  }
  return std::numeric_limits<double>::infinity();
}

}  // namespace oddroad::traffic
