// With what settings a camera took a frame.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

namespace oddroad::capture {

struct Exposure {
  double time_s = 0;  // of the longest exposure of an HDR frame
  double gain = 1;    // of the amplifier: 1 = a full well is full scale
  double iso = 0;     // saturation-based: with ev100 = log2(f_number^2 / time * 100 / iso)
  double f_number = 0;
  double ev100 = 0;  // log2(saturation luminance / 1.2 cd/m2): ISO 2720 with K = 12.5
  double white_kelvin = 0;
  std::array<double, 3> white_gains{1, 1, 1};  // of raw red, green and blue
  bool operator==(const Exposure&) const = default;
};

// What numbers of a raw picture mean: level = (expand(number) - black_level) / full_scale.
struct RawFormat {
  std::string mosaic;  // colours of the first two pixels of rows 0 and 1: "rggb", ...
  int bits = 12;
  int black_level = 0;
  double full_scale = 0;  // numbers above black that a full well makes
  double hdr_ratio = 1;   // above 1: companded, see scenarios/labels.md
  bool operator==(const RawFormat&) const = default;
};

// A fault of a sensor at work in a frame.
struct SensorFault {
  std::string type;                          // "frozen", "dropped", "soiling", ...
  std::int64_t from_ns = 0;                  // since when
  std::map<std::string, double> parameters;  // SI, names with units
  bool operator==(const SensorFault&) const = default;
};

}  // namespace oddroad::capture
