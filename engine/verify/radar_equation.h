// The radar equation, as the proof writes it down: levels in dB.
#pragma once

#include "engine/capture/radar_calibration.h"

namespace oddroad::verify {

// dB of signal above noise for a cross section, without attenuation.
double signal_db(const capture::RadarScan& scan, double rcs_dbsm, double range_m,
                 double azimuth_rad, double elevation_rad);
// One way, dB per metre (ITU-R P.838-3 at 70 and 80 GHz, logarithmic in between).
double rain_db_per_m(double rain_mm_per_h, double frequency_hz);

}  // namespace oddroad::verify
