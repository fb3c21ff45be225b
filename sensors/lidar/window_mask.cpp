#include "sensors/lidar/window_mask.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "engine/core/random.h"

namespace oddroad::lidar {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kSlot_s = 3.5;  // a drop's mean life
constexpr double kMostDrops = 40;

// 1 inside, 0 outside, over a beam's width.
double covered(double off_rad, double half_rad, double soft_rad) {
  return std::clamp((half_rad - off_rad) / soft_rad + 0.5, 0.0, 1.0);
}

}  // namespace

WindowMask::WindowMask(const std::vector<FaultSettings>& faults, double rain_mm_per_h,
                       const LidarModel& model, std::uint64_t clip_key, std::int64_t stamp_ns) {
  const double beam = std::max(model.optics.exit_diameter_m, 1e-3);
  const double soft = beam / kWindowRadiusM;
  for (const FaultSettings& f : faults) {
    if (f.type != FaultType::kDirt || !f.at(stamp_ns)) continue;
    add({f.azimuth_rad, f.elevation_rad, 0.5 * f.width_rad, 0.5 * f.height_rad, f.transmission,
         soft});
  }
  if (rain_mm_per_h <= 0) return;
  const auto drops = static_cast<int>(kMostDrops * (1 - std::exp(-0.1 * rain_mm_per_h)));
  const double seconds = 1e-9 * static_cast<double>(stamp_ns);
  for (int k = 0; k < drops; ++k) {
    // Each place of a drop starts a new one when the last has run off.
    core::RandomStream place(clip_key, "window drop " + std::to_string(k));
    const double life = place.uniform(2, 5);
    const double from = place.uniform(0, kSlot_s);
    const auto turn = static_cast<std::int64_t>(std::floor((seconds + from) / life));
    core::RandomStream drop(clip_key,
                            "window drop " + std::to_string(k) + " " + std::to_string(turn));
    const double radius = drop.uniform(0.5e-3, 2.5e-3);
    const double share = std::min(4 * radius * radius / (beam * beam), 1.0);
    add({drop.uniform(-kPi, kPi), drop.uniform(-0.4, 0.4), 0.5 * soft, 0.5 * soft, 1 - share,
         0.5 * soft});
  }
}

void WindowMask::add(const Patch& patch) {
  const double sector = 2 * kPi / kSectors;
  const double reach = patch.half_width_rad + 0.5 * patch.soft_rad + sector;
  for (int k = 0; k < kSectors; ++k) {
    const double off = std::remainder((k + 0.5) * sector - kPi - patch.azimuth_rad, 2 * kPi);
    if (std::abs(off) <= reach) {
      near_[static_cast<std::size_t>(k)].push_back(static_cast<std::uint16_t>(patches_.size()));
    }
  }
  patches_.push_back(patch);
}

double WindowMask::passes(const math::Vec3f& direction) const {
  const double azimuth = std::atan2(direction.y, direction.x);
  const auto sector = static_cast<std::size_t>(
      std::clamp((azimuth + kPi) / (2 * kPi) * kSectors, 0.0, kSectors - 1.0));
  if (near_[sector].empty()) return 1;
  const double elevation = std::asin(std::clamp<double>(direction.z, -1, 1));
  double out = 1;
  for (const std::uint16_t k : near_[sector]) {
    const Patch& p = patches_[k];
    const double turn = std::abs(std::remainder(azimuth - p.azimuth_rad, 2 * kPi));
    const double share =
        covered(turn, p.half_width_rad, p.soft_rad) *
        covered(std::abs(elevation - p.elevation_rad), p.half_height_rad, p.soft_rad);
    const double once = 1 - share * (1 - p.transmission);
    out *= once * once;
  }
  return out;
}

}  // namespace oddroad::lidar
