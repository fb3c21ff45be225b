// The motion sensors of a rig, and what they record over a clip.
#pragma once

#include <memory>
#include <optional>

#include "engine/capture/ins.h"
#include "engine/core/archive.h"
#include "engine/pipeline/clip_renderer.h"
#include "engine/pipeline/tick_scene.h"
#include "sensors/ins/gnss.h"

namespace oddroad::pipeline {

// Errors of a clip's sensors: a hash of the variant and the sensor's name.
std::uint64_t sensor_key(const ClipPlan& plan, const std::string& sensor);

// GNSS looks at the scene of its ticks, which come in order; all else follows from the ego's
// states.
class MotionRecorder {
 public:
  // Borrows everything; stays where it was made.
  MotionRecorder(const world::Timeline& timeline, const Rig& rig, const ClipPlan& plan);
  MotionRecorder(const MotionRecorder&) = delete;
  MotionRecorder& operator=(const MotionRecorder&) = delete;

  void add_fix(const TickScene& scene, std::size_t gnss);
  // After the last tick; once.
  [[nodiscard]] capture::MotionRecords finish();
  // The fixes so far and what their receivers remember.
  void remember(core::Archive& archive);

 private:
  const world::Timeline& timeline_;
  const Rig& rig_;
  const ClipPlan& plan_;
  ins::SmoothPath path_;
  ins::LocalEarth earth_;
  std::vector<ins::GnssReceiver> receivers_;  // as in the rig; none: kind gnss was not asked for
  capture::MotionRecords records_;
};

}  // namespace oddroad::pipeline
