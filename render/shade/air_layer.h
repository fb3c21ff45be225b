// What fog, dust, rain and snow in the air do to the light of the sky. Internal to this module.
#pragma once

#include "engine/math/affine.h"
#include "engine/world/daylight.h"
#include "engine/world/environment.h"

namespace oddroad::shade {

using math::Vec3d;

// Droplets scatter nearly all light forwards: the Henyey-Greenstein phase function with this
// asymmetry.
inline constexpr double kFogAsymmetry = 0.85;

class AirLayer {
 public:
  explicit AirLayer(const world::Environment& environment);

  // At the ground: fog alone, which may thin with height and come in banks; all else, which does
  // not.
  [[nodiscard]] double fog_per_m() const { return fog_per_m_; }
  [[nodiscard]] double even_per_m() const { return even_per_m_; }
  [[nodiscard]] double per_m() const { return fog_per_m_ + even_per_m_; }
  [[nodiscard]] bool empty() const { return per_m() <= 0; }

  // Optical depth from the ground to space towards a direction with that sine of elevation (> 0).
  // Fog that does not thin ends at 150 m (radiation fog is 10 to 300 m deep), dust at 500 m, rain
  // and snow at 1 km.
  [[nodiscard]] double depth(double sine) const;
  // Colour of its light under white light.
  [[nodiscard]] const Vec3d& tint() const { return tint_; }
  // What is left of the daylight: direct light falls by Beer's law; of all light on the ground two
  // streams leave 1 / (1 + 0.75 (1 - g) depth) (conservative scattering, dark ground).
  [[nodiscard]] world::Daylight left_of(const world::Daylight& light, double sine) const;

 private:
  double fog_per_m_ = 0;
  double even_per_m_ = 0;
  double fog_top_m_ = 0;
  double dust_per_m_ = 0;
  double falling_per_m_ = 0;
  Vec3d tint_{1};
};

// Phase function per steradian.
double henyey_greenstein(double cosine, double asymmetry);

}  // namespace oddroad::shade
