// From what the parts of a footprint meet to the echoes that a receiver can tell apart, and which
// of them it reports.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/capture/point_cloud.h"
#include "sensors/lidar/lidar_model.h"

namespace oddroad::lidar {

inline constexpr std::uint32_t kNoSurface = 0xffffffffu;

// Light from one place. Signal-to-noise ratios add up.
struct Contribution {
  double range_m = 0;  // along the way of the light, exact
  double snr = 0;
  capture::PointCause cause = capture::PointCause::kTarget;
  std::uint16_t instance = 0;
  std::uint32_t surface = kNoSurface;  // the caller's
};

struct Echo {
  double true_range_m = 0;  // of the strongest contribution
  double range_m = 0;       // where the receiver sees it
  double snr = 0;
  double amplitude = 0;  // snr with noise; the caller's
  capture::PointCause cause = capture::PointCause::kTarget;
  std::uint16_t instance = 0;
  std::uint32_t surface = kNoSurface;
};

// Further than this from the surface whose it is, an echo of several surfaces is a mixed one.
inline constexpr double kMixedM = 0.05;

// Surfaces within a pulse of each other merge into one echo at the mean of their ranges by power
// (the points between two surfaces that edges give); it belongs to the thing that sends most. Other
// causes stay alone, unless a stronger echo lies within the pulse. `parts` is sorted by range;
// echoes come out by range.
void merge(std::vector<Contribution>& parts, double pulse_m, std::vector<Echo>& echoes);

// Keeps what the device reports, by its mode, in the order of the mode: dual gives the strongest,
// then the last, or the second strongest where those are one.
void select(ReturnMode mode, std::vector<Echo>& echoes);

}  // namespace oddroad::lidar
