#include "engine/asset/luminaire.h"

#include <cmath>

namespace oddroad::asset {

math::Vec3f unit_luminance(const math::Vec3f& color) {
  return color / glm::dot(color, math::Vec3f(.2126f, .7152f, .0722f));
}

// M. Krystek 1985, "An algorithm to calculate correlated colour temperature": u, v of 1960.
math::Vec3f black_body(double t) {
  const double u = (0.860117757 + 1.54118254e-4 * t + 1.28641212e-7 * t * t) /
                   (1 + 8.42420235e-4 * t + 7.08145163e-7 * t * t);
  const double v = (0.317398726 + 4.22806245e-5 * t + 4.20481691e-8 * t * t) /
                   (1 - 2.89741816e-5 * t + 1.61456053e-7 * t * t);
  const double x = 3 * u / (2 * u - 8 * v + 4);
  const double y = 2 * v / (2 * u - 8 * v + 4);
  const math::Vec3d xyz(x / y, 1, (1 - x - y) / y);
  // IEC 61966-2-1, rows of XYZ to linear sRGB.
  const math::Vec3d rgb(glm::dot(xyz, math::Vec3d(3.2406, -1.5372, -0.4986)),
                        glm::dot(xyz, math::Vec3d(-0.9689, 1.8758, 0.0415)),
                        glm::dot(xyz, math::Vec3d(0.0557, -0.2040, 1.0570)));
  return unit_luminance(math::Vec3f(glm::max(rgb, math::Vec3d(0))));
}

double beam_flux(std::uint32_t beam, double exponent) {
  constexpr int kRings = 720;
  constexpr int kTurns = 360;
  double sum = 0;
  for (int i = 0; i < kRings; ++i) {
    const double theta = M_PI / 2 * (i + .5) / kRings;
    const double solid = std::sin(theta) * (M_PI / 2 / kRings) * (2 * M_PI / kTurns);
    for (int k = 0; k < kTurns; ++k) {
      const double phi = 2 * M_PI * (k + .5) / kTurns;
      const math::Vec3f d(std::cos(theta), std::sin(theta) * std::cos(phi),
                          std::sin(theta) * std::sin(phi));
      sum += solid * shaders::beam_value(beam, static_cast<float>(exponent), d.x, d.y, d.z);
    }
  }
  return sum;
}

double street_candela(double lumens) {
  static const double kFlux = beam_flux(ODDROAD_BEAM_STREET, 1);
  return lumens / kFlux;
}

}  // namespace oddroad::asset
