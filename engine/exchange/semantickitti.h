// SemanticKITTI (Behley et al., ICCV 2019), as semantic-kitti-api reads it: one clip is one
// sequence, one sweep one scan.
//   sequences/%02d/{velodyne/%06d.bin, labels/%06d.label, image_2/, image_3/, poses.txt, calib.txt,
//                   times.txt}      sequences.csv says which clip and split each sequence is
//
//   what        ours                                SemanticKITTI
//   points      LiDAR frame, each at its own time   LiDAR frame at the sweep's stamp, by the ego's
//                                                   motion; float32 x y z intensity (0 to 1)
//   labels      class of the surface, instance      uint32: instance << 16 | label, one a point in
//                                                   the same order; the instance is our id, of
//                                                   parked cars as well
//   poses       T_world_ego                         of camera 0 (x right, y down, z forward) in its
//                                                   own first frame, row-major 3x4
//   calib       T_ego_lidar, T_ego_camera           Tr: LiDAR to camera 0; P0 to P3 as KITTI's, no
//                                                   blank line at the end
//   split       train, val, test                    the sequence's number: 0 to 7, 9, 10; 8; 11 to
//                                                   21; from 22 on when those are used up
//   times       ns of the clip                      seconds since the first scan
//
// Cameras 0 and 2 are the rig's first pinhole with a global shutter, camera 3 one beside it as in
// kitti.h. T_world_lidar = Tr^-1 T_i Tr up to a constant. Without a camera Tr is the identity and
// poses are the LiDAR's. A rider and a bicycle or motorcycle are one bicyclist or motorcyclist with
// one instance. What moves more than half a metre during the clip has the moving label in all its
// scans. Points that no surface made (rain, ghosts, noise) are outliers.
#pragma once

#include "engine/exchange/format.h"

namespace oddroad::exchange {

FormatTraits semantickitti_format();

}  // namespace oddroad::exchange
