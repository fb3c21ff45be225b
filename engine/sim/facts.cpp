#include "engine/sim/facts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/sim/relations.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t kTraceEvery = 5;            // steps
constexpr std::int64_t kApart_ns = 1'000'000'000;  // a new collision, not the old one going on

// Pairs whose circles overlap along x, by sweeping: few of many.
std::vector<std::pair<std::size_t, std::size_t>> near_pairs(const Bodies& bodies) {
  std::vector<std::pair<double, std::size_t>> left;  // where each begins
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    left.emplace_back(bodies[i].position.x - bodies[i].footprint.radius_m(), i);
  }
  std::sort(left.begin(), left.end());
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (std::size_t p = 0; p < left.size(); ++p) {
    const Body& a = bodies[left[p].second];
    const double end = a.position.x + a.footprint.radius_m();
    for (std::size_t q = p + 1; q < left.size() && left[q].first <= end; ++q) {
      const std::size_t i = left[p].second;
      const std::size_t k = left[q].second;
      if (a.speed_mps == 0 && bodies[k].speed_mps == 0) continue;
      const double reach = a.footprint.radius_m() + bodies[k].footprint.radius_m();
      if (std::abs(a.position.y - bodies[k].position.y) > reach) continue;
      out.emplace_back(std::min(i, k), std::max(i, k));
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

double collision_time_s(const Body& a, const Body& b) {
  const Outline p = a.outline();
  const Outline q = b.outline();
  const Vec2d between = q.centre - p.centre;
  const Vec2d closing(a.velocity_mps - b.velocity_mps);
  double enter = 0;
  double leave = kInfinity;
  // Along each axis of either outline they overlap for one stretch of time.
  for (const Vec2d& axis : {p.forward, p.left(), q.forward, q.left()}) {
    const double reach = p.reach(axis) + q.reach(axis);
    const double gap = glm::dot(between, axis);
    const double speed = glm::dot(closing, axis);
    if (std::abs(speed) < 1e-9) {
      if (std::abs(gap) > reach) return kInfinity;
      continue;
    }
    const double t1 = (gap - reach) / speed;
    const double t2 = (gap + reach) / speed;
    enter = std::max(enter, std::min(t1, t2));
    leave = std::min(leave, std::max(t1, t2));
  }
  return enter <= leave ? enter : kInfinity;
}

FactRecorder::FactRecorder(std::size_t ego, std::size_t bodies)
    : ego_(ego), nearness_(bodies), traces_(bodies) {
  for (Nearness& n : nearness_) n.gap_m = n.ttc_s = kInfinity;
}

void FactRecorder::watch_ego(const Bodies& bodies, std::int64_t stamp) {
  const Body& ego = bodies[ego_];
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    if (i == ego_) continue;
    Nearness& near = nearness_[i];
    const Body& other = bodies[i];
    const double apart = glm::length(Vec2d(other.position - ego.position)) -
                         ego.footprint.radius_m() - other.footprint.radius_m();
    const bool level = same_height(ego, other);
    if (apart < near.gap_m && (level || near.gap_ns < 0)) {
      const double gap = gap_m(ego, other);
      if (gap < near.gap_m) {
        near.gap_m = gap;
        near.gap_ns = stamp;
      }
    }
    const double closing = ego.speed_mps + other.speed_mps;
    if (!level || apart > near.ttc_s * closing || closing == 0) continue;
    const double ttc = collision_time_s(ego, other);
    if (ttc >= near.ttc_s) continue;
    near.ttc_s = ttc;
    near.ttc_ns = stamp;
  }
}

std::vector<std::pair<std::size_t, std::size_t>> FactRecorder::observe(const Bodies& bodies,
                                                                       std::int64_t stamp) {
  watch_ego(bodies, stamp);
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (const auto& pair : near_pairs(bodies)) {
    const Body& a = bodies[pair.first];
    const Body& b = bodies[pair.second];
    if (!touches(a, b)) continue;
    const auto before = touching_since_.find(pair);
    const bool fresh = before == touching_since_.end() || stamp - before->second > kApart_ns;
    touching_since_[pair] = stamp;
    if (!fresh) continue;
    out.push_back(pair);
    collisions_.push_back({stamp, core::InstanceId(static_cast<std::uint16_t>(pair.first + 1)),
                           core::InstanceId(static_cast<std::uint16_t>(pair.second + 1)),
                           glm::length(a.velocity_mps - b.velocity_mps)});
  }
  if (steps_++ % kTraceEvery == 0) {
    for (std::size_t i = 0; i < bodies.size(); ++i) {
      const Body& body = bodies[i];
      traces_[i].outlines.push_back(body.outline());
      traces_[i].heights_m.emplace_back(body.position.z + body.bottom_m,
                                        body.position.z + body.height_m);
    }
  }
  return out;
}

// The least time between two at one spot: of all pairs of instants whose outlines overlap.
double FactRecorder::post_encroachment_s(std::size_t other) const {
  const Trace& a = traces_[ego_];
  const Trace& b = traces_[other];
  const auto n = static_cast<std::ptrdiff_t>(std::min(a.outlines.size(), b.outlines.size()));
  if (n == 0) return kInfinity;
  const bool moves = glm::length(b.outlines.back().centre - b.outlines.front().centre) > 1;
  if (!moves) return kInfinity;
  const auto meet = [&](std::ptrdiff_t i, std::ptrdiff_t k) {
    if (i < 0 || k < 0 || i >= n || k >= n) return false;
    const Outline& p = a.outlines[static_cast<std::size_t>(i)];
    const Outline& q = b.outlines[static_cast<std::size_t>(k)];
    const double reach = p.half_length_m + p.half_width_m + q.half_length_m + q.half_width_m;
    const Vec2d d = q.centre - p.centre;
    if (glm::dot(d, d) > reach * reach) return false;
    const auto& h = a.heights_m[static_cast<std::size_t>(i)];
    const auto& g = b.heights_m[static_cast<std::size_t>(k)];
    if (h.first > g.second || g.first > h.second) return false;
    return free_gap(p, q).distance_m == 0;
  };
  for (std::ptrdiff_t apart = 0; apart < n; ++apart) {
    for (std::ptrdiff_t i = 0; i < n; ++i) {
      if (meet(i, i + apart) || meet(i, i - apart)) {
        return static_cast<double>(apart * kTraceEvery) * kStep_s;
      }
    }
  }
  return kInfinity;
}

world::Facts FactRecorder::facts() const {
  world::Facts out;
  out.collisions = collisions_;
  for (std::size_t i = 0; i < nearness_.size(); ++i) {
    if (i == ego_) continue;
    const Nearness& near = nearness_[i];
    out.encounters.push_back({core::InstanceId(static_cast<std::uint16_t>(i + 1)),
                              near.gap_ns < 0 ? 0 : near.gap_m, near.gap_ns, near.ttc_s,
                              near.ttc_ns, post_encroachment_s(i)});
  }
  return out;
}

}  // namespace oddroad::sim
