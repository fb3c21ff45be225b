// How long, how sensitive, and which light counts as white.
//   exposure: auto                  # or an exposure value at ISO 100, e.g. 13.5, or a map:
//   exposure: {time: 4 ms, gain: 2}                # fixed; gain 1 if not given
//   exposure:                                      # automatic, with limits
//     compensation: 0.3             # exposure values brighter than usual
//     lift: 1                       # at most, what scenes without highlights come out brighter
//     night: 0.7                    # what night comes out darker
//     metering: lower               # the lower two thirds of the image; full: all of it
//     time_min: 30 us
//     time_max: 10 ms               # before gain is raised: motion blurs
//     gain_max: 16
//     darker: 0.25 s                # time constant when the scene has become brighter
//     brighter: 0.6 s               # and when it has become darker
//     delay: 2                      # frames of the camera until a measurement takes effect
//     hysteresis: 0.15              # exposure values that are let be
//   white_balance: auto             # or a colour temperature in kelvin: 5600, or a map:
//   white_balance:                                # automatic
//     from: 2800                    # between two temperatures
//     to: 8500
//     warmth: 30 %                  # how much of a lamp's warm colour is left in the picture
//     time: 1 s
#pragma once

#include <optional>

#include "engine/core/map_reader.h"

namespace oddroad::camera {

struct FixedExposure {
  double time_s = 0;
  double gain = 1;
};

struct ExposureSettings {
  std::optional<double> fixed_ev100;   // at most one of these two
  std::optional<FixedExposure> fixed;  // neither: automatic
  double compensation_ev = 0.3;        // what the tone curve takes from mid-grey
  double lift_ev = 0;
  double night_ev = 0;
  bool lower_two_thirds = true;
  double time_min_s = 30e-6;
  double time_max_s = 10e-3;
  double gain_max = 16;
  double darker_s = 0.25;
  double brighter_s = 0.6;
  int delay_frames = 2;
  double hysteresis_ev = 0.15;
};

struct WhiteBalanceSettings {
  std::optional<double> fixed_kelvin;  // none: automatic
  double from_kelvin = 2800;
  double to_kelvin = 8500;
  double warmth = 0;
  double time_s = 1;
  // By what this one camera's gains are off the right ones; not a key of rigs.
  double red_error = 1;
  double blue_error = 1;
};

// Read `exposure` and `white_balance` of a camera. Errors go to the reader's diagnostics.
void read_exposure(core::MapReader& camera, ExposureSettings& out);
void read_white_balance(core::MapReader& camera, WhiteBalanceSettings& out);

}  // namespace oddroad::camera
