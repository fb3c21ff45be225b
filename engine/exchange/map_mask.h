// The drivable area of a map from above, as nuScenes draws it: 255 on lanes that vehicles use
// (parking lanes too), 0 elsewhere; row 0 is the farthest north.
#pragma once

#include "engine/capture/image.h"
#include "engine/math/affine.h"
#include "engine/road/road_map.h"

namespace oddroad::exchange {

struct MapMaskFrame {
  math::Affine3d T_map_world;
  math::Vec3d origin_m{0};  // world, of the lower left corner
  double pixel_m = 0.1;
  int width_px = 0, height_px = 0;
};

// A pixel belongs to what its centre lies on.
capture::Image<std::uint8_t> drivable_mask(const road::RoadMap& map, const MapMaskFrame& frame);

}  // namespace oddroad::exchange
