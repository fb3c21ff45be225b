// KITTI object detection on the way in: DIR/{training,testing}/{image_2,image_3,velodyne,calib,
// label_2,planes}. Every frame is a clip of one instant: KITTI says of no two frames how they hang
// together. Frames as in kitti.h, the other way round:
//
//   what           KITTI                              ours
//   ego frame      that of Tr_imu_to_velo, lowered    ISO 8855; without Tr_imu_to_velo the LiDAR's;
//                  onto the plane of planes/          without a plane as high as the IMU
//   cameras        P = K [I | t] in the rectified     pinholes with poses in the ego frame;
//                  frame                              cx, cy + 0.5
//   boxes          bottom centre, h w l, rotation_y   centre, length width height, upright in the
//                                                     camera's frame
//   2-D boxes      whole outline, cut to the image    amodal; the visible box is not known
//   points         hold for the image's instant       the same: each at the stamp
//   types          Car, Van, ..., Cyclist             car, van, ..., rider; the type keeps the name
//
// The world frame is the ego frame of the instant. Left behind: DontCare regions, `occluded` (we
// count pixels, KITTI judges).
#pragma once

#include "engine/exchange/imported.h"

namespace oddroad::exchange {

ImportTraits kitti_import();

}  // namespace oddroad::exchange
