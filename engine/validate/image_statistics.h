// Numbers of a picture that can be held against those of a real photo (no learned features).
#pragma once

#include <optional>

#include "engine/capture/image.h"

namespace oddroad::validate {

// Code values are those of the 8-bit picture, 0 to 255. What cannot be told of a picture (too
// small, no contrast) is empty.
struct ImageStatistics {
  int width_px = 0;
  int height_px = 0;
  std::optional<double> spectrum_slope;  // spectrum.h
  double saturated_share = 0;            // pixels whose greatest channel is 253 or more
  double black_share = 0;                // pixels whose greatest channel is 4 or less
  // Of luma under the kernel 0 1 0 / 1 -4 1 / 0 1 0, inside the border: sharpness.
  std::optional<double> laplacian_variance;
  std::optional<double> mscn_shape;  // mscn.h
  double mean_luma = 0;
  double luma_deviation = 0;
  double mean_saturation = 0;  // (max - min) / max of the channels; black has none
  // Central differences of luma: mean magnitude in code values a pixel, and the shape of the
  // horizontal ones (gaussian_shape: 0.3 to 0.8 in photos, whose edges are rare and strong).
  std::optional<double> mean_gradient;
  std::optional<double> gradient_shape;
  // Deviation of white noise in luma: the median magnitude of the diagonal Haar coefficients over
  // 0.6745 (Donoho & Johnstone 1994).
  std::optional<double> noise_deviation;
};

ImageStatistics image_statistics(const capture::Image<capture::Rgb8>& image);

}  // namespace oddroad::validate
