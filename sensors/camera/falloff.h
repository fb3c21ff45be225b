// How much darker a lens makes its image away from the middle.
#pragma once

#include "engine/capture/image.h"
#include "sensors/camera/camera_settings.h"

namespace oddroad::camera {

// Share of the light that arrives at each pixel. Pinhole and Brown-Conrady: cos^4 of the angle to
// the axis (the law of a thin lens). Kannala-Brandt lenses are built to avoid it (image-side
// telecentric): no natural falloff. Both: the barrel's 1 - v r^2 with r = 1 and v = vignetting at
// the image's farthest corner.
capture::Image<float> falloff_image(const CameraSettings& settings);

// Distance of the image's farthest corner from the principal point, pixels.
double corner_radius_px(const math::CameraModel& camera);

}  // namespace oddroad::camera
