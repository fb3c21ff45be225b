#include "render/shade/mirror_blur.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"

namespace oddroad::shade {
namespace {

constexpr int kSamples = 48;

Panorama halved(const Panorama& in) {
  Panorama out{in.width_px / 2, in.height_px / 2, {}};
  out.texels.resize(static_cast<std::size_t>(out.width_px) * out.height_px);
  for (int y = 0; y < out.height_px; ++y) {
    for (int x = 0; x < out.width_px; ++x) {
      const std::size_t a = static_cast<std::size_t>(2 * y) * in.width_px + 2 * x;
      const std::size_t b = a + static_cast<std::size_t>(in.width_px);
      out.texels[static_cast<std::size_t>(y) * out.width_px + x] =
          0.25f * (in.texels[a] + in.texels[a + 1] + in.texels[b] + in.texels[b + 1]);
    }
  }
  return out;
}

glm::vec4 look_up(const Panorama& p, const Vec3d& d) {
  const double elevation = std::asin(std::clamp(d.z, -1.0, 1.0));
  const double bent = std::copysign(std::sqrt(std::abs(elevation) * 2 / M_PI), d.z);
  const double turn = std::atan2(d.y, d.x) / (2 * M_PI) + 1;
  const int x = static_cast<int>(turn * p.width_px) % p.width_px;
  const int y = std::clamp(static_cast<int>((0.5 - 0.5 * bent) * p.height_px), 0, p.height_px - 1);
  return p.texels[static_cast<std::size_t>(y) * p.width_px + x];
}

struct Lobe {
  std::vector<Vec3d> directions;  // about +z
  std::vector<double> weights;    // sum 1
};

Lobe lobe_of(double roughness) {
  const double alpha = roughness * roughness;
  Lobe out;
  double sum = 0;
  for (int i = 0; i < kSamples; ++i) {
    // Golden-ratio points over the half vectors of the distribution.
    const double u = (i + 0.5) / kSamples;
    const double phi = 2 * M_PI * std::fmod(i * 0.6180339887498949, 1.0);
    const double cosine = std::sqrt((1 - u) / (1 + (alpha * alpha - 1) * u));
    const double sine = std::sqrt(1 - cosine * cosine);
    const Vec3d h(sine * std::cos(phi), sine * std::sin(phi), cosine);
    const Vec3d l = 2 * cosine * h - Vec3d(0, 0, 1);
    if (l.z <= 0) continue;
    out.directions.push_back(l);
    out.weights.push_back(l.z);
    sum += l.z;
  }
  for (double& w : out.weights) w /= sum;
  return out;
}

Panorama convolved(const Panorama& source, int width, int height, const Lobe& lobe) {
  Panorama out{width, height, std::vector<glm::vec4>(static_cast<std::size_t>(width) * height)};
  core::parallel_for(height, [&](int y) {
    for (int x = 0; x < width; ++x) {
      const Vec3d z = panorama_direction(width, height, x, y);
      const Vec3d a =
          glm::normalize(glm::cross(std::abs(z.z) < 0.9 ? Vec3d(0, 0, 1) : Vec3d(1, 0, 0), z));
      const Vec3d b = glm::cross(z, a);
      glm::dvec4 sum(0);
      for (std::size_t k = 0; k < lobe.directions.size(); ++k) {
        const Vec3d& l = lobe.directions[k];
        sum += glm::dvec4(look_up(source, a * l.x + b * l.y + z * l.z)) * lobe.weights[k];
      }
      out.texels[static_cast<std::size_t>(y) * width + x] = glm::vec4(sum);
    }
  });
  return out;
}

}  // namespace

std::vector<Panorama> blurred_levels(Panorama sharp, int levels) {
  std::vector<Panorama> out{std::move(sharp)};
  // Wide lobes sample a coarser source, so that few samples do not make noise.
  Panorama source = out.front();
  for (int level = 1; level < levels; ++level) {
    source = halved(source);
    const int width = std::max(out.front().width_px >> level, 1);
    const int height = std::max(out.front().height_px >> level, 1);
    const double roughness = static_cast<double>(level) / (levels - 1);
    out.push_back(convolved(source, width, height, lobe_of(roughness)));
  }
  return out;
}

}  // namespace oddroad::shade
