// nuScenes v1.0 (Caesar et al., CVPR 2020; Fong et al., RA-L 2022 for panoptic), as nuscenes-devkit
// reads it. One clip is one scene with a log and a map of its own; version "v1.0-oddroad".
// README.md says how to evaluate.
//   v1.0-oddroad/*.json   samples/, sweeps/   maps/   lidarseg/, panoptic/
//
//   what          ours                             nuScenes
//   global        the clip's local frame           the same, moved so that the map mask begins at 0
//   ego           ISO 8855, below the rear axle    the same
//   LIDAR_TOP     x forward, y left                x right, y forward: (-y, x, z)
//   points        each at its own time             at the end of the sweep, by the ego's motion;
//                                                  float32 x y z, intensity * 255, ring from below
//   stamps        ns of the clip; LiDAR: middle    us since 1970 (the scenario's date, else
//                 of the sweep                     2020-01-01); LiDAR: end of the sweep
//   scenes        all begin at 0                   one after another: where the date's time is
//                                                  taken, behind the scenes that have it, in the
//                                                  order of the export
//   cameras       first centre at (0.5, 0.5)       first centre at (0, 0): cx, cy - 0.5
//   boxes         centre; length, width, height    global, centre; width, length, height; w x y z;
//                                                  at the sweep's end, moved with their actor
//   riders        things of their own              part of what they ride
//   visibility    pixels                           share seen over all cameras together, in 4 steps
//   num_lidar_pts                                  points of the file inside the box of the file
//   lidarseg      class, instance                  uint8 number of the category; noise for what no
//                                                  surface made
//   panoptic      class, instance                  npz, uint16: number * 1000 + the thing's own in
//                                                  its category and scene, from 1, what a LiDAR saw
//                                                  first; 0: stuff, and things beyond the 999th
//   map           OpenDRIVE of the clip            mask of 0.1 m: 255 on drivable and parking lanes
//   location      its file                         "<file>/<scene>": each has a global frame of its
//                                                  own, and readers draw a location on one map
//   split         "val"                            "oddroad_val" in splits.json: "val" would mean
//                                                  the original's scenes
//
// A sample is a sweep at least half a second after the one before; the others are sweeps and belong
// to the next sample. Every sample_data has the ego pose of its own instant. Objects that no point
// shows are left out, as in the original.
#pragma once

#include "engine/exchange/format.h"

namespace oddroad::exchange {

FormatTraits nuscenes_format();

}  // namespace oddroad::exchange
