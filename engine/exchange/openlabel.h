// ASAM OpenLABEL 1.0.0 (ASAM, 2021): all labels of a clip in one JSON file,
//   <split>/<scenario>/<index>-<short id>.json
//
//   what          ours                             OpenLABEL
//   frames        captures of each sensor          one for each capture of the first camera (else
//                                                  LiDAR, radar), with the others' nearest ones
//   times         ns of the clip                   the same, numbers
//   world         the clip's local frame           coordinate system "world" in "map"
//   ego           ISO 8855, below the rear axle    "vehicle-iso8855"; its pose in "world" in every
//                                                  frame, at the frame's instant
//   sensors       pose in the ego                  coordinate systems in "vehicle-iso8855"; every
//                                                  frame has "<sensor>_to_world" at the sensor's
//                                                  own instant
//   boxes         centre; length, width, height    cuboid x y z, qx qy qz qw, sx sy sz in
//                 w x y z                          "vehicle-iso8855", centre; sx = length forward
//   2-D boxes     left top right bottom; first     bbox, centre and size; first centre (0, 0) as in
//                 pixel's centre at (0.5, 0.5)     OpenCV, whose camera_matrix it agrees with
//   lenses        Brown-Conrady, Kannala-Brandt    intrinsics_pinhole (k1 k2 p1 p2 k3 k4 k5 k6),
//                                                  intrinsics_fisheye (OpenCV's fisheye)
//   ids           16 bit                           the same as keys of objects
//   masks         pictures of ids                  uris of the dataset's files in each frame's
//                                                  streams: a pixel there holds its object's key
//   riders        things of their own              the same; relation "rides"
//   events, facts clip.json                        events at the first frame from then on
//   moving, braking, indicating                    attributes of the frame, and actions
//   weather, place, parameters, traffic lights     contexts
//
// uris are relative to the dataset.
#pragma once

#include "engine/exchange/format.h"

namespace oddroad::exchange {

FormatTraits openlabel_format();

}  // namespace oddroad::exchange
