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
  const double reach = patch.half_width_rad + 0.5 * patch.soft_rad;
  for (int k = 0; k < kSectors; ++k) {
    // A sector is at most 2 / kSectors of a right angle's tangent wide.
    const double p = 4 * (k + 0.5) / kSectors - 2;
    const double x = 1 - std::abs(p);
    const double azimuth = std::atan2(std::copysign(1 - std::abs(x), p), x);
    const double off = std::remainder(azimuth - patch.azimuth_rad, 2 * kPi);
    if (std::abs(off) <= reach + 8.0 / kSectors) {
      near_[static_cast<std::size_t>(k)].push_back(static_cast<std::uint16_t>(patches_.size()));
    }
  }
  patches_.push_back(patch);
  constexpr double kMargin = 1e-4;  // what single precision may be wrong by, and more
  const double tall = patch.half_height_rad + 0.5 * patch.soft_rad + kMargin;
  const double wide = reach + kMargin;
  const auto z = [](double elevation_rad) {
    if (std::abs(elevation_rad) >= kPi / 2) return std::copysign(2.0f, float(elevation_rad));
    return static_cast<float>(std::sin(elevation_rad));
  };
  bounds_.push_back({z(patch.elevation_rad - tall), z(patch.elevation_rad + tall),
                     static_cast<float>(std::cos(patch.azimuth_rad)),
                     static_cast<float>(std::sin(patch.azimuth_rad)),
                     wide < kPi ? static_cast<float>(std::cos(wide)) : -2.0f});
}

double WindowMask::share_of(const Patch& patch, double azimuth_rad, double elevation_rad) {
  // The remainder to a whole turn, and exact.
  double turn = std::abs(azimuth_rad - patch.azimuth_rad);
  if (turn > 3 * kPi) turn = std::abs(std::remainder(turn, 2 * kPi));
  if (turn > kPi) turn = std::abs(turn - 2 * kPi);
  return covered(turn, patch.half_width_rad, patch.soft_rad) *
         covered(std::abs(elevation_rad - patch.elevation_rad), patch.half_height_rad,
                 patch.soft_rad);
}

double WindowMask::passes(const math::Vec3f& direction) const {
  // Sectors of equal steps round a square need no arc tangent: most beams cross no patch.
  const float p = std::copysign(
      1 - direction.x / (std::abs(direction.x) + std::abs(direction.y) + 1e-20f), direction.y);
  const auto sector = static_cast<std::size_t>(
      std::clamp((p + 2) / 4 * float(kSectors), 0.0f, float(kSectors - 1)));
  const float level = std::sqrt(direction.x * direction.x + direction.y * direction.y);
  const auto beside = [&](std::uint16_t k) {
    const Bounds& b = bounds_[k];
    return direction.z < b.lower_z || direction.z > b.upper_z ||
           direction.x * b.x + direction.y * b.y < b.least * level;
  };
  double out = 1, azimuth = 0, elevation = 0;
  bool known = false;
  for (const std::uint16_t k : near_[sector]) {
    if (beside(k)) continue;
    if (!known) {
      azimuth = std::atan2(direction.y, direction.x);
      elevation = std::asin(std::clamp<double>(direction.z, -1, 1));
      known = true;
    }
    const Patch& patch = patches_[k];
    const double once = 1 - share_of(patch, azimuth, elevation) * (1 - patch.transmission);
    out *= once * once;
  }
  return out;
}

}  // namespace oddroad::lidar
