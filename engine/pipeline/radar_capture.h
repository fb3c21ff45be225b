// Everything that one radar records at one tick.
#pragma once

#include "engine/capture/radar.h"
#include "engine/pipeline/clip_renderer.h"
#include "engine/pipeline/tick_scene.h"
#include "sensors/radar/tracker.h"

namespace oddroad::pipeline {

// tracker: of this radar in this clip; ticks come in order.
capture::RadarFrame capture_radar(const TickScene& scene, const RigRadar& sensor,
                                  const ClipPlan& plan, int tick,
                                  const std::vector<radar::Reflector>& reflectors,
                                  radar::Tracker& tracker);

}  // namespace oddroad::pipeline
