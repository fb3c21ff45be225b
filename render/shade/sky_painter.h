// The radiance of the sky in any direction: clear atmosphere, clouds, and what lies below and along
// the horizon. Internal to this module.
#pragma once

#include <vector>

#include "engine/world/daylight.h"
#include "engine/world/timeline.h"
#include "render/shade/air_layer.h"
#include "render/shade/atmosphere.h"

namespace oddroad::shade {

class SkyPainter {
 public:
  explicit SkyPainter(const world::Environment& environment);

  // Radiance above the horizon, through fog, dust and rain, and the share of the sun's disc that
  // is seen.
  [[nodiscard]] glm::dvec4 sky(const Vec3d& direction) const;
  // The same without the aureole that fog and dust make around the sun.
  [[nodiscard]] Vec3d sky_without_beam(const Vec3d& direction) const;
  // Sky above; below it ground that fades into the haze, as seen from eye height.
  [[nodiscard]] glm::dvec4 visible(const Vec3d& direction) const;
  // The same with a skyline of houses and trees: what cars and windows of a street reflect.
  [[nodiscard]] Vec3d mirror(const Vec3d& direction) const;

  [[nodiscard]] const Vec3d& to_sun() const { return to_sun_; }
  [[nodiscard]] Vec3d sun_illuminance() const {
    return sun_color_ * foggy_light_.direct_normal_lux;
  }
  [[nodiscard]] const Vec3d& ground_radiance() const { return ground_radiance_; }
  [[nodiscard]] Vec3d haze() const { return atmosphere_.ground_extinction(); }
  [[nodiscard]] const AirLayer& air() const { return air_; }
  // Illuminance that fog and dust scatter once out of the sun's beam; times the phase function and
  // the opacity of a line of sight it is the aureole's radiance.
  [[nodiscard]] const Vec3d& beam() const { return beam_; }

 private:
  [[nodiscard]] Vec3d clear(const Vec3d& direction) const;  // cd/m2 of a cloudless sky
  [[nodiscard]] glm::dvec4 airless_sky(const Vec3d& direction) const;
  [[nodiscard]] Vec3d air_light(const Vec3d& direction) const;  // of endless fog
  struct Cloud {
    double cover = 0;  // 0 to 1
    Vec3d radiance{0};
  };
  [[nodiscard]] Cloud cloud(const Vec3d& direction) const;
  [[nodiscard]] Vec3d night_glow(const Vec3d& direction) const;
  [[nodiscard]] double fractal(math::Vec2d p, std::uint32_t octaves) const;
  [[nodiscard]] double cloud_shape(const math::Vec2d& p) const;  // 0 to 1, over the cloud layer
  void bake_clear();
  void balance_clouds();
  void balance_air();
  void light_ground();

  world::Environment environment_;
  Atmosphere atmosphere_;
  AirLayer air_;
  world::Daylight light_;        // of the sky without fog and dust
  world::Daylight clear_light_;  // without clouds, either
  world::Daylight foggy_light_;
  Vec3d to_sun_;
  std::uint32_t cloud_seed_ = 0;
  Vec3d sun_color_{1};       // luminance 1
  Vec3d mean_sky_color_{1};  // luminance 1
  double clear_scale_ = 1;   // relative radiance to cd/m2
  double cloud_scale_ = 1;
  double total_scale_ = 1;
  double air_scale_ = 0;  // cd/m2 of fog per unit of its gradation
  Vec3d beam_{0};
  Vec3d air_color_{1};
  Vec3d ground_radiance_{0};
  Vec3d land_brightness_{1};  // of the ground over dry and snowless ground
  std::vector<Vec3d> clear_table_;
};

double luminance(const Vec3d& rgb);

}  // namespace oddroad::shade
