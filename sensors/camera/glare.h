// Light that goes astray in a lens: scattered by its glass and dust into halos (bloom), and
// reflected about until it is even (veiling glare). Scattered light falls off with the square of
// the distance, so each doubling of it holds as much light: a sum of Gaussians of equal weight
// whose widths are equal steps apart in their logarithm (after Spencer et al., "Physically-based
// glare effects", SIGGRAPH 1995; Stiles-Holladay falloff). Nothing is lost or made: shares add up
// to 1.
#pragma once

#include "sensors/camera/coarse_image.h"
#include "sensors/camera/optics_settings.h"

namespace oddroad::camera {

// Deviations of the halos, shares of the image's height.
inline constexpr double kHalos[] = {0.006, 0.018, 0.055, 0.16};

// The stray light itself, kCoarse times coarser than the image: bloom and veiling glare together.
CoarseImage stray_light(const capture::Image<math::Vec3f>& radiance, const OpticsSettings& optics);

}  // namespace oddroad::camera
