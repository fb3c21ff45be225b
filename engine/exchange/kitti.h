// KITTI object detection (Geiger et al., CVPR 2012), as its development kit, mmdetection3d and
// OpenPCDet read it:
//   training/{image_2,image_3,velodyne,calib,label_2,planes}/%06d.*   ImageSets/*.txt
// One frame per image of the left camera that has a sweep near it; frames.csv says where each came
// from. Clips of a split named "test" go to testing/, without labels.
//
//   what             ours                                KITTI
//   camera frame     x right, y down, z forward          the same; the left camera is the rectified
//                                                        camera 0: R0_rect = I, P2 = [K|0]
//   pixels           first centre at (0.5, 0.5)          first centre at (0, 0): cx, cy, boxes -
//   0.5 2-D boxes        amodal, inside the image            the same, cut to [0, W-1] x [0, H-1]
//   3-D boxes        centre; length, width, height       centre of the bottom face: y + h / 2;
//                                                        written h, w, l
//   heading          quaternion in the ego frame         rotation_y = atan2(-f.z, f.x) of the
//                                                        heading f in the camera frame
//   points           LiDAR frame, each at its own time   LiDAR frame at the image's instant, by the
//                                                        ego's motion; things that move keep their
//                                                        shear, as in real data
//   intensity        0 to 1                              the same
//
// The left camera is the first pinhole of the rig with a global shutter, image_3 the first of the
// others that looks the same way from the right of it; without one there is no image_3. P3 holds
// the baseline; P0 and P1 repeat P2 and P3: there are no grey cameras. A rider and what it rides
// are one object. `occluded` is 0, 1, 2 by the visible share of the outline inside the image. What
// is below the thresholds becomes a DontCare region; those stand last.
#pragma once

#include "engine/exchange/format.h"
#include "engine/exchange/kitti_options.h"

namespace oddroad::exchange {

FormatTraits kitti_format(const KittiOptions& options = {});

}  // namespace oddroad::exchange
