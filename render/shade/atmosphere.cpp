#include "render/shade/atmosphere.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"

namespace oddroad::shade {
namespace {

constexpr double kGroundKm = 6360;
constexpr double kTopKm = 6460;
constexpr double kObserverKm = 0.01;
// Channels stand for 625, 550 and 470 nm, where the sRGB primaries have their weight: narrower
// choices (680, 440) make dusk magenta.
const Vec3d kRayleigh(8.13e-3, 13.558e-3, 25.4e-3);  // per km at the ground
constexpr double kRayleighHeightKm = 8;
constexpr double kMieHeightKm = 1.5;
constexpr double kMieAlbedo = 0.93;
constexpr double kMieG = 0.78;
constexpr double kBroadShare = 0.28;
const Vec3d kOzone(2.30e-3, 1.881e-3, 0.20e-3);
// Vertical Rayleigh optical depth at 550 nm: turbidity counts in it.
constexpr double kAirDepth = 0.098;
constexpr double kGroundAlbedo = 0.2;

constexpr int kRadii = 32;
constexpr int kAngles = 128;
constexpr int kMultiple = 24;

double to_sphere(double r, double mu, double sphere) {
  const double disc = r * r * (mu * mu - 1) + sphere * sphere;
  return disc < 0 ? -1 : -r * mu + std::sqrt(disc);
}

// Distance to the ground, negative if the ray misses it.
double to_ground(double r, double mu) {
  const double disc = r * r * (mu * mu - 1) + kGroundKm * kGroundKm;
  if (mu >= 0 || disc < 0) return -1;
  return -r * mu - std::sqrt(disc);
}

double rayleigh_phase(double cosine) {
  return 3 / (16 * M_PI) * (1 + cosine * cosine);
}

// Cornette and Shanks 1992.
double haze_lobe(double cosine, double g) {
  const double g2 = g * g;
  return 3 / (8 * M_PI) * (1 - g2) * (1 + cosine * cosine) /
         ((2 + g2) * std::pow(1 + g2 - 2 * g * cosine, 1.5));
}

// A strong forward lobe and a broad one: one lobe alone leaves the horizon beside the sun too dark.
double mie_phase(double cosine) {
  return (1 - kBroadShare) * haze_lobe(cosine, kMieG) + kBroadShare * haze_lobe(cosine, 0.1);
}

template <typename Table>
Vec3d bilinear(const Table& table, int width, int height, double x, double y) {
  const double fx = std::clamp(x, 0.0, 1.0) * (width - 1);
  const double fy = std::clamp(y, 0.0, 1.0) * (height - 1);
  const int ix = std::min(static_cast<int>(fx), width - 2);
  const int iy = std::min(static_cast<int>(fy), height - 2);
  const double u = fx - ix;
  const double v = fy - iy;
  const auto at = [&](int i, int j) {
    return table[static_cast<std::size_t>(j) * width + i];
  };
  return (at(ix, iy) * (1 - u) + at(ix + 1, iy) * u) * (1 - v) +
         (at(ix, iy + 1) * (1 - u) + at(ix + 1, iy + 1) * u) * v;
}

}  // namespace

Atmosphere::Atmosphere(double turbidity) {
  const double depth = kAirDepth * (std::clamp(turbidity, 1.1, 12.0) - 1);
  // Haze scatters blue a little more: Angstrom exponent 1.2 about 550 nm.
  const Vec3d angstrom(std::pow(625 / 550.0, -1.2), 1, std::pow(470 / 550.0, -1.2));
  mie_extinction_ = angstrom * (depth / kMieHeightKm);
  build_transmittance();
  build_multiple();
}

Atmosphere::Medium Atmosphere::medium(double altitude_km) const {
  const double h = std::max(altitude_km, 0.0);
  const Vec3d rayleigh = kRayleigh * std::exp(-h / kRayleighHeightKm);
  const Vec3d mie = mie_extinction_ * std::exp(-h / kMieHeightKm);
  const Vec3d ozone = kOzone * std::max(0.0, 1 - std::abs(h - 25) / 15);
  return {rayleigh, mie * kMieAlbedo, rayleigh + mie + ozone};
}

Vec3d Atmosphere::ground_extinction() const {
  return medium(0).extinction * 1e-3;
}

Vec3d Atmosphere::integrate_transmittance(double r, double mu) const {
  constexpr int kSteps = 40;
  const double length = to_sphere(r, mu, kTopKm);
  Vec3d depth(0);
  for (int i = 0; i < kSteps; ++i) {
    const double t = length * (i + 0.5) / kSteps;
    const double altitude = std::sqrt(r * r + t * t + 2 * r * mu * t) - kGroundKm;
    depth += medium(altitude).extinction * (length / kSteps);
  }
  return glm::exp(-depth);
}

// Table axes after Bruneton and Neyret 2008: distance to the top, distance to the horizon.
void Atmosphere::build_transmittance() {
  transmittance_.resize(std::size_t{kRadii} * kAngles);
  const double h = std::sqrt(kTopKm * kTopKm - kGroundKm * kGroundKm);
  for (int j = 0; j < kRadii; ++j) {
    const double rho = h * j / (kRadii - 1);
    const double r = std::sqrt(rho * rho + kGroundKm * kGroundKm);
    const double shortest = kTopKm - r;
    const double longest = rho + h;
    for (int i = 0; i < kAngles; ++i) {
      const double d = shortest + (longest - shortest) * i / (kAngles - 1);
      const double mu = d == 0 ? 1 : (h * h - rho * rho - d * d) / (2 * r * d);
      transmittance_[static_cast<std::size_t>(j) * kAngles + i] =
          integrate_transmittance(r, std::clamp(mu, -1.0, 1.0));
    }
  }
}

Vec3d Atmosphere::transmittance(double r, double mu) const {
  const double h = std::sqrt(kTopKm * kTopKm - kGroundKm * kGroundKm);
  const double rho = std::sqrt(std::max(r * r - kGroundKm * kGroundKm, 0.0));
  const double d = std::max(to_sphere(r, mu, kTopKm), 0.0);
  const double shortest = kTopKm - r;
  const double longest = rho + h;
  return bilinear(transmittance_, kAngles, kRadii, (d - shortest) / (longest - shortest), rho / h);
}

Vec3d Atmosphere::transmittance(double elevation_rad) const {
  const double mu = std::sin(elevation_rad);
  // The disc sets over half a degree.
  const double above = std::clamp((elevation_rad * 180 / M_PI + 0.27) / 0.54, 0.0, 1.0);
  return above * transmittance(kGroundKm + kObserverKm, std::max(mu, 0.0));
}

Vec3d Atmosphere::integrate_multiple(double altitude_km, double mu_sun) const {
  constexpr int kDirections = 6;  // per axis of the sphere
  constexpr int kSteps = 16;
  const double r = kGroundKm + altitude_km;
  const Vec3d sun(std::sqrt(1 - mu_sun * mu_sun), 0, mu_sun);
  Vec3d second(0);
  Vec3d again(0);
  for (int k = 0; k < kDirections * 2 * kDirections; ++k) {
    const double mu = 1 - 2 * (k / (2 * kDirections) + 0.5) / kDirections;
    const double phi = M_PI * (k % (2 * kDirections) + 0.5) / kDirections;
    const double side = std::sqrt(1 - mu * mu);
    const Vec3d direction(side * std::cos(phi), side * std::sin(phi), mu);
    const double ground = to_ground(r, mu);
    const double length = ground > 0 ? ground : to_sphere(r, mu, kTopKm);
    Vec3d through(1);
    Vec3d light(0);
    Vec3d factor(0);
    for (int i = 0; i < kSteps; ++i) {
      const double t = length * (i + 0.5) / kSteps;
      const double step = length / kSteps;
      const Vec3d p = Vec3d(0, 0, r) + direction * t;
      const double radius = glm::length(p);
      const Medium m = medium(radius - kGroundKm);
      const Vec3d scattering = m.rayleigh + m.mie;
      const Vec3d kept = glm::exp(-m.extinction * step);
      const Vec3d gathered = through * scattering * (Vec3d(1) - kept) / m.extinction;
      const double local_mu = glm::dot(p, sun) / radius;
      if (to_ground(radius, local_mu) < 0) {
        light += gathered * transmittance(radius, local_mu) / (4 * M_PI);
      }
      factor += gathered;
      through *= kept;
    }
    if (ground > 0) {
      const Vec3d p = Vec3d(0, 0, r) + direction * ground;
      const double local_mu = glm::dot(p, sun) / kGroundKm;
      if (local_mu > 0) {
        light += through * transmittance(kGroundKm, local_mu) * local_mu * kGroundAlbedo / M_PI;
      }
    }
    constexpr double kWeight = 1.0 / (kDirections * 2 * kDirections);
    second += light * kWeight;
    again += factor * kWeight;
  }
  return second / (Vec3d(1) - again);
}

void Atmosphere::build_multiple() {
  multiple_.resize(std::size_t{kMultiple} * kMultiple);
  core::parallel_for(kMultiple, [&](int j) {
    const double y = static_cast<double>(j) / (kMultiple - 1);
    for (int i = 0; i < kMultiple; ++i) {
      const double mu = 2.0 * i / (kMultiple - 1) - 1;
      multiple_[static_cast<std::size_t>(j) * kMultiple + i] =
          integrate_multiple(kObserverKm + y * y * (kTopKm - kGroundKm - 2 * kObserverKm), mu);
    }
  });
}

Vec3d Atmosphere::multiple(double altitude_km, double mu_sun) const {
  const double y = std::sqrt(std::clamp(altitude_km / (kTopKm - kGroundKm), 0.0, 1.0));
  return bilinear(multiple_, kMultiple, kMultiple, 0.5 * mu_sun + 0.5, y);
}

Vec3d Atmosphere::radiance(const Vec3d& direction, const Vec3d& to_sun) const {
  constexpr int kSteps = 40;
  const double r = kGroundKm + kObserverKm;
  const double mu = std::max(direction.z, 1e-4);
  const Vec3d d = glm::normalize(Vec3d(direction.x, direction.y, mu));
  const double length = to_sphere(r, d.z, kTopKm);
  const double cosine = std::clamp(glm::dot(d, to_sun), -1.0, 1.0);
  const double rayleigh = rayleigh_phase(cosine);
  const double mie = mie_phase(cosine);
  Vec3d through(1);
  Vec3d out(0);
  for (int i = 0; i < kSteps; ++i) {
    // Short steps near the observer, where the air is dense.
    const double a = static_cast<double>(i) / kSteps;
    const double b = static_cast<double>(i + 1) / kSteps;
    const double step = length * (b * b - a * a);
    const Vec3d p = Vec3d(0, 0, r) + d * (0.5 * length * (a * a + b * b));
    const double radius = glm::length(p);
    const double altitude = radius - kGroundKm;
    const Medium m = medium(altitude);
    const double mu_sun = glm::dot(p, to_sun) / radius;
    Vec3d source = multiple(altitude, mu_sun) * (m.rayleigh + m.mie);
    if (to_ground(radius, mu_sun) < 0) {
      source += transmittance(radius, mu_sun) * (m.rayleigh * rayleigh + m.mie * mie);
    }
    const Vec3d kept = glm::exp(-m.extinction * step);
    out += through * source * (Vec3d(1) - kept) / m.extinction;
    through *= kept;
  }
  return out;
}

}  // namespace oddroad::shade
