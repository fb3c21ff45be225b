// Where in the image to look for an object. Internal to this module.
#pragma once

#include "engine/labels/silhouette.h"

namespace oddroad::labels {

struct SearchArea {
  PixelRect rect;         // holds all vertices, and a margin
  double farthest_m = 0;  // no part of the object is farther from the camera,
  double deepest_m = 0;   // nor deeper along its axis
};

// From the vertices, at the first, the middle and the last row of a rolling shutter.
SearchArea search_area(const world::SceneWindow& window, const world::InstanceInfo& instance,
                       const scene::CameraView& view);

}  // namespace oddroad::labels
