#include "sensors/lidar/surface_optics.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oddroad::lidar {
namespace {

constexpr double kGlassIndex = 1.5;
constexpr double kWaterIndex = 1.33;
constexpr double kSnowReflectance = 0.85;
constexpr double kSheetingLobeRad = 40 * std::numbers::pi / 180;
constexpr double kWetSheeting = 0.65;
constexpr double kPaneDirt = 0.004;  // diffuse reflectance of a driven pane
// Of light in water that meets the surface from below, diffuse and outside: Lekner and Dorf 1988.
constexpr double kInsideReflected = 0.47;
constexpr double kDiffuseIn = 0.934;

// Lambert-equivalent reflectance times cosine of a mirror-like lobe, seen from where the light
// comes.
double glossy(double cosine, double roughness, double share) {
  const double alpha = std::max(roughness * roughness, 1e-3);
  const double c2 = cosine * cosine;
  const double base = c2 * (alpha * alpha - 1) + 1;
  const double facets = alpha * alpha / (std::numbers::pi * base * base);
  // pi f cos: the half vector is the ray, f = D G F / (4 cos^2); G of Smith for both ways.
  const double tangent2 = (1 - c2) / std::max(c2, 1e-6);
  const double smith = 2 / (1 + std::sqrt(1 + alpha * alpha * tangent2));
  return std::numbers::pi * share * facets * smith * smith / (4 * std::max(cosine, 1e-3));
}

Response pane(const asset::Material& m, double cosine) {
  const double face = fresnel(cosine, kGlassIndex);
  const double both = 2 * face / (1 + face);
  Response out;
  out.mirror = both;
  const double clear = (m.transmission.x + m.transmission.y + m.transmission.z) / 3;
  out.through = (1 - both) * clear;
  out.diffuse = kPaneDirt * cosine + glossy(cosine, m.roughness, both);
  return out;
}

Response solid(const asset::Material& m, double cosine, const Cover& cover) {
  // Only what is matt is made of facets; a coat leaves the colour below to Lambert.
  const asset::Finish f = m.finish();
  const double facets = 0.4 * std::clamp((f.roughness - 0.5) / 0.4, 0.0, 1.0);
  double rho = m.reflectance_905nm;
  const double wet = kDiffuseIn * (1 - kInsideReflected) * rho / (1 - kInsideReflected * rho);
  rho += (wet - rho) * std::max(cover.wet, cover.film);
  Response out;
  out.diffuse = rho * oren_nayar(cosine, facets) * cosine;
  const double coat = std::max<double>(f.clearcoat, f.metallic * (1 - f.roughness));
  if (coat > 0) {
    const double face = fresnel(cosine, kGlassIndex);
    const double polish = f.clearcoat > 0 ? 0.15 : double(f.roughness);
    out.mirror = coat * (f.metallic > 0.9f && f.clearcoat == 0 ? 0.6 : face);
    out.diffuse = out.diffuse * (1 - out.mirror) + glossy(cosine, polish, out.mirror);
  }
  return out;
}

// Light passes the film on its way in and out; what it mirrors is lost to the way back.
void flood(double cosine, double film, Response& out) {
  const double face = fresnel(cosine, kWaterIndex);
  out.diffuse *= 1 - film * (1 - (1 - face) * (1 - face));
  out.retro *= 1 - film;
  out.mirror = out.mirror * (1 - film) + face * film;
}

}  // namespace

double fresnel(double cosine, double n) {
  const double c = std::clamp(cosine, 0.0, 1.0);
  const double inside = std::sqrt(std::max(1 - (1 - c * c) / (n * n), 0.0));
  const double s = (c - n * inside) / (c + n * inside);
  const double p = (inside - n * c) / (inside + n * c);
  return 0.5 * (s * s + p * p);
}

double oren_nayar(double cosine, double deviation) {
  if (deviation <= 0) return 1;
  const double v = deviation * deviation;
  const double a = 1 - 0.5 * v / (v + 0.33);
  const double b = 0.45 * v / (v + 0.09);
  const double c = std::clamp(cosine, 0.0, 1.0);
  // sin tan, which the cosine outside makes finite.
  return 1 + b / a * (1 - c * c) / std::max(c, 1e-3);
}

Response respond(const asset::Material& m, double cos_incidence, const Cover& cover) {
  const double cosine = std::clamp(cos_incidence, 0.0, 1.0);
  if (m.glass > 0.5f) return pane(m, cosine);
  Response out = solid(m, cosine, cover);
  if (m.retro_905nm > 0) {
    const double lobe = std::acos(cosine) / kSheetingLobeRad;
    const double dry = m.retro_905nm * std::exp(-lobe * lobe);
    out.retro = dry * (1 + (kWetSheeting - 1) * cover.wet);
  }
  if (cover.film > 0) flood(cosine, cover.film, out);
  if (cover.snow > 0) {
    const double keep = 1 - cover.snow;
    out.diffuse *= keep;
    out.diffuse += kSnowReflectance * oren_nayar(cosine, 0.3) * cosine * cover.snow;
    out.retro *= keep;
    out.mirror *= keep;
  }
  return out;
}

}  // namespace oddroad::lidar
