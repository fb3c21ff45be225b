// Bytes of the files that are proved, and the images in them. Every reader here is the proof's own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/capture/image.h"
#include "engine/core/result.h"

namespace oddroad::verify {

// Errors: missing, unreadable, not a plain file.
core::Result<std::string> read_bytes(const std::filesystem::path& path);

// Samples as stored, one vector a channel: grey 8 or 16 bit, or RGB 8 bit.
struct Png {
  int width_px = 0;
  int height_px = 0;
  int bits = 0;
  std::vector<capture::Image<std::uint16_t>> channels;
};
core::Result<Png> read_png(const std::filesystem::path& path);

// Every channel of a single-part EXR as float, by name.
core::Result<std::map<std::string, capture::Image<float>>> read_exr(
    const std::filesystem::path& path);

// A C-ordered NumPy array of little-endian numbers of up to 32 bits, float64 or int64 (those below
// 2^53 keep their value), or of records of them.
struct Npy {
  std::vector<std::string> fields;  // of the records; empty for plain numbers
  std::vector<std::size_t> shape;
  std::vector<double> values;  // fields run fastest
};
core::Result<Npy> read_npy(const std::filesystem::path& path);

// Columns of a binary PCD v0.7, by name, all as long as `points`. Whole numbers and floats of up to
// 32 bits fit a double.
struct Pcd {
  std::size_t points = 0;
  std::map<std::string, std::vector<double>> columns;
};
core::Result<Pcd> read_pcd(const std::filesystem::path& path);

}  // namespace oddroad::verify
