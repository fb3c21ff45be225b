// The chip: how light becomes electrons and electrons become numbers.
//   sensor:
//     pixel: 3 um                 # side of a pixel
//     quantum_efficiency: 65 %
//     full_well: 11000            # electrons
//     read_noise: 2.5             # electrons, 1 sigma, as all noise
//     row_noise: 0.6              # electrons, the same for a whole row of a frame
//     dark_current: 20            # electrons a second
//     prnu: 0.8 %                 # spread of the pixels' sensitivity (EMVA 1288)
//     dsnu: 1.5                   # spread of their dark signal, electrons
//     hot_pixels: 2e-5            # share of pixels that are bright whatever they see
//     bits: 12                    # of the converter
//     black_level: 168            # number of a pixel without light
//     mosaic: rggb                # bggr, grbg, gbrg; none: every pixel measures three colours
//     hdr: 16                     # ratio of a second, shorter exposure that fills in what the
//                                 # first one saturates; 1: one exposure
//     serial: 1234                # keys what is fixed in a chip; by default its name
#pragma once

#include <cstdint>
#include <optional>

#include "engine/core/map_reader.h"

namespace oddroad::camera {

enum class Mosaic : std::uint8_t { kNone, kRggb, kBggr, kGrbg, kGbrg };

struct SensorSettings {
  double pixel_m = 3e-6;
  double quantum_efficiency = 0.65;
  double full_well_e = 11000;
  double read_noise_e = 2.5;
  double row_noise_e = 0.6;
  double dark_current_e_per_s = 20;
  double prnu = 0.008;
  double dsnu_e = 1.5;
  double hot_pixels = 2e-5;
  int bits = 12;
  int black_level_dn = 168;
  Mosaic mosaic = Mosaic::kRggb;
  double hdr_ratio = 1;
  std::uint64_t serial = 0;

  // Numbers above black that a full well makes; one more bit for each doubling of hdr_ratio.
  [[nodiscard]] double range_dn() const { return (1 << bits) - 1 - black_level_dn; }
};

// Of the mosaic's pixel (x, y): 0 red, 1 green, 2 blue.
inline int mosaic_colour(Mosaic mosaic, int x, int y) {
  const bool flip_x = mosaic == Mosaic::kGrbg || mosaic == Mosaic::kBggr;
  const bool flip_y = mosaic == Mosaic::kGbrg || mosaic == Mosaic::kBggr;
  return ((x & 1) ^ static_cast<int>(flip_x)) + ((y & 1) ^ static_cast<int>(flip_y));
}

// Reads `sensor` of a camera; without it nothing changes. `name` makes the serial where there is
// none. Errors go to the reader's diagnostics.
void read_sensor(core::MapReader& camera, const std::string& name, SensorSettings& out);

}  // namespace oddroad::camera
