#include "render/shade/sky_map.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "render/shade/mirror_blur.h"
#include "render/shade/sky_painter.h"

namespace oddroad::shade {
namespace {

constexpr int kMirrorLevels = 6;

template <typename Radiance>
Panorama paint(int width, int height, const Radiance& radiance) {
  Panorama out{width, height, std::vector<glm::vec4>(static_cast<std::size_t>(width) * height)};
  core::parallel_for(height, [&](int y) {
    for (int x = 0; x < width; ++x) {
      out.texels[static_cast<std::size_t>(y) * width + x] =
          glm::vec4(radiance(panorama_direction(width, height, x, y)));
    }
  });
  return out;
}

std::array<Vec3f, ODDROAD_HORIZON_STEPS> horizon_light(const SkyPainter& painter) {
  std::array<Vec3f, ODDROAD_HORIZON_STEPS> out{};
  for (int i = 0; i < ODDROAD_HORIZON_STEPS; ++i) {
    Vec3d sum(0);
    constexpr int kAround = 8;
    for (int k = 0; k < kAround; ++k) {
      const double azimuth = 2 * M_PI * (i + (k + 0.5) / kAround - 0.5) / ODDROAD_HORIZON_STEPS;
      sum += Vec3d(painter.sky_without_beam(
          glm::normalize(Vec3d(std::cos(azimuth), std::sin(azimuth), 0.025))));
    }
    out[i] = Vec3f(sum / double(kAround));
  }
  return out;
}

std::array<double, 9> harmonics(const Vec3d& d) {
  return {0.282095,
          0.488603 * d.y,
          0.488603 * d.z,
          0.488603 * d.x,
          1.092548 * d.x * d.y,
          1.092548 * d.y * d.z,
          0.315392 * (3 * d.z * d.z - 1),
          1.092548 * d.x * d.z,
          0.546274 * (d.x * d.x - d.y * d.y)};
}

}  // namespace

Vec3d panorama_direction(int width_px, int height_px, int x, int y) {
  const double azimuth = 2 * M_PI * (x + 0.5) / width_px;
  const double v = 1 - 2 * (y + 0.5) / height_px;
  const double elevation = M_PI / 2 * v * std::abs(v);
  return {std::cos(elevation) * std::cos(azimuth), std::cos(elevation) * std::sin(azimuth),
          std::sin(elevation)};
}

double panorama_solid_angle(int width_px, int height_px, int y) {
  const auto sine = [&](int edge) {
    const double v = 1 - 2.0 * edge / height_px;
    return std::sin(M_PI / 2 * v * std::abs(v));
  };
  return 2 * M_PI / width_px * (sine(y) - sine(y + 1));
}

// Ramamoorthi and Hanrahan 2001: convolution with the cosine scales band l by 1, 2/3, 1/4 (over
// pi).
std::array<Vec3f, 9> cosine_harmonics(const Panorama& p) {
  std::array<Vec3d, 9> sums{};
  for (int y = 0; y < p.height_px; ++y) {
    const double solid = panorama_solid_angle(p.width_px, p.height_px, y);
    for (int x = 0; x < p.width_px; ++x) {
      const Vec3d light(p.texels[static_cast<std::size_t>(y) * p.width_px + x]);
      const auto basis = harmonics(panorama_direction(p.width_px, p.height_px, x, y));
      for (int k = 0; k < 9; ++k) sums[k] += light * (solid * basis[k]);
    }
  }
  // The basis is evaluated without its constants: they go into the factors.
  constexpr double kConstant[9] = {0.282095, 0.488603, 0.488603, 0.488603, 1.092548,
                                   1.092548, 0.315392, 1.092548, 0.546274};
  std::array<Vec3f, 9> out{};
  for (int k = 0; k < 9; ++k) {
    const double band = k == 0 ? 1.0 : k < 4 ? 2.0 / 3 : 0.25;
    out[k] = Vec3f(sums[k] * (kConstant[k] * band));
  }
  return out;
}

Vec3f ambient(const std::array<Vec3f, 9>& c, const Vec3d& normal) {
  const Vec3f n(normal);
  const Vec3f sum = c[0] + c[1] * n.y + c[2] * n.z + c[3] * n.x + c[4] * (n.x * n.y) +
                    c[5] * (n.y * n.z) + c[6] * (3 * n.z * n.z - 1) + c[7] * (n.x * n.z) +
                    c[8] * (n.x * n.x - n.y * n.y);
  return glm::max(sum, Vec3f(0));
}

SkyMap bake_sky(const world::Environment& environment, const SkyResolution& resolution) {
  const SkyPainter painter(environment);
  SkyMap out;
  out.to_sun = painter.to_sun();
  out.sun_illuminance_lux = Vec3f(painter.sun_illuminance());
  out.ground_radiance = Vec3f(painter.ground_radiance());
  out.haze_per_m = Vec3f(painter.haze());
  out.fog_per_m = static_cast<float>(painter.air().fog_per_m());
  out.even_per_m = static_cast<float>(painter.air().even_per_m());
  out.beam_lux = Vec3f(painter.beam());
  out.visible =
      paint(resolution.visible_width_px, resolution.visible_width_px / 2, [&](const Vec3d& d) {
        return painter.visible(d);
      });
  Panorama sharp =
      paint(resolution.mirror_width_px, resolution.mirror_width_px / 2, [&](const Vec3d& d) {
        return glm::dvec4(painter.mirror(d), 1);
      });
  out.mirror = blurred_levels(std::move(sharp), kMirrorLevels);
  const Panorama light = paint(128, 64, [&](const Vec3d& d) {
    return d.z > 0 ? painter.sky(d) : glm::dvec4(painter.ground_radiance(), 1);
  });
  out.ambient_sh = cosine_harmonics(light);
  out.horizon = horizon_light(painter);
  return out;
}

SkyMap uniform_sky(float radiance) {
  SkyMap out;
  const auto flat = [&](const Vec3d&) {
    return glm::vec4(Vec3f(radiance), 1);
  };
  out.visible = paint(16, 8, flat);
  out.mirror = {out.visible};
  out.ambient_sh[0] = Vec3f(radiance);
  out.ground_radiance = Vec3f(radiance);
  out.horizon.fill(Vec3f(radiance));
  return out;
}

}  // namespace oddroad::shade
