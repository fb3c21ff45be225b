// Where in the image to look for an object. Internal to this module.
#pragma once

#include "engine/labels/silhouette.h"

namespace oddroad::labels {

struct SearchArea {
  PixelRect rect;         // holds all of the object, and a margin
  double farthest_m = 0;  // no part of the object is farther from the camera,
  double deepest_m = 0;   // nor deeper along its axis
};

// Under a single projection from the corners of the boxes that the caster keeps of the object's
// meshes. Else from the vertices, since edges bend between corners; of a rolling shutter at its
// first, middle and last row.
SearchArea search_area(const world::SceneWindow& window, const world::InstanceInfo& instance,
                       const scene::CameraView& view, const scene::RayCaster& caster);

}  // namespace oddroad::labels
