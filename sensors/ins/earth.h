// The ellipsoid under a scene (WGS 84; NIMA TR8350.2): from the clip's local frame, taken as the
// plane that touches it at the scene's place, to latitude, longitude and height.
#pragma once

#include <optional>

#include "engine/math/affine.h"

namespace oddroad::ins {

struct Geodetic {
  double latitude_rad = 0, longitude_rad = 0;  // north, east positive
  double height_m = 0;                         // above the ellipsoid
};

// Earth-centred, earth-fixed coordinates, metres, and back (Bowring 1976; nanometres near ground).
math::Vec3d ecef_of(const Geodetic& place);
Geodetic geodetic_of(const math::Vec3d& ecef_m);

class LocalEarth {
 public:
  // The place of the local frame's origin; 0, 0 means that it is not known (world::Environment).
  LocalEarth(double latitude_rad, double longitude_rad);
  // x east, y north, z up from the origin; none where the place is not known.
  [[nodiscard]] std::optional<Geodetic> geodetic(const math::Vec3d& p_world_m) const;
  // At the origin, m/s2: Somigliana's formula; 9.80665 where the place is not known. The plane does
  // not turn: 15 degrees an hour are left out.
  [[nodiscard]] double gravity_mps2() const { return gravity_mps2_; }

 private:
  bool known_;
  double gravity_mps2_;
  math::Affine3d T_ecef_world_;
};

}  // namespace oddroad::ins
