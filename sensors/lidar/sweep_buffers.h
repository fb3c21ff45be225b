// Memory that sweeps use one after the other: tens of megabytes a sweep, which the system would
// have to hand out and clear every time.
#pragma once

#include <vector>

#include "sensors/lidar/cast_order.h"
#include "sensors/lidar/chunk_legs.h"
#include "sensors/lidar/droplets.h"
#include "sensors/lidar/footprint.h"
#include "sensors/lidar/pool.h"
#include "sensors/lidar/ray_run.h"
#include "sensors/lidar/sweep_output.h"

namespace oddroad::lidar {

struct SweepBuffers {
  // Where the pattern does not repeat.
  std::vector<Shot> shots;
  Neighbours neighbours;
  FieldOrder order;

  Droplets rain, snow;                // as the last sweep met them
  Pool<RayRun> runs;                  // one for each worker
  Pool<ChunkLegs> legs;               // the same
  std::vector<Met> axis;              // of each shot
  std::vector<std::uint8_t> body;     // of each shot: ends at the ego's masked body; empty: none is
  std::vector<std::uint32_t> bright;  // shots whose axis meets sheeting, ascending
  std::vector<std::vector<std::uint32_t>> bright_parts;
  std::vector<SweepOutput> outputs;
};

using SweepBufferPool = Pool<SweepBuffers>;

}  // namespace oddroad::lidar
