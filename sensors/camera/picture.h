// From raw numbers to the 8-bit picture: black level, white balance, shading correction, demosaic,
// colour matrix, tone curve, denoising and sharpening.
#pragma once

#include "engine/capture/exposure.h"
#include "engine/capture/image.h"
#include "sensors/camera/camera_settings.h"
#include "sensors/camera/tone.h"

namespace oddroad::camera {

// Numbers of a chip: one plane with a mosaic, else red, green and blue.
struct RawFrame {
  std::array<capture::Image<std::uint16_t>, 3> planes;
};

class Picture {
 public:
  // falloff: of the lens, for the shading correction. Borrows it.
  Picture(const CameraSettings& settings, const capture::Image<float>& falloff);

  [[nodiscard]] capture::Image<capture::Rgb8> develop(const RawFrame& raw,
                                                      const capture::Exposure& exposure) const;

 private:
  class Rows;

  SensorSettings sensor_;
  ImageSettings image_;
  ToneTable tone_;
  capture::Image<float> shading_;  // gain of each pixel; empty: none
};

}  // namespace oddroad::camera
