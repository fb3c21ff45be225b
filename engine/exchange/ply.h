// Point clouds as PLY (Turk 1994), binary little-endian, as Open3D, MeshLab, CloudCompare and
// Blender read it:
//   <scenario>/<index>-<short id>/<lidar>/<tick>.ply
//   <scenario>/<index>-<short id>/poses.csv            T_world_lidar at each stamp, row-major 3x4
//
//   what     ours                                PLY
//   points   LiDAR frame, each at its own time   LiDAR frame at the sweep's stamp, by the ego's
//                                                motion
//   colour   of the class in the ontology        the same, 0 to 255
//   class    ontology id                         property uchar class
//   ids      instance, ring, cause               properties of those names, as ours
//   time     ns from the stamp                   property int time
#pragma once

#include "engine/exchange/format.h"

namespace oddroad::exchange {

FormatTraits ply_format();

}  // namespace oddroad::exchange
