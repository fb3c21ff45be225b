// The sample world's clip with something changed, for what its usual form does not have.
#pragma once

#include <functional>

#include "tests/unit/dataset/sample_clip.h"

namespace oddroad::test {

struct ClipChanges {
  capture::Calibration calibration = sample_calibration();
  dataset::ClipInfo info = sample_info();
  std::function<void(capture::CameraFrame&)> camera = [](auto&) {};
  std::function<void(capture::LidarFrame&)> lidar = [](auto&) {};
};

// Ticks as in write_sample_clip.
inline void write_changed_clip(const std::filesystem::path& set, const ClipChanges& changes,
                               int ticks = 2) {
  ASSERT_TRUE(dataset::open_for_writing(set, sample_header()));
  auto writer = dataset::ClipWriter::create(set, changes.info, changes.calibration,
                                            {"scenario: changed\n", {}}, sample_timeline());
  ASSERT_TRUE(writer);
  for (int tick = 0; tick < ticks; ++tick) {
    const std::int64_t stamp_ns = 200'000'000 + tick * 100'000'000ll;
    for (const auto& camera : changes.calibration.cameras) {
      auto frame = sample_camera_frame(camera, tick, stamp_ns);
      changes.camera(frame);
      ASSERT_TRUE(writer->write(frame));
    }
    for (const auto& lidar : changes.calibration.lidars) {
      auto frame = sample_lidar_frame(lidar, tick, stamp_ns - 20'000'000);
      changes.lidar(frame);
      ASSERT_TRUE(writer->write(frame));
    }
  }
  ASSERT_TRUE(writer->commit());
}

}  // namespace oddroad::test
