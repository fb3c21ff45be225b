// Radar files of nuScenes (RADAR_*/*.pcd): points in the radar's frame (x forward, y left), as its
// development kit reads them. Velocities there are components along x and y, ours are radial.
#pragma once

#include <string>
#include <vector>

#include "engine/capture/radar.h"
#include "engine/core/result.h"

namespace oddroad::exchange {

std::string encode_nuscenes_radar(const std::vector<capture::RadarDetection>& detections);

struct NuscenesRadar {
  // Nearest first; what the source does not know is NaN or 0 (imported.h).
  std::vector<capture::RadarDetection> detections;
  // Points left out, as the kit does unless it is told otherwise: invalid, ambiguous, or nobody
  // could say how they move.
  std::int64_t doubtful = 0;
};
// Errors: another header than that of nuScenes, another length than it says.
core::Result<NuscenesRadar> decode_nuscenes_radar(const std::string& bytes,
                                                  const std::string& file);

}  // namespace oddroad::exchange
