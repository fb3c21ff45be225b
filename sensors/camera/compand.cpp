#include "sensors/camera/compand.h"

#include <algorithm>
#include <cmath>

namespace oddroad::camera {
namespace {

// Numbers up to an eighth of the converter's range are kept; the rest, up to hdr_ratio times it, is
// cut into doublings that share the remaining codes evenly.
struct Curve {
  double knee, doublings, codes;  // codes a doubling

  Curve(int bits, double hdr_ratio) {
    const double size = 1 << bits;
    knee = size / 8;
    doublings = std::ceil(std::log2(8 * hdr_ratio));
    codes = (size - 1 - knee) / doublings;
  }
};

}  // namespace

capture::RawFormat raw_format(const SensorSettings& sensor) {
  static constexpr const char* kLetters = "rgb";
  capture::RawFormat out;
  for (int k = 0; k < 4 && sensor.mosaic != Mosaic::kNone; ++k) {
    out.mosaic += kLetters[mosaic_colour(sensor.mosaic, k % 2, k / 2)];
  }
  out.bits = sensor.bits;
  out.black_level = sensor.black_level_dn;
  out.full_scale = sensor.range_dn();
  out.hdr_ratio = sensor.hdr_ratio;
  return out;
}

std::uint16_t compand(std::uint16_t number, int bits, double hdr_ratio) {
  if (hdr_ratio <= 1) return number;
  const Curve curve(bits, hdr_ratio);
  if (number <= curve.knee) return number;
  const double octave = std::floor(std::log2(number / curve.knee));
  const double within = number / (curve.knee * std::exp2(octave)) - 1;
  const double code = curve.knee + curve.codes * (octave + within);
  return static_cast<std::uint16_t>(std::min(std::floor(code), std::exp2(bits) - 1));
}

std::uint16_t expand(std::uint16_t code, int bits, double hdr_ratio) {
  if (hdr_ratio <= 1) return code;
  const Curve curve(bits, hdr_ratio);
  if (code <= curve.knee) return code;
  const double at = (code + 0.5 - curve.knee) / curve.codes;
  const double octave = std::floor(at);
  const double number = curve.knee * std::exp2(octave) * (1 + at - octave);
  return static_cast<std::uint16_t>(std::min(number, 65535.0));
}

}  // namespace oddroad::camera
