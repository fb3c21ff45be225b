// One picture for each kind of label that the four main panels do not show.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/report/camera_panels.h"

namespace oddroad::report {

struct NamedPicture {
  std::string title;
  Picture picture;
};

// For each kind that the frame has:
//   panoptic   its three bytes, spread over the colours
//   range      like depth
//   normals    X, Y, Z of the camera frame as red, green, blue; grey = 0
//   flow       direction as hue, length as strength; dark = hidden there, black = outside
//   ledger     amodal boxes (dashed: unclipped) with the visible share and the first occluder
//   keypoints  people's skeletons and points of vehicles; filled = visible, hollow = hidden
//   lanes      drivable mask, lane lines, outlines of areas
//   points     LiDAR points coloured by their normal
std::vector<NamedPicture> kind_panels(const FrameView& view, int width_px);

}  // namespace oddroad::report
