// Optical flow: where what a pixel shows appears in a neighbouring frame of the same camera.
#pragma once

#include "engine/capture/frames.h"
#include "render/scene/visibility.h"

namespace oddroad::labels {

// A frame of the camera that flow leads from or to.
struct FlowFrame {
  const world::SceneWindow& window;
  const scene::CameraView& view;
  const scene::RayCaster& caster;
};

// A surface point is lost from sight in the neighbour if something lies this much before it.
inline constexpr double kFlowHiddenM = 5e-3;
inline constexpr double kFlowHiddenShare = 1e-4;

// The surface point of each pixel moves with its triangle's vertices to the instant at which the
// neighbour's rolling rows expose it, and is projected there: exact for moving and deforming
// things. Nothing (the sky) is taken as infinitely far. What has no place in the neighbour (traffic
// that came or went in between) is NaN and outside. Both windows are of one clip. tick and stamp of
// the result are left to the caller.
capture::FlowImage flow_image(const FlowFrame& from, const scene::VisibilityRecord& record,
                              const FlowFrame& to);

}  // namespace oddroad::labels
