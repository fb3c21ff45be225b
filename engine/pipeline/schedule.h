// Which sensor fires when. Stamps are whole multiples of a sensor's period, counted from the start
// of simulation, so that a camera and a LiDAR of one rate share their stamps.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/pipeline/rig.h"

namespace oddroad::pipeline {

struct Trigger {
  std::size_t sensor = 0;  // index into Rig::cameras, Rig::lidars, ...
  int tick = 0;            // counts this sensor's triggers from 0
};

// Everything that fires at one stamp, and the span of time it looks at.
struct TickPlan {
  std::int64_t stamp_ns = 0;
  std::int64_t begin_ns = 0;
  std::int64_t end_ns = 0;
  std::vector<Trigger> cameras;
  std::vector<Trigger> lidars;
  std::vector<Trigger> radars;
  std::vector<Trigger> gnss;
};

// A sensor fires at its own rate, but not above rate_hz. Nothing fires before or after the widest
// sweep fits into the clip, so that equal ticks of equal rates are equal stamps. GNSS is a series:
// its own rate, all of the clip.
std::vector<TickPlan> plan_ticks(const Rig& rig, double rate_hz, std::int64_t from_ns,
                                 std::int64_t end_ns, bool with_cameras, bool with_lidars,
                                 bool with_radars = false, bool with_gnss = false);

}  // namespace oddroad::pipeline
