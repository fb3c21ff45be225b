// The radiance of the sky in any direction: clear atmosphere, clouds, and what lies below and along
// the horizon. Internal to this module.
#pragma once

#include <vector>

#include "engine/world/timeline.h"
#include "render/shade/atmosphere.h"
#include "render/shade/daylight.h"

namespace oddroad::shade {

class SkyPainter {
 public:
  explicit SkyPainter(const world::Environment& environment);

  // Radiance above the horizon and the share of the sun's disc that clouds leave.
  [[nodiscard]] glm::dvec4 sky(const Vec3d& direction) const;
  // Sky above; below it ground that fades into the haze, as seen from eye height.
  [[nodiscard]] glm::dvec4 visible(const Vec3d& direction) const;
  // The same with a skyline of houses and trees: what cars and windows of a street reflect.
  [[nodiscard]] Vec3d mirror(const Vec3d& direction) const;

  [[nodiscard]] const Vec3d& to_sun() const { return to_sun_; }
  [[nodiscard]] Vec3d sun_illuminance() const { return sun_color_ * light_.direct_normal_lux; }
  [[nodiscard]] const Vec3d& ground_radiance() const { return ground_radiance_; }
  [[nodiscard]] Vec3d haze() const { return atmosphere_.ground_extinction(); }

 private:
  [[nodiscard]] Vec3d clear(const Vec3d& direction) const;  // cd/m2 of a cloudless sky
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
  void light_ground();

  world::Environment environment_;
  Atmosphere atmosphere_;
  Daylight light_;
  Daylight clear_light_;
  Vec3d to_sun_;
  std::uint32_t cloud_seed_ = 0;
  Vec3d sun_color_{1};       // luminance 1
  Vec3d mean_sky_color_{1};  // luminance 1
  double clear_scale_ = 1;   // relative radiance to cd/m2
  double cloud_scale_ = 1;
  double total_scale_ = 1;
  Vec3d ground_radiance_{0};
  std::vector<Vec3d> clear_table_;
};

double luminance(const Vec3d& rgb);

}  // namespace oddroad::shade
