// What a clip remembers from tick to tick. A clip that goes on in another process takes it along:
// all that ticks before leave to those behind stands here, and what follows from the variant and
// the tick alone does not.
#pragma once

#include <optional>
#include <vector>

#include "engine/core/archive.h"
#include "engine/pipeline/clip_renderer.h"
#include "engine/pipeline/motion_recorder.h"
#include "sensors/camera/camera_chain.h"
#include "sensors/radar/rcs.h"
#include "sensors/radar/tracker.h"

namespace oddroad::pipeline {

struct ClipState {
  // Before the first tick. Borrows all but the back-ends; stays where it was made.
  ClipState(const world::Timeline& timeline, const Rig& rig, const ClipPlan& plan,
            const BackEnds& back_ends);
  ClipState(const ClipState&) = delete;
  ClipState& operator=(const ClipState&) = delete;

  // Reading: into one that was just made, of the same clip.
  void remember(core::Archive& archive);

  std::vector<camera::CameraChain> cameras;  // as in the rig; empty: no colour
  std::vector<radar::Reflector> reflectors;  // by class, of the rig; empty without radars
  std::vector<radar::Tracker> trackers;      // as the rig's radars
  std::optional<MotionRecorder> motion;      // none: no motion sensor is recorded
};

}  // namespace oddroad::pipeline
