// The clear sky: scattering of sunlight in a spherical atmosphere of air, haze and ozone, with
// multiple scattering (Hillaire 2020, "A scalable and production ready sky and atmosphere rendering
// technique"). Works for any solar elevation, twilight included. Radiances are relative; sky_map.h
// scales them to photometric units.
#pragma once

#include <vector>

#include "engine/math/affine.h"

namespace oddroad::shade {

using math::Vec3d;

class Atmosphere {
 public:
  // turbidity: 1 = pure air, 2 very clear, 3 clear, 6 hazy, 10 thick haze (Preetham's meaning).
  explicit Atmosphere(double turbidity);

  // Share of light per channel that crosses the atmosphere down to an observer on the ground from
  // elevation angle `elevation_rad`; 0 where the earth is in the way.
  [[nodiscard]] Vec3d transmittance(double elevation_rad) const;
  // Relative radiance of the sky towards `direction` (unit, z up) for a unit sun at `to_sun`.
  [[nodiscard]] Vec3d radiance(const Vec3d& direction, const Vec3d& to_sun) const;
  // Extinction per metre at the ground.
  [[nodiscard]] Vec3d ground_extinction() const;

 private:
  struct Medium {
    Vec3d rayleigh;    // scattering, per km
    Vec3d mie;         // scattering, per km
    Vec3d extinction;  // all, per km
  };
  [[nodiscard]] Medium medium(double altitude_km) const;
  [[nodiscard]] Vec3d transmittance(double radius_km, double mu) const;
  [[nodiscard]] Vec3d integrate_transmittance(double radius_km, double mu) const;
  [[nodiscard]] Vec3d multiple(double altitude_km, double mu_sun) const;
  [[nodiscard]] Vec3d integrate_multiple(double altitude_km, double mu_sun) const;
  void build_transmittance();
  void build_multiple();

  Vec3d mie_extinction_;  // per km at the ground
  std::vector<Vec3d> transmittance_;
  std::vector<Vec3d> multiple_;
};

}  // namespace oddroad::shade
