// From linear radiance to the 8-bit image a camera delivers: exposure, glare, noise, tone curve.
#pragma once

#include <cstdint>

#include "engine/capture/image.h"
#include "engine/math/affine.h"
#include "sensors/camera/camera_settings.h"

namespace oddroad::camera {

// Automatic exposure: follows the mean of the lower two thirds of the image with a time constant,
// as cameras do. One per camera and clip; frames must come in order.
class AutoExposure {
 public:
  // Exposure value (ISO 100) for a frame taken at stamp_ns. Mid-grey is metered as
  // L = 0.125 * 2^EV (K = 12.5, ISO 2720).
  double update(const capture::Image<math::Vec3f>& radiance, std::int64_t stamp_ns);

 private:
  bool started_ = false;
  double ev_ = 0;
  std::int64_t last_ns_ = 0;
};

// noise_key: hash of (variant, camera, tick).
capture::Image<capture::Rgb8> develop(const capture::Image<math::Vec3f>& radiance, double ev100,
                                      const CameraSettings& settings, std::uint64_t noise_key);

}  // namespace oddroad::camera
