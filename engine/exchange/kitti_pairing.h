// Which sensors of a clip play KITTI's parts, and which captures make one frame.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/core/result.h"
#include "engine/dataset/reader.h"
#include "engine/exchange/captures.h"
#include "engine/exchange/format.h"
#include "engine/exchange/kitti_options.h"

namespace oddroad::exchange {

// Pointers into the clip's calibration.
struct KittiSensors {
  const capture::CameraCalibration* left = nullptr;
  const capture::CameraCalibration* right = nullptr;  // null: none stands beside the left one
  const capture::LidarCalibration* lidar = nullptr;
};

struct KittiCaptures {
  Tick image;
  std::optional<Tick> sweep;  // the nearest within the allowed gap
  std::optional<Tick> right;
};

// Tells the notes which cameras KITTI cannot hold. Errors: a sensor that the options name, or that
// KITTI cannot do without, is not in the rig.
core::Result<KittiSensors> pick_sensors(const dataset::ClipReader& clip,
                                        const KittiOptions& options, ExportNotes& notes);
// One entry per image of the left camera, in order.
core::Result<std::vector<KittiCaptures>> pair_captures(const dataset::ClipReader& clip,
                                                       const KittiSensors& sensors,
                                                       std::int64_t max_gap_ns);

}  // namespace oddroad::exchange
