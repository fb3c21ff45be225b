// The radar equation and what follows from a signal's strength. Powers as ratios unless a name says
// dB. Skolnik, Introduction to Radar Systems, 3rd ed. (2001), ch. 1, 2, 6; Richards, Fundamentals
// of Radar Signal Processing, 2nd ed. (2014), ch. 6, 7.
#pragma once

#include "engine/capture/radar_calibration.h"

namespace oddroad::radar {

double from_db(double db);
double to_db(double ratio);

// Two-way gain against the scan's axis: the table by azimuth (flat beyond its last point) plus a
// parabola by elevation, -3 dB at elevation_3db.
double pattern_db(const capture::RadarScan& scan, double azimuth_rad, double elevation_rad);

// Mean signal to noise: reference scaled by sigma, R^-4, the pattern, and the loss there and back.
double signal_to_noise(const capture::RadarScan& scan, double rcs_m2, double range_m,
                       double azimuth_rad, double elevation_rad, double attenuation_db_per_m);
// The other way round, as the device does it: it knows of no attenuation.
double rcs_of_signal_m2(const capture::RadarScan& scan, double snr, double range_m,
                        double azimuth_rad, double elevation_rad);

// One way, dB per metre: gamma = k R^a (Recommendation ITU-R P.838-3, horizontal polarisation, k
// and a between those of 70 and 80 GHz, logarithmic in frequency). 11 dB/km at 25 mm/h and 77 GHz.
double rain_attenuation_db_per_m(double rain_mm_per_h, double frequency_hz);

// Noise alone passes the threshold with the probability of a false alarm; power of noise is
// exponential, so the threshold is -ln(Pfa) times its mean.
double threshold(double false_alarm);
// Swerling I, one look: signal and noise together are exponential with mean 1 + SNR.
double detection_probability(double snr, double false_alarm);

// Deviation of a measured value: resolution / sqrt(2 SNR), at least the floor.
double deviation(double resolution, double snr, double floor);
// The floor of azimuth: linear in its magnitude, from ahead to 45 degrees and on.
double azimuth_floor_rad(const capture::RadarScan& scan, double azimuth_rad);

// Doppler wraps: the value in [min, max) that differs by whole intervals.
double folded(const capture::RadarScan& scan, double velocity_mps);

}  // namespace oddroad::radar
