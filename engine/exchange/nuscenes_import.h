// nuScenes v1.0 on the way in: every scene is a clip. Frames as in nuscenes.h, the other way round:
//
//   what          nuScenes                            ours
//   global        the map                             the world, moved so that it begins at the
//                                                     first LiDAR pose; T_map_world leads back
//   stamps        us since 1970                       ns since the scene's first capture
//   location      of the log                          the map's name, up to a '/'
//   LIDAR_TOP     x right, y forward                  x forward, y left: (y, -x, z), bit by bit
//   points        at the stamp, by the ego's motion   the same: each at the stamp
//   intensity     0 to 255                            0 to 1
//   radars        components of velocities, x and y   radial velocities: their sum along the ray
//   cameras       first centre at (0, 0)              first centre at (0.5, 0.5)
//   boxes         global, w l h, keyframes            labels of keyframes; of other sensors'
//                                                     keyframes by the track between its boxes
//   tracks        instances                           ids from 2 in the order of their tokens
//   lidarseg      number of a category                class; such points hit a surface, or the ego
//   attributes    vehicle.moving, ...                 `moving`
//
// The timeline interpolates ego poses and boxes as the development kit does, every 10 ms. A type
// keeps the category's name. Captures between keyframes have no labels. Left behind: radar points
// that the source doubts, visibility in four steps over all cameras (labels hold what one camera
// sees, in pixels), panoptic instances of points, maps.
#pragma once

#include "engine/exchange/imported.h"

namespace oddroad::exchange {

ImportTraits nuscenes_import();

// The class of ours that a category is; "unknown" for those nobody heard of.
std::string class_of_category(const std::string& category);

}  // namespace oddroad::exchange
