#include "sensors/camera/glare.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace oddroad::camera {
namespace {

// Running means of this radius make a Gaussian of this deviation, in cells.
int radius_of(double sigma_cells) {
  return std::max(1,
                  static_cast<int>(std::lround(std::sqrt(sigma_cells * sigma_cells + 0.25) - 0.5)));
}

glm::vec4 mean_of(const CoarseImage& image) {
  glm::dvec4 sum(0);
  for (const glm::vec4& cell : image.pixels) sum += glm::dvec4(cell);
  return {sum / static_cast<double>(image.pixels.size())};
}

}  // namespace

CoarseImage stray_light(const capture::Image<math::Vec3f>& radiance, const OpticsSettings& optics) {
  const CoarseImage fine = shrink(radiance);
  const CoarseImage coarse = shrink(fine);
  const auto weight = static_cast<float>(optics.bloom / std::size(kHalos));
  CoarseImage out(fine.width_px, fine.height_px,
                  mean_of(fine) * static_cast<float>(optics.veiling_glare));
  if (optics.bloom == 0) return out;
  for (const double halo : kHalos) {
    const double sigma_cells = halo * radiance.height_px / kCoarse;
    // The wide ones on the coarser image.
    if (sigma_cells > 2 * kCoarse) {
      CoarseImage blurred = coarse;
      blur(blurred, radius_of(sigma_cells / kCoarse));
      add_coarser(blurred, weight, out);
    } else {
      CoarseImage blurred = fine;
      blur(blurred, radius_of(sigma_cells));
      for (std::size_t i = 0; i < out.pixels.size(); ++i)
        out.pixels[i] += blurred.pixels[i] * weight;
    }
  }
  return out;
}

}  // namespace oddroad::camera
