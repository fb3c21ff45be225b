#include "sensors/camera/occlusion.h"

#include <array>
#include <cmath>

#include "engine/core/parallel.h"
#include "render/scene/triangle_source.h"
#include "sensors/camera/enclosure.h"
#include "sensors/camera/lamp_shadows.h"
#include "sensors/camera/sample_place.h"

namespace oddroad::camera {

using math::Vec3d;

namespace {

constexpr double kSunRadius_rad = 0.004654;
constexpr double kOwnBody_m = 1.5;

// Mean of the traced bits over the neighbours from -before to +after on the same drawable and of
// alike orientation. A window of 4x4 holds each direction of the pattern once, so none shows.
void smooth(const std::vector<scene::ShadeSample>& samples, const std::vector<Place>& places,
            const std::vector<float>& raw, int w, int h, int before, int after,
            std::vector<float>& out) {
  out.resize(raw.size());
  core::parallel_for(h, [&](int y) {
    for (int x = 0; x < w; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * w + x;
      if (samples[i].drawable == 0) {
        out[i] = 1;
        continue;
      }
      // Mostly all around is open, or all is not.
      bool even = true;
      for (int j = std::max(y - before, 0); j <= std::min(y + after, h - 1); ++j) {
        const std::size_t row = static_cast<std::size_t>(j) * w;
        for (int k = std::max(x - before, 0); k <= std::min(x + after, w - 1); ++k) {
          even = even && raw[row + k] == raw[i];
        }
      }
      if (even) {
        out[i] = raw[i];
        continue;
      }
      float sum = 0;
      float count = 0;
      for (int j = std::max(y - before, 0); j <= std::min(y + after, h - 1); ++j) {
        for (int k = std::max(x - before, 0); k <= std::min(x + after, w - 1); ++k) {
          const std::size_t n = static_cast<std::size_t>(j) * w + k;
          if (samples[n].drawable != samples[i].drawable) continue;
          if (std::abs(places[n].depth - places[i].depth) > 0.05f * places[i].depth) continue;
          if (glm::dot(places[n].normal, places[i].normal) < 0.8) continue;
          sum += raw[n];
          count += 1;
        }
      }
      out[i] = sum / count;
    }
  });
}

}  // namespace

void trace_occlusion(const world::SceneWindow& window, const scene::CameraView& view,
                     const scene::RayCaster& caster, int width_px, int height_px,
                     std::size_t pixel_samples, std::vector<scene::ShadeSample>& samples) {
  static const std::array<Vec3d, 16> kPattern = sky_pattern();
  const Vec3d sun = scene::sun_direction(window.environment);
  const bool sun_up = sun.z > 0;
  // Places on the sun's disc: shadows grow soft with the distance of what throws them.
  std::array<Vec3d, 16> to_sun;
  for (std::size_t k = 0; k < to_sun.size(); ++k) {
    to_sun[k] = sun + kSunRadius_rad * turned({kPattern[k].x, kPattern[k].y, 0}, sun);
  }
  std::vector<std::uint32_t> hit;
  for (std::uint32_t i = 0; i < samples.size(); ++i) {
    if (samples[i].drawable != 0) hit.push_back(i);
  }
  const scene::TriangleSource triangles(window);
  std::vector<Place> places(samples.size());
  scene::RayBatch sun_rays;
  scene::RayBatch sky_rays;
  sun_rays.resize(hit.size());
  sky_rays.resize(hit.size());
  core::parallel_chunks(hit.size(), 4096, [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k != end; ++k) {
      const std::uint32_t i = hit[k];
      const scene::ShadeSample& s = samples[i];
      const scene::ViewRay ray = ray_of(view, s, i < pixel_samples);
      const Place& p = places[i] = place_of(triangles, ray, s);
      // A face turned away is in its own shadow; its smooth normal may still catch the sun, which
      // stays (rounded things have no facets) unless something else lies between.
      const bool faces = glm::dot(p.normal, sun) > 0;
      const Vec3d from = faces ? p.point : p.point + kOwnBody_m * sun;
      const int x = static_cast<int>(s.u_px);
      const int y = static_cast<int>(s.v_px);
      const Vec3d& spread = kPattern[(y & 3) * 4 + (x & 3)];
      sun_rays.set(k, from, to_sun[(y & 3) * 4 + (x & 3)], ray.stamp_ns, 2000.f);
      const Vec3d direction = turned(spread, p.normal);
      sky_rays.set(k, p.point, direction, ray.stamp_ns, static_cast<float>(kSkyReachM));
    }
  });
  std::vector<std::uint8_t> dark;
  std::vector<float> sun_raw(samples.size(), 1);
  std::vector<float> sky_raw(samples.size(), 1);
  if (sun_up) {
    caster.occluded(sun_rays, scene::RayKind::kShadow, false, dark);
    for (std::size_t k = 0; k < hit.size(); ++k) sun_raw[hit[k]] = dark[k] ? 0.f : 1.f;
  }
  caster.occluded(sky_rays, scene::RayKind::kShadow, false, dark);
  for (std::size_t k = 0; k < hit.size(); ++k) sky_raw[hit[k]] = dark[k] ? 0.f : 1.f;
  std::vector<float> sun_smooth;
  std::vector<float> sky_smooth;
  smooth(samples, places, sun_raw, width_px, height_px, 2, 1, sun_smooth);
  smooth(samples, places, sky_raw, width_px, height_px, 2, 1, sky_smooth);
  const std::vector<float> open = open_shares(view, caster, width_px, height_px, places, samples);
  for (std::size_t i = 0; i < open.size(); ++i) sky_smooth[i] *= open[i];
  for (std::size_t i = 0; i < samples.size(); ++i) {
    scene::ShadeSample& s = samples[i];
    if (s.drawable == 0) continue;
    if (i < pixel_samples) {
      s.sun_visibility = sun_smooth[i];
      s.sky_visibility = sky_smooth[i];
      continue;
    }
    // Edge samples: their own sun ray; the sky of a neighbouring pixel on the same drawable.
    s.sun_visibility = sun_raw[i];
    const int x = static_cast<int>(s.u_px);
    const int y = static_cast<int>(s.v_px);
    float sum = 0;
    float count = 0;
    for (int j = std::max(y - 1, 0); j <= std::min(y + 1, height_px - 1); ++j) {
      for (int k = std::max(x - 1, 0); k <= std::min(x + 1, width_px - 1); ++k) {
        const std::size_t n = static_cast<std::size_t>(j) * width_px + k;
        if (samples[n].drawable != s.drawable) continue;
        sum += sky_smooth[n];
        count += 1;
      }
    }
    s.sky_visibility = count > 0 ? sum / count : sky_raw[i];
  }
  trace_lamps(window, view, caster, {width_px, height_px, pixel_samples}, places, samples);
}

}  // namespace oddroad::camera
