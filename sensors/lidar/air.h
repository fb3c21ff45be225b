// The air on a beam's way: what it takes from the light, and what it sends back.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/world/scene_window.h"
#include "engine/world/spray.h"
#include "sensors/lidar/plume.h"
#include "sensors/lidar/weather_laws.h"

namespace oddroad::lidar {

// One scattering volume that a beam may be answered by.
struct AirEcho {
  double range_m = 0;
  Airborne kind = Airborne::kFog;
  double backscatter_per_m_sr = 0;  // there
};

// Fog may thin with height and come in banks, dust and rain are the same everywhere, smoke is a
// plume, spray hangs behind vehicles: the same fields as in the pictures (render/shaders/air.glsl,
// engine/world/spray.h). Holds at one instant.
class Air {
 public:
  Air(const world::SceneWindow& window, std::int64_t stamp_ns, const WeatherLaws& laws);

  [[nodiscard]] bool clear() const { return clear_; }
  [[nodiscard]] bool has_even() const { return fog_per_m_ + dust_per_m_ > 0; }
  [[nodiscard]] bool has_local() const { return !plume_.empty() || !spray_.empty(); }

  // Whether it matters where a beam runs, not only how far.
  [[nodiscard]] bool varies() const {
    return has_local() || (fog_per_m_ > 0 && (weather_.fog_height_m > 0 || weather_.fog_banks > 0));
  }

  // One-way optical depth of a ray (world, unit direction) up to a distance: the light that comes
  // back is exp(-2 depth) of what a clear day would give.
  [[nodiscard]] double depth(const math::Vec3d& origin, const math::Vec3d& direction,
                             double distance_m) const;

  // Where along the ray a cloud of small droplets or grains answers, if anywhere before
  // `distance_m`. Of fog and dust one volume is drawn with the density 1/s^2, from
  // kOverlapEndM on, that soft targets answer with (Rasshofer et al., "Influences of weather
  // phenomena on automotive laser radar systems", Adv. Radio Sci. 2011, eq. 15); of plumes and
  // spray one by the light that they take. `u`: two uniform numbers.
  [[nodiscard]] std::optional<AirEcho> even_echo(const math::Vec3d& origin,
                                                 const math::Vec3d& direction, double distance_m,
                                                 double u) const;
  [[nodiscard]] std::optional<AirEcho> local_echo(const math::Vec3d& origin,
                                                  const math::Vec3d& direction, double distance_m,
                                                  double u) const;

  // Beams and the receiver's view overlap from here on.
  static constexpr double kOverlapEndM = 1.0;

 private:
  [[nodiscard]] double fog_at(const math::Vec3d& p) const;  // extinction per metre
  [[nodiscard]] double bank_at(double x, double y) const;
  [[nodiscard]] double fog_depth(const math::Vec3d& origin, const math::Vec3d& direction,
                                 double distance_m) const;
  [[nodiscard]] double local_at(const math::Vec3d& p, double& smoke) const;

  world::Environment weather_;
  WeatherLaws laws_;
  bool clear_ = true;
  double falling_per_m_ = 0;
  double dust_per_m_ = 0;
  double fog_per_m_ = 0;
  math::Vec2d drift_{0};
  Plume plume_;
  std::vector<std::vector<world::SprayPuff>> spray_;
  std::vector<math::Aabb> spray_boxes_;
};

}  // namespace oddroad::lidar
