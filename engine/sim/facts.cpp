#include "engine/sim/facts.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "engine/sim/relations.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t kTraceEvery = 5;            // steps
constexpr std::int64_t kApart_ns = 1'000'000'000;  // a new collision, not the old one going on

// Pairs whose circles overlap along x, by sweeping: few of many.
std::vector<BodyPair> near_pairs(const std::vector<const Body*>& bodies) {
  std::vector<std::pair<double, std::size_t>> left;  // where each begins
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    left.emplace_back(bodies[i]->position.x - bodies[i]->footprint.radius_m(), i);
  }
  std::sort(left.begin(), left.end());
  std::vector<BodyPair> out;
  for (std::size_t p = 0; p < left.size(); ++p) {
    const Body& a = *bodies[left[p].second];
    const double end = a.position.x + a.footprint.radius_m();
    for (std::size_t q = p + 1; q < left.size() && left[q].first <= end; ++q) {
      const std::size_t i = left[p].second;
      const std::size_t k = left[q].second;
      const Body& b = *bodies[k];
      if (a.speed_mps == 0 && b.speed_mps == 0) continue;
      const double reach = a.footprint.radius_m() + b.footprint.radius_m();
      if (std::abs(a.position.y - b.position.y) > reach) continue;
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

std::size_t FactRecorder::trace_of(const Body& body) {
  const auto [entry, is_new] = by_name_.try_emplace(body.name, traces_.size());
  if (is_new) {
    Trace trace;
    trace.name = body.name;
    trace.gap_m = trace.ttc_s = kInfinity;
    trace.first_sample = (steps_ + kTraceEvery - 1) / kTraceEvery;
    traces_.push_back(std::move(trace));
  }
  return entry->second;
}

void FactRecorder::watch_ego(const std::vector<const Body*>& bodies, std::int64_t stamp) {
  const auto at = std::find_if(bodies.begin(), bodies.end(), [&](const Body* body) {
    return body->name == ego_;
  });
  if (at == bodies.end()) return;
  const Body& ego = **at;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    if (bodies[i] == &ego) continue;
    Trace& near = traces_[trace_[i]];
    const Body& other = *bodies[i];
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

void FactRecorder::sample(const std::vector<const Body*>& bodies) {
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const Body& body = *bodies[i];
    Trace& trace = traces_[trace_[i]];
    trace.outlines.push_back(body.outline());
    trace.heights_m.emplace_back(body.position.z + body.bottom_m, body.position.z + body.height_m);
  }
}

std::vector<BodyPair> FactRecorder::observe(const std::vector<const Body*>& bodies,
                                            std::int64_t stamp) {
  trace_.clear();
  for (const Body* body : bodies) trace_.push_back(trace_of(*body));
  watch_ego(bodies, stamp);
  std::vector<BodyPair> out;
  for (const auto& pair : near_pairs(bodies)) {
    const Body& a = *bodies[pair.first];
    const Body& b = *bodies[pair.second];
    if (!touches(a, b)) continue;
    const BodyPair who = std::minmax(trace_[pair.first], trace_[pair.second]);
    const auto before = touching_since_.find(who);
    const bool fresh = before == touching_since_.end() || stamp - before->second > kApart_ns;
    touching_since_[who] = stamp;
    if (!fresh) continue;
    out.push_back(pair);
    collisions_.push_back(
        {stamp, who.first, who.second, glm::length(a.velocity_mps - b.velocity_mps)});
  }
  if (steps_++ % kTraceEvery == 0) sample(bodies);
  return out;
}

// The least time between two at one spot: of all pairs of instants whose outlines overlap.
double FactRecorder::post_encroachment_s(const Trace& a, const Trace& b) const {
  const auto n = static_cast<std::int64_t>(a.outlines.size());
  const auto m = static_cast<std::int64_t>(b.outlines.size());
  if (n == 0 || m == 0) return kInfinity;
  const bool moves = glm::length(b.outlines.back().centre - b.outlines.front().centre) > 1;
  if (!moves) return kInfinity;
  const auto meet = [&](std::int64_t sample_a, std::int64_t sample_b) {
    const std::int64_t i = sample_a - a.first_sample;
    const std::int64_t k = sample_b - b.first_sample;
    if (i < 0 || k < 0 || i >= n || k >= m) return false;
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
  const std::int64_t samples = steps_ / kTraceEvery + 1;
  for (std::int64_t apart = 0; apart < samples; ++apart) {
    for (std::int64_t i = a.first_sample; i < a.first_sample + n; ++i) {
      if (meet(i, i + apart) || meet(i, i - apart)) {
        return static_cast<double>(apart * kTraceEvery) * kStep_s;
      }
    }
  }
  return kInfinity;
}

world::Facts FactRecorder::facts(const std::vector<world::Actor>& actors) const {
  std::map<std::string, core::InstanceId> ids;
  for (const world::Actor& actor : actors) ids.emplace(actor.name, actor.id);
  world::Facts out;
  for (const Collision& c : collisions_) {
    const auto a = ids.find(traces_[c.a].name);
    const auto b = ids.find(traces_[c.b].name);
    if (a == ids.end() || b == ids.end()) continue;
    const auto [first, second] = std::minmax(a->second, b->second);
    out.collisions.push_back({c.stamp_ns, first, second, c.relative_speed_mps});
  }
  std::sort(out.collisions.begin(), out.collisions.end(), [](const auto& p, const auto& q) {
    return std::tie(p.stamp_ns, p.a, p.b) < std::tie(q.stamp_ns, q.a, q.b);
  });
  const auto ego = by_name_.find(ego_);
  for (const world::Actor& actor : actors) {
    const auto at = by_name_.find(actor.name);
    if (at == by_name_.end() || at == ego) continue;
    const Trace& t = traces_[at->second];
    out.encounters.push_back({actor.id, t.gap_ns < 0 ? 0 : t.gap_m, t.gap_ns, t.ttc_s, t.ttc_ns,
                              post_encroachment_s(traces_[ego->second], t)});
  }
  return out;
}

}  // namespace oddroad::sim
