#include "sensors/camera/halos.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/core/parallel.h"
#include "engine/world/falling_water.h"
#include "engine/world/lights.h"
#include "sensors/camera/record_distance.h"

namespace oddroad::camera {

using math::Vec3d;
using math::Vec3f;

namespace {

constexpr double kAsymmetry = 0.85;
constexpr double kFarthest_m = 250;
constexpr double kThinnestAir_per_m = 3e-4;
constexpr double kWidest_rad = 0.5;
// What is not worth drawing, as a share of the image's mean.
constexpr double kFaintest = 0.01;

// The integral of the phase function over scattering angles from `angle` to pi.
class PhaseTail {
 public:
  PhaseTail() {
    double sum = 0;
    for (int i = kSteps - 1; i >= 0; --i) {
      const double mu = std::cos((i + 0.5) * std::numbers::pi / kSteps);
      const double base = 1 + kAsymmetry * kAsymmetry - 2 * kAsymmetry * mu;
      sum += (1 - kAsymmetry * kAsymmetry) / (4 * std::numbers::pi * base * std::sqrt(base)) *
             std::numbers::pi / kSteps;
      tail_[i] = sum;
    }
  }
  [[nodiscard]] double from(double angle) const {
    const int i = static_cast<int>(angle / std::numbers::pi * kSteps);
    return tail_[std::clamp(i, 0, kSteps - 1)];
  }

 private:
  static constexpr int kSteps = 1024;
  std::array<double, kSteps> tail_{};
};

struct Halo {
  Vec3d place{0};
  double distance_m = 1;
  Vec3f strength{0};  // a I e^(-a d) / d
  float least_sine = 1e-3f;
  int x0 = 0, y0 = 0, x1 = -1, y1 = -1;
};

double air_per_m(const world::Environment& e, double height_m) {
  const double thinned =
      e.fog_height_m > 0 ? std::exp(-std::max(height_m, 0.0) / e.fog_height_m) : 1;
  return world::extinction_per_m(e.fog_visibility_m) * thinned +
         world::extinction_per_m(e.dust_visibility_m) +
         world::rain_extinction_per_m(e.rain_mm_per_h) +
         world::snow_extinction_per_m(e.snow_mm_per_h);
}

Halo halo_of(const world::Light& light, const scene::CameraView& view, double per_m,
             const PhaseTail& phase, float faintest) {
  Halo out;
  const Vec3d eye = view.T_world_camera.translation;
  out.place = light.position;
  out.distance_m = glm::length(light.position - eye);
  if (out.distance_m > kFarthest_m || out.distance_m < 0.5) return out;
  const Vec3d at = view.T_world_camera.inverse().point(light.position);
  if (at.z < 0.3) return out;
  const auto p = view.camera.project(at);
  if (!p) return out;
  // Towards the eye and a little beside: beams that just miss it still light the air before it.
  const Vec3d toward = (eye - light.position) / out.distance_m;
  Vec3f candela = 0.5f * world::intensity(light, toward);
  for (const auto& [tilt_rad, weight] : {std::pair{0.35, 0.3f}, std::pair{0.7, 0.2f}}) {
    const Vec3d lower = glm::normalize(toward + Vec3d(0, 0, -1) * std::tan(tilt_rad));
    candela += weight * world::intensity(light, lower);
  }
  out.strength =
      candela * static_cast<float>(per_m * std::exp(-per_m * out.distance_m) / out.distance_m);
  out.least_sine = static_cast<float>(
      std::max({double(light.radius_m) / out.distance_m, 1.0 / view.camera.fx_px, 1e-4}));
  const float bright = std::max({out.strength.x, out.strength.y, out.strength.z});
  // How far out it is seen.
  double reach = kWidest_rad;
  while (reach > 2 * out.least_sine && bright * phase.from(reach) / std::sin(reach) < faintest) {
    reach *= 0.7;
  }
  if (bright * phase.from(out.least_sine) / out.least_sine < faintest) return out;
  const int reach_px = static_cast<int>(std::tan(reach) * view.camera.fx_px) + 1;
  out.x0 = std::max(static_cast<int>(p->x) - reach_px, 0);
  out.y0 = std::max(static_cast<int>(p->y) - reach_px, 0);
  out.x1 = std::min(static_cast<int>(p->x) + reach_px, view.camera.width_px - 1);
  out.y1 = std::min(static_cast<int>(p->y) + reach_px, view.camera.height_px - 1);
  return out;
}

}  // namespace

void add_halos(const world::SceneWindow& window, const scene::CameraView& view,
               const scene::VisibilityRecord& record, capture::Image<Vec3f>& radiance) {
  static const PhaseTail kPhase;
  if (air_per_m(window.environment, 0) < kThinnestAir_per_m || window.lights.empty()) return;
  Vec3d mean(0);
  for (std::size_t i = 0; i < radiance.pixels.size(); i += 13) mean += Vec3d(radiance.pixels[i]);
  const double count = std::max<double>(1, double(radiance.pixels.size()) / 13);
  const auto faintest = static_cast<float>(kFaintest * (mean.x + mean.y + mean.z) / 3 / count);
  std::vector<Halo> halos;
  for (const world::Light& light : window.lights) {
    const double height = light.position.z - light.ground_z_m;
    const Halo halo = halo_of(light, view, air_per_m(window.environment, height), kPhase, faintest);
    if (halo.x1 >= halo.x0 && halo.y1 >= halo.y0) halos.push_back(halo);
  }
  const RecordDistance distance(window, view, record);
  core::parallel_for(static_cast<std::size_t>(radiance.height_px), [&](std::size_t row) {
    const int y = static_cast<int>(row);
    std::vector<const Halo*> here;
    for (const Halo& halo : halos) {
      if (y >= halo.y0 && y <= halo.y1) here.push_back(&halo);
    }
    for (int x = 0; x < radiance.width_px && !here.empty(); ++x) {
      Vec3f sum(0);
      double surface_m = -1;
      for (const Halo* halo : here) {
        if (x < halo->x0 || x > halo->x1) continue;
        const scene::ViewRay ray = view.ray_at(x, y);
        const double length = glm::length(ray.direction);
        if (!(length > 0)) continue;
        const Vec3d to_lamp = (halo->place - ray.origin) / halo->distance_m;
        const double cosine = glm::dot(to_lamp, ray.direction) / length;
        const double angle = std::acos(std::clamp(cosine, -1.0, 1.0));
        if (angle > kWidest_rad) continue;
        if (surface_m < 0) surface_m = distance.at(x, y);
        // The share of the glow that lies before the surface.
        const double open = std::clamp(surface_m / halo->distance_m, 0.0, 1.0);
        const double sine = std::max(std::sin(angle), double(halo->least_sine));
        const double edge = std::clamp((kWidest_rad - angle) / (0.3 * kWidest_rad), 0.0, 1.0);
        sum += halo->strength * static_cast<float>(kPhase.from(angle) / sine * open * open * edge);
      }
      radiance.at(x, y) += sum;
    }
  });
}

}  // namespace oddroad::camera
