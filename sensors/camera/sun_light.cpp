#include "sensors/camera/sun_light.h"

#include <algorithm>
#include <array>

#include "engine/core/parallel.h"
#include "sensors/camera/bit_window.h"

namespace oddroad::camera {
namespace {

using math::Vec3f;

constexpr float kSunRadius_rad = 0.004654f;
constexpr float kOwnBody_m = 1.5f;
constexpr float kFarthest_m = 2000;
// A window of 4x4 holds each place of the pattern once, so that none shows.
constexpr int kBefore = 2;
constexpr int kAfter = 1;
constexpr std::uint8_t kLit = 1;
constexpr std::uint8_t kDark = 2;

std::array<Vec3f, 16> places_on_disc(const Vec3f& sun) {
  std::array<Vec3f, 16> out = sky_pattern();
  for (Vec3f& to : out) to = sun + kSunRadius_rad * turned({to.x, to.y, 0}, sun);
  return out;
}

// 1 for each sample that lies in the shadow.
std::vector<std::uint8_t> cast(const scene::CameraView& view, const scene::RayCaster& caster,
                               const Vec3f& sun, std::span<const Place> places,
                               const std::vector<scene::ShadeSample>& samples) {
  const std::array<Vec3f, 16> to_sun = places_on_disc(sun);
  scene::RayBatch rays;
  rays.resize(samples.size());
  core::parallel_chunks(samples.size(), 4096, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i != end; ++i) {
      const scene::ShadeSample& s = samples[i];
      const Place& p = places[i];
      // A face turned away is in its own shadow; its smooth normal may still catch the sun, which
      // stays (rounded things have no facets) unless something else lies between.
      const bool faces = glm::dot(p.normal, sun) > 0;
      const int x = static_cast<int>(s.u_px);
      const int y = static_cast<int>(s.v_px);
      rays.set(i, faces ? p.point : p.point + kOwnBody_m * sun, to_sun[(y & 3) * 4 + (x & 3)],
               view.stamp_of_row(y), s.drawable == 0 ? -1.f : kFarthest_m);
    }
  });
  std::vector<std::uint8_t> dark;
  caster.occluded(rays, scene::RayKind::kShadow, false, dark);
  return dark;
}

float mean_around(const SampleLayout& layout, std::span<const Place> places,
                  const std::vector<scene::ShadeSample>& samples,
                  const std::vector<std::uint8_t>& found, int x, int y) {
  const auto w = static_cast<std::size_t>(layout.width_px);
  const std::size_t i = static_cast<std::size_t>(y) * w + x;
  float lit = 0;
  float count = 0;
  for (int j = std::max(y - kBefore, 0); j <= std::min(y + kAfter, layout.height_px - 1); ++j) {
    for (int k = std::max(x - kBefore, 0); k <= std::min(x + kAfter, layout.width_px - 1); ++k) {
      const std::size_t n = static_cast<std::size_t>(j) * w + k;
      if (samples[n].drawable != samples[i].drawable || !alike(places[n], places[i])) continue;
      lit += found[n] == kLit ? 1.f : 0.f;
      count += 1;
    }
  }
  return lit / count;
}

}  // namespace

void trace_sun(const world::SceneWindow& window, const scene::CameraView& view,
               const scene::RayCaster& caster, const SampleLayout& layout,
               std::span<const Place> places, std::vector<scene::ShadeSample>& samples) {
  const Vec3f sun = scene::sun_direction(window.environment);
  if (sun.z <= 0) return;
  const auto dark = cast(view, caster, sun, places, samples);
  std::vector<std::uint8_t> found(layout.pixel_samples);
  for (std::size_t i = 0; i < found.size(); ++i) {
    found[i] = samples[i].drawable == 0 ? 0 : dark[i] ? kDark : kLit;
  }
  const auto around = bits_around(found, layout.width_px, layout.height_px, kBefore, kAfter);
  core::parallel_for(layout.height_px, [&](int y) {
    for (int x = 0; x < layout.width_px; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * layout.width_px + x;
      if (samples[i].drawable == 0) continue;
      samples[i].sun_visibility = around[i] == kLit ? 1.f
                                  : around[i] == kDark
                                      ? 0.f
                                      : mean_around(layout, places, samples, found, x, y);
    }
  });
  for (std::size_t i = layout.pixel_samples; i < samples.size(); ++i) {
    if (samples[i].drawable != 0) samples[i].sun_visibility = dark[i] ? 0.f : 1.f;
  }
}

}  // namespace oddroad::camera
