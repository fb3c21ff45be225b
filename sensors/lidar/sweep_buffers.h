// Memory that sweeps use one after the other: tens of megabytes a sweep, which the system would
// have to hand out and clear every time.
#pragma once

#include <array>
#include <vector>

#include "sensors/lidar/leg.h"
#include "sensors/lidar/pool.h"
#include "sensors/lidar/ray_run.h"
#include "sensors/lidar/sweep_output.h"

namespace oddroad::lidar {

struct SweepBuffers {
  Pool<RayRun> runs;                  // one for each worker
  std::vector<Met> axis;              // of each shot
  std::vector<std::uint8_t> beside;   // of each shot: how many ring rays were cast
  std::vector<std::uint8_t> body;     // of each shot: ends at the ego's masked body; empty: none is
  std::vector<std::uint32_t> bright;  // shots whose axis meets sheeting, ascending
  std::vector<std::vector<std::uint32_t>> bright_parts;
  std::array<std::vector<Leg>, kLegRounds> legs;
  std::vector<std::vector<Leg>> leg_parts;
  std::vector<SweepOutput> outputs;
};

using SweepBufferPool = Pool<SweepBuffers>;

}  // namespace oddroad::lidar
