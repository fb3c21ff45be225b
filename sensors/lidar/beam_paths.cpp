#include "sensors/lidar/beam_paths.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/core/parallel.h"

namespace oddroad::lidar {

using math::Vec3d;

namespace {

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

constexpr std::size_t kAhead = 16;  // shots at which memory is asked for
constexpr std::size_t kRun = 1024;  // rays; what is needed of them fits a core's second cache

}  // namespace

BeamPaths::BeamPaths(const SweepView& view, const LidarModel& model, const Effects& effects,
                     const Neighbours& neighbours, const CastOrder& order, double limit_m,
                     SweepBuffers& buffers)
    : view_(view),
      model_(model),
      effects_(effects),
      neighbours_(neighbours),
      order_(order),
      limit_m_(limit_m),
      buffers_(buffers) {
  const std::size_t count = view.shots.size();
  buffers_.axis.resize(count);
  const bool masked = view.ego_body == capture::EgoBody::kMasked;
  buffers_.body.assign(masked ? count : 0, 0);
  buffers_.runs.each([](RayRun& run) {
    run.forget();
  });
  auto& parts = buffers_.bright_parts;
  parts.resize(chunks_of(count));
  core::parallel_for(parts.size(), [&](std::size_t c) {
    meet_axes(c, parts[c]);
  });
  buffers_.bright.clear();
  for (const auto& part : parts) {
    buffers_.bright.insert(buffers_.bright.end(), part.begin(), part.end());
  }
  std::sort(buffers_.bright.begin(), buffers_.bright.end());
}

void BeamPaths::meet_axes(std::size_t chunk, std::vector<std::uint32_t>& bright) {
  bright.clear();
  auto run = buffers_.runs.take();
  const std::size_t end = chunk_end(chunk, view_.shots.size());
  for (std::size_t first = chunk_begin(chunk); first < end; first += kRun) {
    const std::size_t count = std::min(kRun, end - first);
    run->begin(count);
    for (std::size_t k = 0; k < count; ++k) {
      if (first + k + kAhead < end) __builtin_prefetch(&view_.shots[at(first + k + kAhead)]);
      const Shot& shot = view_.shots[at(first + k)];
      const std::int64_t t = view_.stamp_ns(shot);
      const auto ray = view_.path.at(t, shot.origin, shot.direction);
      run->set(k, ray.origin, ray.direction, t, limit_m_);
    }
    run->cast(view_, view_.seen_by_axes(), !order_.shots.empty());
    for (std::size_t k = 0; !buffers_.body.empty() && k < count; ++k) {
      const std::uint32_t d = run->drawable(k);
      if (d == 0 || !view_.is_ego(d)) continue;
      buffers_.body[at(first + k)] = 1;
      run->drop(k);
    }
    const std::span<const Met> met = run->meet(view_, effects_);
    for (std::size_t k = 0; k < count; ++k) {
      if (first + k + kAhead < end) __builtin_prefetch(&buffers_.axis[at(first + k + kAhead)], 1);
      buffers_.axis[at(first + k)] = met[k];
      if (met[k].response.retro < kBright) continue;
      bright.push_back(static_cast<std::uint32_t>(at(first + k)));
    }
  }
  buffers_.runs.give(std::move(run));
}

unsigned BeamPaths::open_sides(std::size_t shot) const {
  constexpr unsigned kRayOfSide[4] = {1u << 0, 1u << 2, 1u << 3, 1u << 1};
  const SurfaceHit& own = buffers_.axis[shot].surface;
  unsigned out = 0;
  for (std::size_t side = 0; side < 4; ++side) {
    const std::uint32_t n = neighbours_.of(shot)[side];
    if (n == Neighbours::kNobody) continue;
    const SurfaceHit& other = buffers_.axis[n].surface;
    if (own.hit() != other.hit() || (own.hit() && apart(own, other))) out |= kRayOfSide[side];
  }
  return out != 0 && !neighbours_.around() ? (1u << kRingRays) - 1 : out;
}

void BeamPaths::fetch_sides(std::size_t shot) const {
  for (const std::uint32_t n : neighbours_.of(shot)) {
    if (n != Neighbours::kNobody) __builtin_prefetch(&buffers_.axis[n]);
  }
}

void BeamPaths::begin_legs(std::size_t i, ChunkLegs& out) const {
  if (on_body(i)) return;
  const Met& met = buffers_.axis[i];
  const bool pane = effects_.glass && met.response.through > kLeastThrough;
  const bool mirror = effects_.mirrors && met.response.mirror > kMirror &&
                      met.surface.cos_incidence < kMirrorCosine;
  const unsigned sides = effects_.divergence ? open_sides(i) : 0;
  if (!pane && !mirror && sides == 0) return;
  std::vector<Leg>& legs = out.rounds[0];
  const Shot& shot = view_.shots[i];
  const std::int64_t t = view_.stamp_ns(shot);
  const auto begin = [&](Leg& leg, double gain, const math::Vec3f& direction) {
    const auto ray = view_.path.at(t, shot.origin, direction);
    leg.shot = static_cast<std::uint32_t>(i);
    leg.gain = gain;
    leg.origin = ray.origin;
    leg.direction = ray.direction;
  };
  const int rays_beside = std::popcount(sides);
  out.beside[i % kChunkShots] = static_cast<std::uint8_t>(rays_beside);
  if (sides != 0) {
    const Ring ring(Vec3d(shot.direction), model_.optics);
    for (int k = 0; k < kRingRays; ++k) {
      if ((sides >> k & 1) == 0) continue;
      Leg& leg = legs.emplace_back();
      leg.part = static_cast<std::uint8_t>(1 + k);
      begin(leg, ring_weight(), math::Vec3f(ring.ray(k)));
    }
  }
  if (!pane && !mirror) return;
  Leg axis;
  begin(axis, axis_weight(rays_beside), shot.direction);
  axis.met = met;
  if (pane) legs.push_back(behind(axis));
  if (mirror) legs.push_back(mirrored(axis));
}

void BeamPaths::follow(std::size_t chunk, ChunkLegs& out) const {
  const std::size_t begin = chunk_begin(chunk);
  const std::size_t end = chunk_end(chunk, view_.shots.size());
  out.begin(end - begin);
  if (!effects_.divergence && !effects_.glass && !effects_.mirrors) return;
  for (std::size_t i = begin; i < end; ++i) {
    if (effects_.divergence && i + kAhead < end) fetch_sides(i + kAhead);
    out.first.push_back(static_cast<std::uint32_t>(out.rounds[0].size()));
    begin_legs(i, out);
  }
  out.first.push_back(static_cast<std::uint32_t>(out.rounds[0].size()));
  for (std::size_t k = begin; k < end && order_.by_chunks; ++k) {
    const std::size_t shot = at(k) - begin;
    for (std::uint32_t l = out.first[shot]; l < out.first[shot + 1]; ++l) {
      out.cast_order.push_back(l);
    }
  }
  cast(out.cast_order, out.rounds[0]);
  for (std::size_t round = 1; round < kLegRounds && effects_.glass; ++round) {
    for (const Leg& last : out.rounds[round - 1]) {
      if (last.ghost || last.met.response.through <= kLeastThrough) continue;
      out.rounds[round].push_back(behind(last));
    }
    cast({}, out.rounds[round]);
  }
}

// `order`: empty: as they are.
void BeamPaths::cast(std::span<const std::uint32_t> order, std::vector<Leg>& legs) const {
  if (legs.empty()) return;
  const auto place = [&](std::size_t k) -> Leg& {
    return legs[order.empty() ? k : order[k]];
  };
  auto run = buffers_.runs.take();
  for (std::size_t first = 0; first < legs.size(); first += kRun) {
    const std::size_t count = std::min(kRun, legs.size() - first);
    run->begin(count);
    for (std::size_t k = 0; k < count; ++k) {
      const Leg& leg = place(first + k);
      run->set(k, leg.origin, leg.direction, view_.stamp_ns(view_.shots[leg.shot]), limit_m_);
    }
    run->cast(view_, view_.seen(), order_.by_chunks && !order_.shots.empty());
    const std::span<const Met> met = run->meet(view_, effects_);
    for (std::size_t k = 0; k < count; ++k) place(first + k).met = met[k];
  }
  buffers_.runs.give(std::move(run));
}

}  // namespace oddroad::lidar
