#include "sensors/camera/panes.h"

#include <cmath>
#include <limits>

#include "engine/core/parallel.h"
#include "sensors/camera/sample_place.h"

namespace oddroad::camera {

using math::Vec3d;
using math::Vec3f;

namespace {

constexpr int kMostPanes = 5;  // on one line of sight; beyond it is dark
constexpr int kSkyRays = 8;    // per place behind a pane
constexpr double kReachM = 6;  // of what blocks the sky, as in occlusion.h

const asset::Material& material_at(const world::SceneWindow& window, std::uint32_t drawable,
                                   std::uint32_t triangle) {
  const world::Drawable& d = window.drawables[drawable - 1];
  return d.model->materials[d.mesh->material[triangle]];
}

Vec3f passing(const Vec3f& transmission, double n_dot_v) {
  const double m = 1 - std::min(n_dot_v, 1.0);
  const double f = .04 + .96 * (m * m) * (m * m) * m;
  return transmission * static_cast<float>(1 - 2 * f / (1 + f));
}

// Light along many rays, dimmed by the panes on the way and stopped by all else.
class Beams {
 public:
  void add(const Vec3d& origin, const Vec3d& direction, std::int64_t stamp_ns, double reach_m) {
    origins_.push_back(origin);
    directions_.push_back(direction);
    stamps_.push_back(stamp_ns);
    reach_.push_back(reach_m);
  }
  // The share that arrives, in the order added.
  std::vector<float> trace(const world::SceneWindow& window, const scene::RayCaster& caster) const {
    std::vector<float> share(origins_.size(), 1.f);
    std::vector<Vec3d> from = origins_;
    std::vector<double> left = reach_;
    std::vector<std::uint32_t> open(origins_.size());
    for (std::uint32_t i = 0; i < open.size(); ++i) open[i] = i;
    const scene::TriangleSource triangles(window);
    for (int pane = 0; pane < kMostPanes && !open.empty(); ++pane) {
      scene::RayBatch rays;
      rays.resize(open.size());
      for (std::size_t k = 0; k < open.size(); ++k) {
        const std::uint32_t i = open[k];
        rays.set(k, from[i], directions_[i], stamps_[i], static_cast<float>(left[i]));
      }
      scene::RayHits hits;
      caster.intersect(rays, scene::RayKind::kShadow, false, hits);
      std::vector<std::uint32_t> next;
      for (std::size_t k = 0; k < open.size(); ++k) {
        const std::uint32_t i = open[k];
        if (hits.drawable[k] == 0) continue;
        const Vec3f& t = material_at(window, hits.drawable[k], hits.triangle[k]).transmission;
        // The sheet's reflection at a slant is left out: little light comes in that way.
        share[i] *= t.y * .92f;
        const double gone = double{hits.t[k]} + 1e-3;
        from[i] += directions_[i] * gone;
        left[i] -= gone;
        if (share[i] > 0 && left[i] > 0) next.push_back(i);
      }
      open = std::move(next);
    }
    return share;
  }

 private:
  std::vector<Vec3d> origins_, directions_;
  std::vector<std::int64_t> stamps_;
  std::vector<double> reach_;
};

struct Tracer {
  const world::SceneWindow& window;
  const scene::CameraView& view;
  const scene::RayCaster& caster;
  std::size_t pixel_samples;
  std::vector<scene::ShadeSample>& samples;
  scene::TriangleSource triangles{window};

  [[nodiscard]] scene::ViewRay ray(std::uint32_t i) const {
    return ray_of(view, samples[i], i < pixel_samples);
  }

