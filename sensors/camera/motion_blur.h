// Motion blur over the exposure, in linear light: each pixel becomes the mean of what passes over
// it (after McGuire et al., "A reconstruction filter for plausible motion blur", I3D 2012: what is
// near and moves is smeared over what is behind it).
#pragma once

#include "sensors/camera/image_motion.h"

namespace oddroad::camera {

// Shorter ways are not drawn.
inline constexpr float kLeastBlurPx = 0.5f;

// Changes the radiance; it stays as it is where nothing moves by kLeastBlurPx.
void blur_motion(const ImageMotion& motion, capture::Image<math::Vec3f>& radiance);

}  // namespace oddroad::camera
