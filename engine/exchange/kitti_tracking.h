// KITTI tracking, as its development kit and TrackEval read it: one clip is one sequence.
//   training/{image_02,image_03,velodyne}/%04d/%06d.*  training/{label_02,calib,oxts}/%04d.txt
//   training/evaluate_tracking.seqmap.{training,<split>}   sequences.csv
// Sequences of a split named "test" go to testing/, without labels. Frames, points, pixels and
// boxes are those of the object format (kitti.h); what differs:
//
//   what         KITTI object                    KITTI tracking
//   columns      type ...                        frame, track id, type ...
//   track id                                     our instance id (of what is ridden); DontCare: -1
//   truncated    share, float                    0: at most 15 %, 1: at most 50 %, 2: more
//   type         Person_sitting                  Person
//   DontCare     h w l -1, x y z -1000, ry -10   h w l -1000, x -10, y z ry -1
//   oxts                                         30 numbers a frame (oxts.h)
#pragma once

#include "engine/exchange/format.h"
#include "engine/exchange/kitti_options.h"

namespace oddroad::exchange {

FormatTraits kitti_tracking_format(const KittiOptions& options = {});

}  // namespace oddroad::exchange
