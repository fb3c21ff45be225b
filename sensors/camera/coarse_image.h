// A quarter of an image's width and height: what is blurred widely need not be finer.
#pragma once

#include <glm/glm.hpp>

#include "engine/capture/image.h"
#include "engine/math/affine.h"

namespace oddroad::camera {

using CoarseImage = capture::Image<glm::vec4>;  // red, green, blue; the fourth is not used

inline constexpr int kCoarse = 4;  // pixels a cell and axis

// Means of 4x4 pixels; cells at the right and the lower edge may hold fewer.
CoarseImage shrink(const capture::Image<math::Vec3f>& image);
CoarseImage shrink(const CoarseImage& image);

// Three passes of a running mean over 2 radius + 1 cells, each way: nearly a Gaussian of variance
// radius (radius + 1). Reflected at the edges, so that nothing is lost and an even image stays
// even.
void blur(CoarseImage& image, int radius);

// Row y of a finer image, read between the cells (bilinear).
class CoarseRow {
 public:
  CoarseRow(const CoarseImage& image, int y);
  void planes(int width_px, float* red, float* green, float* blue) const;
  [[nodiscard]] const core::RawVector<glm::vec4>& cells() const { return cells_; }

 private:
  core::RawVector<glm::vec4> cells_;  // of this row; first and last twice
};

// Adds an image that is kCoarse times coarser, times `weight`.
void add_coarser(const CoarseImage& coarser, float weight, CoarseImage& image);

}  // namespace oddroad::camera
