// Everything that one camera records at one tick.
#pragma once

#include "engine/capture/frames.h"
#include "engine/labels/lanes.h"
#include "engine/pipeline/clip_renderer.h"
#include "engine/pipeline/tick_scene.h"
#include "sensors/camera/camera_chain.h"

namespace oddroad::pipeline {

struct CameraJob {
  const RigCamera& sensor;
  const ClipPlan& plan;
  const BackEnds& back_ends;
  const labels::LaneMap* lanes = nullptr;  // null: kind lanes was not asked for
  int tick = 0;                            // of this camera
  // The scenes of its neighbouring frames; null at the clip's ends, or where no flow is wanted.
  const TickScene* before = nullptr;
  const TickScene* after = nullptr;
};

// view and record: of this camera, edges decided. chain: of this camera in this clip; null: no
// colour. Errors: a back-end's.
core::Result<capture::CameraFrame> capture_camera(const TickScene& scene, const CameraJob& job,
                                                  const scene::CameraView& view,
                                                  const scene::VisibilityRecord& record,
                                                  camera::CameraChain* chain);

// Keys all noise of one capture.
std::uint64_t noise_key(const ClipPlan& plan, const std::string& sensor, int tick);

}  // namespace oddroad::pipeline
