// A sensor chip by EMVA 1288 (linear model): photons become electrons, with photon noise; dark
// current, reading and the converter add theirs. What is fixed in a chip comes from its serial
// number, what changes from the frame's key.
//   mean    mu = K (mu_dark + mu_e),   variance  s^2 = K^2 (s_read^2 + mu_dark + mu_e) + 1/12
//   K       numbers (DN) an electron: range_dn * gain / full well
// Photon noise of a mean above 20 electrons is taken as normal, below as the Poisson it is.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/capture/image.h"
#include "sensors/camera/sensor_settings.h"

namespace oddroad::camera {

// How long a frame collects light, and how numbers are made of it.
struct ChipExposure {
  double time_s = 0;
  double gain = 1;
  std::uint64_t noise_key = 0;
  bool noise = true;
};

class Chip {
 public:
  Chip(const SensorSettings& settings, int width_px, int height_px);

  // Numbers of row y (0 or, without mosaic, one of three colours: `plane`) from the mean electrons
  // that light makes in each pixel. Clipped at full well, or at hdr_ratio times it.
  void read_row(const float* electrons, int y, int plane, const ChipExposure& exposure,
                std::uint16_t* numbers) const;

  [[nodiscard]] double numbers_per_electron(double gain) const {
    return settings_.range_dn() * gain / settings_.full_well_e;
  }
  [[nodiscard]] const SensorSettings& settings() const { return settings_; }

 private:
  struct HotPixel {
    int x, y;
    double electrons_per_s;
  };
  struct RowDraws;
  void collect(const float* electrons, int y, int plane, const ChipExposure& exposure,
               RowDraws& draws) const;

  SensorSettings settings_;
  int width_px_, height_px_;
  // Deviates times 32: of each pixel's sensitivity and of its dark signal, plane by plane.
  core::RawVector<std::int8_t> sensitivity_, dark_;
  std::vector<HotPixel> hot_;  // by row
};

}  // namespace oddroad::camera