  // Samples behind these panes; returns the panes among them.
  std::vector<std::uint32_t> step(const std::vector<std::uint32_t>& panes,
                                  std::vector<SeenThrough>& seen) {
    scene::RayBatch rays;
    rays.resize(panes.size());
    const std::size_t first = seen.size();
    seen.resize(first + panes.size());
    core::parallel_chunks(panes.size(), 1024, [&](std::size_t begin, std::size_t end) {
      for (std::size_t k = begin; k != end; ++k) {
        const scene::ShadeSample& s = samples[panes[k]];
        const scene::ViewRay line = ray(panes[k]);
        const Place at = place_of(triangles, line, s);
        const double length = glm::length(line.direction);
        const double t = at.depth + 2e-3 / length + 2e-6 * at.depth;
        rays.set(k, line.origin + line.direction * t, line.direction, line.stamp_ns,
                 std::numeric_limits<float>::infinity());
        const Vec3f& clear = material_at(window, s.drawable, s.triangle).transmission;
        const double cosine = -glm::dot(Vec3d(at.normal), line.direction) / length;
        seen[first + k] = {panes[k], 0, passing(clear, cosine)};
      }
    });
    scene::RayHits hits;
    caster.intersect(rays, scene::RayKind::kSensor, false, hits);
    std::vector<std::uint32_t> next;
    for (std::size_t k = 0; k < panes.size(); ++k) {
      scene::ShadeSample s = samples[panes[k]];
      s.drawable = hits.drawable[k];
      s.triangle = hits.triangle[k];
      s.sun_visibility = s.sky_visibility = 1;
      const auto i = static_cast<std::uint32_t>(samples.size());
      seen[first + k].behind = i;
      samples.push_back(s);
      if (is_clear_pane(window, s.drawable, s.triangle)) next.push_back(i);
    }
    return next;
  }

  void light(std::size_t first) {
    const Vec3d sun = scene::sun_direction(window.environment);
    static const std::array<Vec3f, 16> kPattern = sky_pattern();
    Beams sun_beams;
    Beams sky_beams;
    std::vector<std::uint32_t> lit;
    for (std::size_t i = first; i < samples.size(); ++i) {
      const scene::ShadeSample& s = samples[i];
      if (s.drawable == 0) continue;
      const scene::ViewRay line = view.ray(s.u_px, s.v_px);
      const Place at = place_of(triangles, line, s);
      lit.push_back(static_cast<std::uint32_t>(i));
      const bool faces = sun.z > 0 && glm::dot(Vec3d(at.normal), sun) > 0;
      sun_beams.add(Vec3d(at.point), faces ? sun : Vec3d(at.normal), line.stamp_ns,
                    faces ? 2000 : 1e-4);
      // The same directions for all pixels: samples are too few to average a scatter away.
      for (int k = 0; k < kSkyRays; ++k) {
        const Vec3f& local = kPattern[static_cast<std::size_t>(2 * k)];
        sky_beams.add(Vec3d(at.point), Vec3d(turned(local, at.normal)), line.stamp_ns, kReachM);
      }
    }
    const std::vector<float> sun_share = sun_beams.trace(window, caster);
    const std::vector<float> sky_share = sky_beams.trace(window, caster);
    for (std::size_t k = 0; k < lit.size(); ++k) {
      float sum = 0;
      for (int j = 0; j < kSkyRays; ++j)
        sum += sky_share[k * kSkyRays + static_cast<std::size_t>(j)];
      samples[lit[k]].sun_visibility = sun_share[k];
      samples[lit[k]].sky_visibility = sum / kSkyRays;
    }
  }
};

}  // namespace

bool is_clear_pane(const world::SceneWindow& window, std::uint32_t drawable,
                   std::uint32_t triangle) {
  return drawable != 0 && material_at(window, drawable, triangle).transmission != Vec3f(0);
}

std::vector<SeenThrough> look_through(const world::SceneWindow& window,
                                      const scene::CameraView& view, const scene::RayCaster& caster,
                                      std::size_t pixel_samples,
                                      std::span<const std::uint32_t> unused,
                                      std::vector<scene::ShadeSample>& samples) {
  const std::size_t first = samples.size();
  std::vector<std::uint32_t> panes;
  auto skip = unused.begin();
  for (std::uint32_t i = 0; i < first; ++i) {
    if (skip != unused.end() && *skip == i) {
      ++skip;
      continue;
    }
    if (is_clear_pane(window, samples[i].drawable, samples[i].triangle)) panes.push_back(i);
  }
  std::vector<SeenThrough> seen;
  Tracer tracer{window, view, caster, pixel_samples, samples};
  for (int k = 0; k < kMostPanes && !panes.empty(); ++k) panes = tracer.step(panes, seen);
  if (!seen.empty()) tracer.light(first);
  return seen;
}

void add_seen_through(std::span<const SeenThrough> seen, std::vector<Vec3f>& radiance) {
  // What lies deepest is complete first.
  for (std::size_t k = seen.size(); k-- > 0;) {
    radiance[seen[k].pane] += seen[k].passes * radiance[seen[k].behind];
  }
}

}  // namespace oddroad::camera
