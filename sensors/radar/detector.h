// Cells to detections: which rise above the noise, and how far off they are measured.
#pragma once

#include "sensors/radar/cells.h"

namespace oddroad::radar {

// One power is drawn for a cell, exponential with mean 1 + SNR (Swerling I, one look a cycle): it
// is detected where that exceeds the threshold times the cell's level, and the power itself, less
// the noise's 1, is what the device tells. Range, azimuth, elevation and velocity are off by normal
// errors, deviation resolution / sqrt(2 SNR) of that power, at least the device's floor. Draws are
// keyed by (key, scan, thing, cell of a fixed grid): what else is in sight changes no draw.
// radar_velocity: of the radar over ground in its own axes. offset from the stamp.
std::vector<capture::RadarDetection> detect(const RadarSettings& settings, std::size_t scan,
                                            const std::vector<Cell>& cells,
                                            const math::Vec3d& radar_velocity_mps,
                                            std::uint64_t key);

// False alarms: a Poisson number of cells without any signal, with mean Pfa times the cells of the
// scan, anywhere in it.
std::vector<capture::RadarDetection> false_alarms(const RadarSettings& settings, std::size_t scan,
                                                  const math::Vec3d& radar_velocity_mps,
                                                  std::uint64_t key);

}  // namespace oddroad::radar
