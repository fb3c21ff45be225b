// Radar detections seen from above.
#pragma once

#include <functional>
#include <vector>

#include "engine/capture/radar.h"
#include "engine/capture/radar_calibration.h"
#include "engine/report/canvas.h"

namespace oddroad::report {

// One cycle of a radar of the rig.
struct RadarCycle {
  capture::RadarFrame frame;
  const capture::RadarCalibration* calibration = nullptr;
};

// Dots by cause: targets green, ghosts magenta, underneath vehicles cyan, clutter brown, false
// alarms red; larger for larger cross sections. Lines: half a second of radial velocity over
// ground, where it moves. Places are those in the ego frame of each detection's own time. at: ego
// metres to pixels.
void draw_radar(Picture& on, const std::vector<RadarCycle>& cycles,
                const std::function<math::Vec2d(const math::Vec3d&)>& at);

}  // namespace oddroad::report
