// The view from above around the ego: points, boxes, trajectories. Forward is to the right.
#pragma once

#include "engine/capture/frames.h"
#include "engine/capture/ontology.h"
#include "engine/capture/rig.h"
#include "engine/report/canvas.h"
#include "engine/report/radar_dots.h"
#include "engine/world/timeline.h"

namespace oddroad::report {

struct BirdsEye {
  const capture::FrameStamp& stamp;
  const std::vector<capture::ObjectInWorld>& objects;  // boxes in the ego frame at the stamp
  const capture::LidarFrame* sweep = nullptr;          // of the same stamp
  const capture::LidarCalibration* lidar = nullptr;
  const world::Timeline& timeline;
  const capture::Ontology& ontology;
  const std::vector<RadarCycle>* radars = nullptr;  // about the same time
};

// From `behind_m` behind the ego to the right edge as far as the width allows at that scale.
Picture birds_eye_panel(const BirdsEye& view, int width_px, int height_px, double ahead_m = 60,
                        double behind_m = 15);

}  // namespace oddroad::report
