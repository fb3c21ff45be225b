// Everything recorded at one stamp.
#pragma once

#include <vector>

#include "engine/pipeline/clip_state.h"
#include "engine/pipeline/schedule.h"
#include "engine/pipeline/tick_scene.h"

namespace oddroad::pipeline {

struct TickCaptures {
  std::vector<capture::CameraFrame> cameras;
  std::vector<capture::LidarFrame> lidars;
  std::vector<capture::RadarFrame> radars;
};

// `tick` indexes `ticks`.
core::Result<TickCaptures> render_tick(TickScenes& scenes, const Rig& rig, const ClipPlan& plan,
                                       const std::vector<TickPlan>& ticks, std::size_t tick,
                                       const BackEnds& back_ends, ClipState& state);

}  // namespace oddroad::pipeline
