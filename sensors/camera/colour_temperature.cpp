#include "sensors/camera/colour_temperature.h"

#include <algorithm>

namespace oddroad::camera {
namespace {

using math::Vec2d;

Vec2d black_body(double kelvin) {
  const double u = 1000 / kelvin;
  const double x = kelvin < 4000 ? ((-0.2661239 * u - 0.2343589) * u + 0.8776956) * u + 0.179910
                                 : ((-3.0258469 * u + 2.1070379) * u + 0.2226347) * u + 0.240390;
  const double y = kelvin < 2222 ? ((-1.1063814 * x - 1.34811020) * x + 2.18555832) * x - 0.20219683
                   : kelvin < 4000
                       ? ((-0.9549476 * x - 1.37418593) * x + 2.09137015) * x - 0.16748867
                       : ((3.0817580 * x - 5.87338670) * x + 3.75112997) * x - 0.37001483;
  return {x, y};
}

Vec2d daylight(double kelvin) {
  const double u = 1000 / std::max(kelvin, 4000.0);
  const double x = kelvin <= 7000 ? ((-4.6070 * u + 2.9678) * u + 0.09911) * u + 0.244063
                                  : ((-2.0064 * u + 1.9018) * u + 0.24748) * u + 0.237040;
  return {x, (-3.000 * x + 2.870) * x - 0.275};
}

}  // namespace

math::Vec3d light_of_temperature(double kelvin) {
  const double share = std::clamp((kelvin - 3500) / 1500, 0.0, 1.0);
  const Vec2d xy = black_body(kelvin) * (1 - share) + daylight(kelvin) * share;
  const double X = xy.x / xy.y;
  const double Z = (1 - xy.x - xy.y) / xy.y;
  // IEC 61966-2-1.
  return {3.2406 * X - 1.5372 - 0.4986 * Z, -0.9689 * X + 1.8758 + 0.0415 * Z,
          0.0557 * X - 0.2040 + 1.0570 * Z};
}

}  // namespace oddroad::camera
