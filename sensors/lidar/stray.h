// Light of retroreflectors that reaches receivers it is not meant for.
#pragma once

#include <cstdint>
#include <vector>

#include "sensors/lidar/beam_paths.h"
#include "sensors/lidar/echoes.h"

namespace oddroad::lidar {

struct Stray {
  std::uint32_t shot = 0;
  Contribution light;
};

// Share of a beam's power that beams `angle_rad` beside it receive: 1e-3 (1 + (angle / 0.2
// deg)^2)^-1.5, an estimate between 1e-3 and 1e-5 over a degree. Signs that outshine a white wall a
// hundred times so grow a halo of points at their range.
double stray_share(double angle_rad);

// By ascending shot: the halos round what the axes meet (kBloom; the strongest source of each
// shot), and of sheeting that outshines a white wall 300 times echoes in channels that fire at the
// same instant, with a chance of 0.5 % each (kCrosstalk). Signals before losses in the air. `key`:
// of the sweep.
std::vector<Stray> stray_light(const SweepView& view, const BeamPaths& paths,
                               const Neighbours& neighbours, const LidarModel& model,
                               std::uint64_t key);

}  // namespace oddroad::lidar
