// Does a return rise above the receiver's threshold, and how far off is its range?
#pragma once

#include "engine/asset/material.h"
#include "sensors/lidar/lidar_model.h"

namespace oddroad::lidar {

// Reflectance seen by a coaxial device: Lambert's rho cos(theta), plus the retroreflective lobe
// with half-width 40 degrees (sheeting falls to about half at 30 degrees, ASTM D4956).
double effective_reflectance(const asset::Material& material, double cos_incidence);

// Signal-to-noise ratio of a hard target. The radar equation for an extended target gives a power
// proportional to rho / R^2; it is scaled so that a 10 % target at range_10_m stands exactly at the
// threshold, kThresholdToNoise.
inline constexpr double kThresholdToNoise = 3.7;  // false alarm 1e-4 per shot in Gaussian noise
double signal_to_noise(const LidarModel& model, double effective_reflectance, double range_m);

// P(signal + Gaussian noise of unit deviation > threshold).
double detection_probability(double snr);

// 1-sigma range error: floor of the device and the jitter of a threshold crossing,
// dR / sqrt(2 SNR) with dR = 0.09 m (Kilic et al. 2021, "LISA").
double range_sigma_m(const LidarModel& model, double snr);

}  // namespace oddroad::lidar
