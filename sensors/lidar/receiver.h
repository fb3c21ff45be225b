// The receiver: is an echo heard, where does the device put it, and how bright does it say it is?
#pragma once

#include "sensors/lidar/lidar_model.h"

namespace oddroad::lidar {

// Signal-to-noise ratio of a hard target that fills the beam, in clear air: the radar equation for
// an extended target gives a power proportional to reflectance x cos(incidence) / R^2; it is scaled
// so that a 10 % target met head-on at range_10_m stands exactly at the threshold.
inline constexpr double kThresholdToNoise = 3.7;  // false alarm 1e-4 per shot in Gaussian noise
class Signal {
 public:
  explicit Signal(const LidarModel& model)
      : at_threshold_(0.1 / (model.range_10_m * model.range_10_m)) {}
  [[nodiscard]] double to_noise(double reflectance_cosine, double range_m) const {
    return kThresholdToNoise * reflectance_cosine / (range_m * range_m) / at_threshold_;
  }

 private:
  double at_threshold_;  // reflectance over squared range
};
inline double signal_to_noise(const LidarModel& model, double reflectance_cosine, double range_m) {
  return Signal(model).to_noise(reflectance_cosine, range_m);
}

// The data sheets' ranges hold in 100,000 lux. Daylight raises the noise so that a range by night
// is 1.15 times that (10 to 20 % in use): the deviation of the noise over that of the data sheet.
double noise_in(double illuminance_lux);

// Of a soft target: a cloud with that backscatter per metre and steradian fills the pulse's length
// c tau / 2 and acts as a matt plate of pi beta c tau / 2.
double cloud_reflectance(const LidarModel& model, double backscatter_per_m_sr);
// Echoes closer than this merge: c tau / 2 of the pulse.
double pulse_length_m(const LidarModel& model);

// P(signal + Gaussian noise of unit deviation > threshold).
double detection_probability(double snr);

// 1-sigma range error. Where the maker gives a line, floor + slope R; else the floor and the jitter
// of a threshold crossing, dR / sqrt(2 SNR) with dR = 0.09 m (Kilic et al. 2021, "LISA").
double range_sigma_m(const LidarModel& model, double snr, double range_m);

// Signals far over what the receiver can follow cross the threshold early: up to kWalkM, from 10
// times full scale (a head-on plate of reflectance 1 at the same range) to 1000 times.
double walk_m(double reflectance_cosine);

// What the device writes for a Lambert-equivalent reflectance times cosine: its code by the model's
// scale, over 255.
double written_intensity(const LidarModel& model, double reflectance_cosine);

}  // namespace oddroad::lidar
