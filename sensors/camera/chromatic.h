// Lateral chromatic aberration: a lens draws red a little larger and blue a little smaller than
// green, about the principal point.
#pragma once

#include <vector>

#include "engine/capture/image.h"
#include "engine/math/camera_model.h"

namespace oddroad::camera {

class ChromaticShift {
 public:
  // Red is larger by 1 + shift, blue smaller by 1 - shift.
  ChromaticShift(const math::CameraModel& camera, double shift);

  // Splits a row of the image into three planes, red and blue from where they come from
  // (bilinear; the image's edge goes on).
  void row(const capture::Image<math::Vec3f>& image, int y, float* red, float* green,
           float* blue) const;

 private:
  // For each place of an axis: the first of two neighbours, and the share of the second.
  struct Source {
    int index;
    float share;
  };
  static std::vector<Source> sources(int size, double centre, double scale);

  std::vector<Source> red_x_, red_y_, blue_x_, blue_y_;  // empty: no shift
};

}  // namespace oddroad::camera
