// Memory that sweeps use one after the other: tens of megabytes a sweep, which the system would
// have to hand out and clear every time.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/capture/point_cloud.h"
#include "render/scene/visibility.h"
#include "sensors/lidar/leg.h"

namespace oddroad::lidar {

// Points, and what became of shots, of a sweep or of a part of it.
struct SweepOutput {
  capture::PointCloud cloud;
  capture::LidarRays rays;  // empty: not asked for
};

struct SweepBuffers {
  scene::RayBatch batch;
  scene::RayHits hits;
  std::vector<Met> axis;             // of each shot
  std::vector<std::uint8_t> beside;  // of each shot: how many ring rays were cast
  std::vector<std::uint8_t> body;    // of each shot: ends at the ego; empty: nobody looked
  std::array<std::vector<Leg>, kLegRounds> legs;
  std::vector<std::vector<Leg>> leg_parts;
  std::vector<SweepOutput> outputs;
};

// Thread-safe; grows to as many as are in use at once.
class SweepBufferPool {
 public:
  std::unique_ptr<SweepBuffers> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<SweepBuffers>();
    auto out = std::move(free_.back());
    free_.pop_back();
    return out;
  }
  void give(std::unique_ptr<SweepBuffers> buffers) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(buffers));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<SweepBuffers>> free_;
};

}  // namespace oddroad::lidar
