// How much light sun and sky give, from solar elevation and cloud cover.
#pragma once

namespace oddroad::world {

struct Daylight {
  double direct_normal_lux = 0;       // on a surface that faces the sun
  double diffuse_horizontal_lux = 0;  // of the whole sky on level ground
};

// IES daylight equations (clear, partly cloudy, overcast), linear in cloud cover between those
// three at 0, 0.5 and 1; civil and nautical twilight by the usual illuminances at -6 and -12
// degrees. Grows with elevation. cloud_cover is clamped to [0, 1].
Daylight daylight(double sun_elevation_rad, double cloud_cover);

}  // namespace oddroad::world
