// Everything recorded at one stamp.
#pragma once

#include <vector>

#include "engine/pipeline/clip_renderer.h"
#include "engine/pipeline/motion_recorder.h"
#include "engine/pipeline/schedule.h"
#include "engine/pipeline/tick_scene.h"
#include "sensors/camera/camera_chain.h"
#include "sensors/radar/tracker.h"

namespace oddroad::pipeline {

struct TickCaptures {
  std::vector<capture::CameraFrame> cameras;
  std::vector<capture::LidarFrame> lidars;
  std::vector<capture::RadarFrame> radars;
};

// What a clip remembers from tick to tick.
struct ClipState {
  std::vector<camera::CameraChain> cameras;  // as in the rig; empty: no colour
  std::vector<radar::Reflector> reflectors;  // by class; empty without radars
  std::vector<radar::Tracker> trackers;      // as the rig's radars
  std::optional<MotionRecorder> motion;      // none: no motion sensor is recorded
};

// `tick` indexes `ticks`.
core::Result<TickCaptures> render_tick(TickScenes& scenes, const Rig& rig, const ClipPlan& plan,
                                       const std::vector<TickPlan>& ticks, std::size_t tick,
                                       const BackEnds& back_ends, ClipState& state);

}  // namespace oddroad::pipeline
