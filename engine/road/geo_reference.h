// Where on earth a map lies, from the PROJ string of its header.
#pragma once

#include <optional>
#include <string>

#include "engine/math/affine.h"

namespace oddroad::road {

// Radians, north and east positive.
struct GeoPlace {
  double latitude_rad = 0;
  double longitude_rad = 0;
};

// The place of a map point, on a sphere: within some 0.3 degrees near the projection's origin or
// in a UTM zone, which is enough for the sun; no geodesy. Knows utm, and projections with an origin
// (+lat_0, +lon_0: tmerc, stere, aeqd, ...). Nothing where the text says neither, or names the
// origin 0, 0 (what tools write that know none).
std::optional<GeoPlace> place_of(const std::string& geo_reference, const math::Vec3d& point_m);

}  // namespace oddroad::road
