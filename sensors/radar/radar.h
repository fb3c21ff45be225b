// One cycle of a radar.
#pragma once

#include "sensors/radar/scatterer.h"

namespace oddroad::radar {

// The span of a cycle about a stamp that its scans look at, with the millisecond after the last
// that says how fast things move.
std::int64_t begin_ns(const RadarModel& model, std::int64_t stamp_ns);
std::int64_t end_ns(const RadarModel& model, std::int64_t stamp_ns);

// Detections of all scans, nearest first; where there are more than the device tells, the
// strongest. The window covers the cycle and has an ego. reflectors: by class (RcsTable::by_class).
// key: hash of (variant, sensor, tick).
std::vector<capture::RadarDetection> measure(const RadarSettings& settings,
                                             const std::vector<Reflector>& reflectors,
                                             const world::SceneWindow& window,
                                             const scene::RayCaster& caster,
                                             const math::Pose& T_ego_radar, std::int64_t stamp_ns,
                                             std::uint64_t key);

}  // namespace oddroad::radar
