#include "sensors/lidar/beam_paths.h"

#include <bit>
#include <cmath>

#include "engine/core/parallel.h"

namespace oddroad::lidar {

using math::Vec3d;

namespace {

constexpr std::size_t kChunk = 4096;
constexpr float kLeastThrough = 0.05f;
constexpr double kMirrorCosine = 0.5;  // 60 degrees
constexpr double kOff = 2e-4;          // metres behind a pane at which the next leg starts
constexpr double kOffMirror = 5e-3;    // along the way off a mirror

Met met_by(const SweepView& view, const Effects& effects, const Vec3d& origin,
           const Vec3d& direction, const scene::RayHits& hits, std::size_t i, std::int64_t t) {
  Met out;
  if (hits.drawable[i] == 0) return out;
  out.surface = meet(view.window, view.triangles, origin, direction, hits.drawable[i],
                     hits.triangle[i], hits.t[i], t);
  Cover cover;
  if (effects.ground && !view.cover.dry()) {
    cover = view.cover.at(Vec3d(out.surface.point), std::abs(out.surface.normal.z),
                          *out.surface.material);
  }
  out.response = respond(*out.surface.material, out.surface.cos_incidence, cover);
  return out;
}

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

// What `make` adds for each of `count` things, in their order.
template <typename Make>
void gather(std::size_t count, std::vector<std::vector<Leg>>& parts, std::vector<Leg>& out,
            const Make& make) {
  const std::size_t chunks = (count + kChunk - 1) / kChunk;
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
                     const Neighbours& neighbours, double limit_m, bool body, SweepBuffers& buffers)
    : buffers_(buffers) {
  buffers_.axis.assign(view.shots.size(), Met());
  buffers_.beside.assign(view.shots.size(), 0);
  buffers_.body.assign(body ? view.shots.size() : 0, 0);
  for (auto& legs : buffers_.legs) legs.clear();
  meet_axes(view, effects, limit_m, body);
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

void BeamPaths::meet_axes(const SweepView& view, const Effects& effects, double limit_m,
                          bool body) {
  scene::RayBatch& batch = buffers_.batch;
  batch.resize(buffers_.axis.size());
  core::parallel_chunks(buffers_.axis.size(), kChunk, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i != last; ++i) {
      const Shot& shot = view.shots[i];
      const std::int64_t t = view.begin_ns + shot.offset_ns;
      const auto ray = view.path.at(t, shot.origin, shot.direction);
      batch.set(i, ray.origin, ray.direction, t, static_cast<float>(limit_m));
    }
  });
  scene::RayHits& hits = buffers_.hits;
  view.caster.intersect(batch, body ? scene::RayKind::kShadow : scene::RayKind::kSensor, false,
                        hits);
  core::parallel_chunks(buffers_.axis.size(), kChunk, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i != last; ++i) {
      if (hits.drawable[i] == 0) continue;
      if (body && view.window.drawables[hits.drawable[i] - 1].hidden_from_ego) {
        buffers_.body[i] = 1;
        continue;
      }
      const Shot& shot = view.shots[i];
      const std::int64_t t = view.begin_ns + shot.offset_ns;
      const auto ray = view.path.at(t, shot.origin, shot.direction);
      buffers_.axis[i] = met_by(view, effects, ray.origin, ray.direction, hits, i, t);
    }
  });
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
           const std::int64_t t = view.begin_ns + shot.offset_ns;
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
  if (legs.empty()) return;
  scene::RayBatch& batch = buffers_.batch;
  batch.resize(legs.size());
  for (std::size_t i = 0; i < legs.size(); ++i) {
    const std::int64_t t = view.begin_ns + view.shots[legs[i].shot].offset_ns;
    batch.set(i, legs[i].origin, legs[i].direction, t, static_cast<float>(limit_m));
  }
  scene::RayHits& hits = buffers_.hits;
  view.caster.intersect(batch, scene::RayKind::kSensor, false, hits);
  core::parallel_chunks(legs.size(), kChunk, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i != last; ++i) {
      const std::int64_t t = view.begin_ns + view.shots[legs[i].shot].offset_ns;
      legs[i].met = met_by(view, effects, legs[i].origin, legs[i].direction, hits, i, t);
    }
  });
}

}  // namespace oddroad::lidar
