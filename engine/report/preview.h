// A contact sheet of a dataset: what was recorded, with its labels drawn over it.
#pragma once

#include <filesystem>

#include "engine/core/result.h"

namespace oddroad::report {

struct PreviewOptions {
  int clips = 3;        // at most, evenly spread over the dataset
  int frames = 3;       // per clip, evenly spread over its ticks
  int width_px = 1600;  // of the sheet
};

// Four pictures a frame of each clip's first camera: colour with 2-D boxes and 3-D boxes, classes
// with instance outlines and the LiDAR points of the same stamp, depth, and a bird's-eye view with
// points, boxes and trajectories. Where a clip recorded more kinds of labels, one picture of each
// follows, for one frame of every camera.
// Errors: not a dataset, no clip with camera frames, a file that cannot be read or written.
core::Result<void> preview(const std::filesystem::path& dataset, const std::filesystem::path& png,
                           const PreviewOptions& options = {});

}  // namespace oddroad::report
