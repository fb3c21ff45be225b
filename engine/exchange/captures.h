// What sensors of a clip recorded, for formats that join captures to frames and copy pictures.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/dataset/reader.h"
#include "engine/exchange/output_tree.h"

namespace oddroad::exchange {

struct Tick {
  int tick = 0;
  std::int64_t stamp_ns = 0;
};

// All of one sensor, ascending. `sensor` empty: none.
core::Result<std::vector<Tick>> capture_ticks(const dataset::ClipReader& clip,
                                              const std::string& sensor);

std::optional<Tick> nearest(const std::vector<Tick>& ticks, std::int64_t stamp_ns,
                            std::int64_t max_gap_ns);

// False where colour was not recorded and where the camera lost the picture of this frame.
bool has_picture(const dataset::ClipReader& clip, const std::string& camera, int tick);

// A picture's file in the dataset.
struct Picture {
  std::filesystem::path file;
  bool jpeg = false;  // else PNG
  [[nodiscard]] const char* extension() const { return jpeg ? ".jpg" : ".png"; }
};
Picture picture_of(const dataset::ClipReader& clip, const std::string& camera, int tick);

// The picture as the export's file `name`. A JPEG is decoded and encoded again.
core::Result<void> put_as_png(const Picture& picture, OutputTree& out, const std::string& name);

// Error: "missing: <format> needs colour images", if no picture of the camera was recorded.
core::Result<void> need_pictures(const dataset::ClipReader& clip, const std::string& camera,
                                 const std::string& format);

}  // namespace oddroad::exchange
