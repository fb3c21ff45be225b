// The pictures of one camera frame with labels drawn over them, at a given width.
#pragma once

#include "engine/capture/frames.h"
#include "engine/capture/ontology.h"
#include "engine/capture/rig.h"
#include "engine/report/canvas.h"
#include "engine/world/timeline.h"

namespace oddroad::report {

// A camera frame and, where there is one, the sweep of the same stamp.
struct FrameView {
  const capture::CameraFrame& frame;
  const capture::CameraCalibration& camera;
  const capture::LidarFrame* sweep = nullptr;
  const capture::LidarCalibration* lidar = nullptr;
  const world::Actor* ego = nullptr;  // poses at the points' own times
  const capture::Ontology& ontology;
};

// Colour (grey where none was recorded) with visible 2-D boxes and 3-D wire boxes; the front face
// of a 3-D box is crossed.
Picture boxes_panel(const FrameView& view, int width_px);
// Classes over the darkened picture, instance outlines, LiDAR points coloured by distance.
Picture mask_panel(const FrameView& view, int width_px);
Picture depth_panel(const FrameView& view, int width_px);

}  // namespace oddroad::report
