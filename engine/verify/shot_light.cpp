#include "engine/verify/shot_light.h"

#include <algorithm>
#include <cmath>

#include "engine/capture/tolerances.h"

namespace oddroad::verify {

using math::Vec3d;

namespace {

constexpr std::size_t kMostPanes = 3;
constexpr double kFarM = 1000;
constexpr double kMirrorStepM = 5e-3;
constexpr double kMirrorCosine = 0.5;

const asset::Material& material_of(const Sweep& sweep, const Hit& hit) {
  const world::Drawable& d = sweep.window().drawables[hit.drawable];
  return d.model->materials[d.mesh->material[hit.triangle]];
}

bool lets_through(const asset::Material& m) {
  return m.glass > 0.5f && m.transmission.x + m.transmission.y + m.transmission.z > 0;
}

bool may_mirror(const Sweep& sweep, const asset::Material& m, const Vec3d& normal) {
  const world::Environment& e = sweep.window().environment;
  const bool wet = e.wetness > 0 || e.puddles > 0 || e.snow_cover > 0;
  const asset::Finish f = m.finish();
  return m.glass > 0.5f || f.clearcoat > 0 || f.metallic > 0 || (wet && std::abs(normal.z) > 0.8);
}

}  // namespace

std::vector<Ray> footprint(const Sweep& sweep, const Shot& shot, std::int64_t time_ns) {
  std::vector<Ray> out{sweep.in_world(shot, time_ns)};
  const LidarRecord& lidar = sweep.lidar();
  if (lidar.divergence_h_rad <= 0 || lidar.divergence_v_rad <= 0) return out;
  const Vec3d& d = shot.direction;
  const double level = std::hypot(d.x, d.y);
  const Vec3d left = level > 1e-6 ? Vec3d(-d.y / level, d.x / level, 0) : Vec3d(0, 1, 0);
  const Vec3d up = glm::cross(d, left);
  const double a_of[] = {1, 0, -1, 0}, b_of[] = {0, 1, 0, -1};
  for (int k = 0; k < 4; ++k) {
    const double a = 0.3 * lidar.divergence_h_rad * a_of[k];
    const double b = 0.3 * lidar.divergence_v_rad * b_of[k];
    out.push_back(sweep.in_world({shot.origin, glm::normalize(d + a * left + b * up)}, time_ns));
  }
  return out;
}

std::vector<Reached> reached(const Sweep& sweep, const Ray& ray) {
  const double length = glm::length(ray.direction);
  std::vector<Reached> out;
  const auto first = sweep.tracer().nearest(ray);
  if (!first) return out;
  out.push_back({*first, ray, first->t * length});
  if (!lets_through(material_of(sweep, *first))) return out;
  std::vector<Hit> all = sweep.tracer().all(ray, kFarM);
  std::sort(all.begin(), all.end(), [](const Hit& a, const Hit& b) {
    return a.t < b.t;
  });
  std::vector<double> panes;
  for (const Hit& hit : all) {
    if (lets_through(material_of(sweep, hit))) panes.push_back(hit.t);
  }
  const auto touches_pane = [&](const Hit& hit) {
    return std::any_of(panes.begin(), panes.end(), [&](double t) {
      return std::abs(hit.t - t) * length <= capture::kPaneM;
    });
  };
  std::size_t through = 1;
  for (const Hit& hit : all) {
    if (hit.t <= first->t) continue;
    out.push_back({hit, ray, hit.t * length});
    if (!touches_pane(hit) || ++through > kMostPanes) break;
  }
  return out;
}

std::vector<Reached> mirrored(const Sweep& sweep, const Ray& ray) {
  const auto first = sweep.tracer().nearest(ray);
  if (!first) return {};
  const auto c = world::triangle_at(sweep.window(), sweep.window().drawables[first->drawable],
                                    first->triangle, ray.stamp_ns);
  const Vec3d n = glm::normalize(glm::cross(c[1] - c[0], c[2] - c[0]));
  const Vec3d d = glm::normalize(ray.direction);
  if (std::abs(glm::dot(d, n)) > kMirrorCosine + 1e-6) return {};
  if (!may_mirror(sweep, material_of(sweep, *first), n)) return {};
  const double before = first->t * glm::length(ray.direction);
  const Vec3d away = d - 2 * glm::dot(d, n) * n;
  const Ray next{ray.origin + d * before + away * kMirrorStepM, away, ray.stamp_ns};
  const auto second = sweep.tracer().nearest(next);
  if (!second) return {};
  return {{*second, next, before + kMirrorStepM + second->t}};
}

}  // namespace oddroad::verify
