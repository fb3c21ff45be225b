// Raw numbers of an HDR chip in 12 bits: a curve of straight pieces, as such chips send them. Up to
// kKnee numbers stay as they are; above, the curve gets flatter, each doubling has as many codes.
#pragma once

#include <cstdint>

#include "engine/capture/exposure.h"
#include "sensors/camera/sensor_settings.h"

namespace oddroad::camera {

// What to record of a chip beside its numbers.
capture::RawFormat raw_format(const SensorSettings& sensor);

// number: black + 0 .. range * 16. Without HDR (ratio 1) nothing changes.
std::uint16_t compand(std::uint16_t number, int bits, double hdr_ratio);
// The middle of the numbers that make a code.
std::uint16_t expand(std::uint16_t code, int bits, double hdr_ratio);

}  // namespace oddroad::camera
