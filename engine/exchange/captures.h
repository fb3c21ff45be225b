// What sensors of a clip recorded, for formats that join captures to frames and copy pictures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/dataset/reader.h"

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

struct Picture {
  std::string bytes;
  bool jpeg = false;  // else PNG
  [[nodiscard]] const char* extension() const { return jpeg ? ".jpg" : ".png"; }
};
// The file as it lies there.
core::Result<Picture> read_picture(const dataset::ClipReader& clip, const std::string& camera,
                                   int tick);
// PNG: a JPEG is decoded and encoded again.
core::Result<std::string> read_picture_as_png(const dataset::ClipReader& clip,
                                              const std::string& camera, int tick);

// Error: "missing: <format> needs colour images", if no picture of the camera was recorded.
core::Result<void> need_pictures(const dataset::ClipReader& clip, const std::string& camera,
                                 const std::string& format);

}  // namespace oddroad::exchange
