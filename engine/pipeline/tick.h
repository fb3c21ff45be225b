// Everything recorded at one stamp.
#pragma once

#include <vector>

#include "engine/pipeline/clip_renderer.h"
#include "engine/pipeline/schedule.h"
#include "engine/pipeline/tick_scene.h"
#include "sensors/camera/camera_chain.h"

namespace oddroad::pipeline {

struct TickCaptures {
  std::vector<capture::CameraFrame> cameras;
  std::vector<capture::LidarFrame> lidars;
};

// What a clip remembers from tick to tick.
struct ClipState {
  std::vector<camera::CameraChain> cameras;  // as in the rig; empty: no colour
};

// `tick` indexes `ticks`.
core::Result<TickCaptures> render_tick(TickScenes& scenes, const Rig& rig, const ClipPlan& plan,
                                       const std::vector<TickPlan>& ticks, std::size_t tick,
                                       const BackEnds& back_ends, ClipState& state);

}  // namespace oddroad::pipeline
