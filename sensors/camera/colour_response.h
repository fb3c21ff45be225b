// What a chip's colour filters make of light, and how that is undone. Light is linear RGB with sRGB
// primaries; raw numbers of white light of D65 are kWhiteResponse. The correction matrix, applied
// to balanced raw values, gives RGB back; its rows add up to 1, so grey stays grey. Filters
// overlap: the matrix is of the size that automotive chips need (diagonal 1.4 to 1.6), and noise
// grows by it.
#pragma once

#include <glm/glm.hpp>

#include "engine/math/affine.h"

namespace oddroad::camera {

inline constexpr float kWhiteResponse[3] = {0.56f, 1.0f, 0.66f};

// Row by row: rgb = matrix * balanced raw.
inline constexpr float kCorrection[3][3] = {
    {1.62f, -0.45f, -0.17f}, {-0.28f, 1.52f, -0.24f}, {-0.02f, -0.42f, 1.44f}};

inline glm::mat3 correction_matrix() {
  glm::mat3 m;
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 3; ++c) m[c][r] = kCorrection[r][c];
  }
  return m;
}

// raw = matrix * rgb. D65 white gives kWhiteResponse.
inline glm::mat3 response_matrix() {
  glm::mat3 m = glm::inverse(correction_matrix());
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 3; ++c) m[c][r] *= kWhiteResponse[r];
  }
  return m;
}

}  // namespace oddroad::camera
