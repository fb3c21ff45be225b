#include "sensors/ins/earth.h"

#include <cmath>

namespace oddroad::ins {

using math::Vec3d;

namespace {

constexpr double kA = 6378137.0;          // equatorial radius, m
constexpr double kF = 1 / 298.257223563;  // flattening
constexpr double kB = kA * (1 - kF);
constexpr double kE2 = kF * (2 - kF);  // first eccentricity squared
constexpr double kStandardGravity = 9.80665;

double somigliana(double latitude_rad) {
  const double s2 = std::sin(latitude_rad) * std::sin(latitude_rad);
  return 9.7803253359 * (1 + 0.00193185265241 * s2) / std::sqrt(1 - kE2 * s2);
}

}  // namespace

Vec3d ecef_of(const Geodetic& place) {
  const double s = std::sin(place.latitude_rad), c = std::cos(place.latitude_rad);
  const double n = kA / std::sqrt(1 - kE2 * s * s);
  return {(n + place.height_m) * c * std::cos(place.longitude_rad),
          (n + place.height_m) * c * std::sin(place.longitude_rad),
          (n * (1 - kE2) + place.height_m) * s};
}

Geodetic geodetic_of(const Vec3d& p) {
  const double r = std::hypot(p.x, p.y);
  const double second = kE2 / (1 - kE2);
  const double u = std::atan2(p.z * kA, r * kB);
  Geodetic out;
  out.latitude_rad = std::atan2(p.z + second * kB * std::pow(std::sin(u), 3),
                                r - kE2 * kA * std::pow(std::cos(u), 3));
  out.longitude_rad = std::atan2(p.y, p.x);
  const double s = std::sin(out.latitude_rad), c = std::cos(out.latitude_rad);
  out.height_m = r * c + p.z * s - kA * std::sqrt(1 - kE2 * s * s);
  return out;
}

LocalEarth::LocalEarth(double latitude_rad, double longitude_rad)
    : known_(latitude_rad != 0 || longitude_rad != 0),
      gravity_mps2_(known_ ? somigliana(latitude_rad) : kStandardGravity) {
  const double sp = std::sin(latitude_rad), cp = std::cos(latitude_rad);
  const double sl = std::sin(longitude_rad), cl = std::cos(longitude_rad);
  T_ecef_world_.linear =
      glm::dmat3(Vec3d(-sl, cl, 0), Vec3d(-sp * cl, -sp * sl, cp), Vec3d(cp * cl, cp * sl, sp));
  T_ecef_world_.translation = ecef_of({latitude_rad, longitude_rad, 0});
}

std::optional<Geodetic> LocalEarth::geodetic(const Vec3d& p_world_m) const {
  if (!known_) return std::nullopt;
  return geodetic_of(T_ecef_world_.point(p_world_m));
}

}  // namespace oddroad::ins
