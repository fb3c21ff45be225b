// Checks `ids`, `classes`, `class_of_id`, `panoptic`, `depth`, `range`, `normals`: an own ray
// through every pixel's centre, at its row's instant.
#pragma once

#include <vector>

#include "engine/verify/camera_scene.h"
#include "engine/verify/frame_files.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

// What the centre of a pixel sees, by own rays.
struct SeenPixel {
  std::uint16_t id = 0;
  std::uint32_t drawable = 0;  // index plus 1; 0 = nothing
  std::uint32_t triangle = 0;
  double range_m = 0;
};
using SeenImage = std::vector<SeenPixel>;  // row-major

// Only what the frame recorded is checked. A pixel whose values do not fit its centre must fit, all
// together, one surface that a ray within kEdgePx of the centre meets.
SeenImage check_pixels(const CameraScene& scene, const capture::Ontology& ontology,
                       const FrameImages& images, Report& report);

}  // namespace oddroad::verify
