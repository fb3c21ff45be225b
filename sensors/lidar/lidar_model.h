// A LiDAR as its maker built it: beams, how the head moves, optics, receiver.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/capture/rig.h"

namespace oddroad::lidar {

using Beam = capture::LidarBeam;

enum class ReturnMode { kStrongest, kLast, kFirst, kDual };  // dual: strongest and last

std::optional<ReturnMode> return_mode(const std::string& name);
std::vector<std::string> return_mode_names();

// Beam and receiver. Full angles; what the data sheets leave open is named as an estimate in
// assets/lidar.
struct LidarOptics {
  double wavelength_nm = 905;
  double divergence_h_rad = 0;  // of the footprint, along the azimuth
  double divergence_v_rad = 0;  // along the elevation
  double exit_diameter_m = 0;   // beam at the window
  double pulse_ns = 0;          // full width at half maximum
  double false_alarm = 1e-4;    // per shot (data sheets of Ouster OS1 gen 1 and Livox HAP)
};

// Codes 0 to 255 of the intensity channel. Diffuse reflectance 0 to 1, to the power of the
// exponent, is linear in 0 to diffuse_code; above it linear on, or logarithmic up to 255 at
// saturation_reflectance (equivalent Lambertian reflectance: ideal glass-bead sheeting of type III
// has 785).
struct IntensityScale {
  double diffuse_code = 100;
  double exponent = 1;  // of diffuse reflectances: below 1 devices that lift dark targets
  bool logarithmic_above = true;
  double saturation_reflectance = 785;
};

// Sweeps per second it can be set to: one of a list, or all between two.
struct LidarRates {
  double lowest_hz = 0;
  double highest_hz = 0;
  std::vector<double> only_hz;

  [[nodiscard]] bool contains(double rate_hz) const;
};
std::string to_string(const LidarRates& rates);  // "5 to 20 Hz", "10 or 20 Hz"

struct LidarModel {
  std::string name;
  std::int64_t unit = 0;     // which one of its make, see unit.h; 0: as in the maker's table
  std::vector<Beam> beams;   // in firing order
  std::uint16_t states = 1;  // columns until the same beams fire again

  // Columns come in a fixed time (Velodyne), or are locked to the rotation: a number of columns per
  // second (Hesai) or per sweep (Ouster). One of the three is above 0.
  std::int64_t cycle_ns = 0;
  double columns_per_s = 0;
  std::uint32_t columns = 0;
  std::vector<std::uint32_t> column_choices;  // for `columns`
  double most_columns_per_s = 0;              // 0: no limit
  double rate_hz = 10;
  LidarRates rates;
  double turn_rad = 0;   // of the beam in one sweep, clockwise; 2 pi for a spinning head
  double field_rad = 0;  // what it fires in, centred on forward
  std::vector<capture::LidarRotor> rotors;

  double range_min_m = 0;
  double range_max_m = 0;
  double range_10_m = 0;    // a 10 % Lambertian target is detected with probability 1/2
  double range_step_m = 0;  // quantisation
  // 1 sigma of the range at high signal: noise_m + noise_per_m R.
  double noise_m = 0;
  double noise_per_m = 0;
  LidarOptics optics;
  IntensityScale intensity;
  int returns_max = 1;
  std::vector<ReturnMode> return_modes;  // what it can be set to; the first is its default

  [[nodiscard]] std::int64_t sweep_ns() const;
  // At rate_hz; no columns where none fits in. The sweep is cut at the rear: its middle, the stamp,
  // looks forward, where a camera triggered at the same stamp looks.
  [[nodiscard]] capture::LidarScan scan() const;
};

// Why no sweep can be made of the model at its rate: no column fits in, a laser fires when its next
// column has begun, more than 4,000,000 shots. Nothing where all is well.
std::optional<std::string> timing_problem(const LidarModel& model);

}  // namespace oddroad::lidar
