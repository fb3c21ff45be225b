#include "sensors/lidar/beam_paths.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/core/parallel.h"

namespace oddroad::lidar {

using math::Vec3d;

namespace {

// A multiple of 16: which rays share a packet must not depend on how work is cut.
constexpr std::size_t kChunk = 4096;
constexpr float kLeastThrough = 0.05f;
constexpr double kMirrorCosine = 0.5;  // 60 degrees
constexpr double kOff = 2e-4;          // metres behind a pane at which the next leg starts
constexpr double kOffMirror = 5e-3;    // along the way off a mirror

// Behind the pane that a leg ends at.
Leg behind(const Leg& leg) {
  Leg out = leg;
  const double step = leg.met.surface.range_m + kOff;
  out.origin += leg.direction * step;
  out.before_m += step;
  out.gain *= leg.met.response.through * leg.met.response.through;
  out.met = {};
  return out;
}

Leg mirrored(const Leg& leg) {
  Leg out = leg;
  const Vec3d n(leg.met.surface.normal);
  out.direction = leg.direction - n * (2 * glm::dot(leg.direction, n));
  out.origin += leg.direction * leg.met.surface.range_m + out.direction * kOffMirror;
  out.before_m += leg.met.surface.range_m + kOffMirror;
  out.gain *= leg.met.response.mirror * leg.met.response.mirror;
  out.ghost = true;
  out.met = {};
  return out;
}

std::size_t runs_of(std::size_t count) {
  return (count + kChunk - 1) / kChunk;
}

// What `make` adds for each of `count` things, in their order.
template <typename Make>
void gather(std::size_t count, std::vector<std::vector<Leg>>& parts, std::vector<Leg>& out,
            const Make& make) {
  const std::size_t chunks = runs_of(count);
  if (parts.size() < chunks) parts.resize(chunks);
  core::parallel_for(chunks, [&](std::size_t c) {
    parts[c].clear();
    for (std::size_t i = c * kChunk; i < std::min((c + 1) * kChunk, count); ++i) make(i, parts[c]);
  });
  std::size_t total = 0;
  for (std::size_t c = 0; c < chunks; ++c) total += parts[c].size();
  out.clear();
  out.reserve(total);
  for (std::size_t c = 0; c < chunks; ++c) out.insert(out.end(), parts[c].begin(), parts[c].end());
}

}  // namespace

BeamPaths::BeamPaths(const SweepView& view, const LidarModel& model, const Effects& effects,
                     const Neighbours& neighbours, double limit_m, SweepBuffers& buffers)
    : buffers_(buffers) {
  buffers_.axis.resize(view.shots.size());
  buffers_.beside.assign(view.shots.size(), 0);
  const bool masked = view.ego_body == capture::EgoBody::kMasked;
  buffers_.body.assign(masked ? view.shots.size() : 0, 0);
  for (auto& legs : buffers_.legs) legs.clear();
  meet_axes(view, effects, limit_m);
  if (!effects.divergence && !effects.glass && !effects.mirrors) return;
  begin_legs(view, model, effects, neighbours);
  cast(view, effects, limit_m, buffers_.legs[0]);
  for (int round = 1; round < kLegRounds && effects.glass; ++round) {
    go_on(round);
    cast(view, effects, limit_m, buffers_.legs[static_cast<std::size_t>(round)]);
  }
}

std::size_t BeamPaths::rays() const {
  std::size_t out = buffers_.axis.size();
  for (const auto& round : buffers_.legs) out += round.size();
  return out;
}

void BeamPaths::meet_axes(const SweepView& view, const Effects& effects, double limit_m) {
  const std::size_t count = buffers_.axis.size();
  auto& parts = buffers_.bright_parts;
  parts.resize(runs_of(count));
  core::parallel_for(parts.size(), [&](std::size_t c) {
    parts[c].clear();
    meet_axes(view, effects, limit_m, c * kChunk, std::min(kChunk, count - c * kChunk), parts[c]);
  });
  buffers_.bright.clear();
  for (const auto& part : parts) {
    buffers_.bright.insert(buffers_.bright.end(), part.begin(), part.end());
  }
}

void BeamPaths::meet_axes(const SweepView& view, const Effects& effects, double limit_m,
                          std::size_t first, std::size_t count,
                          std::vector<std::uint32_t>& bright) {
  auto run = buffers_.runs.take();
  run->begin(count);
  for (std::size_t k = 0; k < count; ++k) {
    const Shot& shot = view.shots[first + k];
    const std::int64_t t = view.stamp_ns(shot);
    const auto ray = view.path.at(t, shot.origin, shot.direction);
    run->set(k, ray.origin, ray.direction, t, limit_m);
  }
  run->cast(view, view.seen_by_axes());
  for (std::size_t k = 0; !buffers_.body.empty() && k < count; ++k) {
    const std::uint32_t d = run->drawable(k);
    if (d == 0 || !view.is_ego(d)) continue;
    buffers_.body[first + k] = 1;
    run->drop(k);
  }
  const std::span<Met> axes(&buffers_.axis[first], count);
  run->meet(view, effects, axes);
  for (std::size_t k = 0; k < count; ++k) {
    if (axes[k].response.retro < kBright) continue;
    bright.push_back(static_cast<std::uint32_t>(first + k));
  }
  buffers_.runs.give(std::move(run));
}

unsigned BeamPaths::open_sides(std::size_t shot, const Neighbours& neighbours) const {
  constexpr unsigned kRayOfSide[4] = {1u << 0, 1u << 2, 1u << 3, 1u << 1};
  const SurfaceHit& own = buffers_.axis[shot].surface;
  unsigned out = 0;
  for (std::size_t side = 0; side < 4; ++side) {
    const std::uint32_t n = neighbours.of(shot)[side];
    if (n == Neighbours::kNobody) continue;
    const SurfaceHit& other = buffers_.axis[n].surface;
    if (own.hit() != other.hit() || (own.hit() && apart(own, other))) out |= kRayOfSide[side];
  }
  return out != 0 && !neighbours.around() ? (1u << kRingRays) - 1 : out;
}

void BeamPaths::begin_legs(const SweepView& view, const LidarModel& model, const Effects& effects,
                           const Neighbours& neighbours) {
  gather(buffers_.axis.size(), buffers_.leg_parts, buffers_.legs[0],
         [&](std::size_t i, std::vector<Leg>& out) {
           if (on_body(i)) return;
           const Met& met = buffers_.axis[i];
           const bool pane = effects.glass && met.response.through > kLeastThrough;
           const bool mirror = effects.mirrors && met.response.mirror > kMirror &&
                               met.surface.cos_incidence < kMirrorCosine;
           const unsigned sides = effects.divergence ? open_sides(i, neighbours) : 0;
           if (!pane && !mirror && sides == 0) return;
           const Shot& shot = view.shots[i];
           const std::int64_t t = view.stamp_ns(shot);
           Leg leg;
           leg.shot = static_cast<std::uint32_t>(i);
           if (sides != 0) {
             buffers_.beside[i] = static_cast<std::uint8_t>(std::popcount(sides));
             leg.gain = ring_weight();
             for (int k = 0; k < kRingRays; ++k) {
               if ((sides >> k & 1) == 0) continue;
               const auto ray = view.path.at(
                   t, shot.origin, math::Vec3f(beside(Vec3d(shot.direction), model.optics, k)));
               leg.part = static_cast<std::uint8_t>(1 + k);
               leg.origin = ray.origin;
               leg.direction = ray.direction;
               out.push_back(leg);
             }
           }
           if (!pane && !mirror) return;
           const auto ray = view.path.at(t, shot.origin, shot.direction);
           leg.part = 0;
           leg.gain = axis_weight(buffers_.beside[i]);
           leg.origin = ray.origin;
           leg.direction = ray.direction;
           leg.met = met;
           if (pane) out.push_back(behind(leg));
           if (mirror) out.push_back(mirrored(leg));
         });
}

void BeamPaths::go_on(int round) {
  const std::vector<Leg>& last = buffers_.legs[static_cast<std::size_t>(round - 1)];
  gather(last.size(), buffers_.leg_parts, buffers_.legs[static_cast<std::size_t>(round)],
         [&](std::size_t i, std::vector<Leg>& out) {
           if (last[i].ghost || last[i].met.response.through <= kLeastThrough) return;
           out.push_back(behind(last[i]));
         });
}

void BeamPaths::cast(const SweepView& view, const Effects& effects, double limit_m,
                     std::vector<Leg>& legs) {
  core::parallel_for(runs_of(legs.size()), [&](std::size_t c) {
    const std::span<Leg> own(legs.data() + c * kChunk, std::min(kChunk, legs.size() - c * kChunk));
    auto run = buffers_.runs.take();
    run->begin(own.size());
    for (std::size_t k = 0; k < own.size(); ++k) {
      run->set(k, own[k].origin, own[k].direction, view.stamp_ns(view.shots[own[k].shot]), limit_m);
    }
    run->cast(view, view.seen());
    const std::span<Met> met = run->room();
    run->meet(view, effects, met);
    for (std::size_t k = 0; k < own.size(); ++k) own[k].met = met[k];
    buffers_.runs.give(std::move(run));
  });
}

}  // namespace oddroad::lidar
