#include "sensors/lidar/ground_cover.h"

#include <algorithm>
#include <cmath>

#include "render/scene/puddle_level.h"
#include "render/shaders/puddles.h"

namespace oddroad::lidar {
namespace {

double smoothstep(double low, double high, double x) {
  const double u = std::clamp((x - low) / (high - low), 0.0, 1.0);
  return u * u * (3 - 2 * u);
}

bool is_ground(asset::Pattern pattern) {
  using P = asset::Pattern;
  return pattern == P::kAsphalt || pattern == P::kConcrete || pattern == P::kPavers ||
         pattern == P::kRoadPaint || pattern == P::kSoil;
}

bool is_flat(double normal_z, asset::Pattern pattern) {
  return is_ground(pattern) && normal_z > 0.8;
}

// Wheel tracks are nearly half of a lane.
constexpr double kTrackShare = 0.45;

}  // namespace

GroundCover::GroundCover(const world::Environment& e)
    : wetness_(std::max(e.wetness, 0.7 * std::min(4 * e.snow_cover, 1.0))),
      snow_cover_(std::clamp(e.snow_cover, 0.0, 1.0)),
      snow_on_road_(e.snow_on_road),
      rain_mm_per_h_(e.rain_mm_per_h),
      puddle_level_(scene::puddle_level(e.puddles)) {
  dry_ = e.wetness <= 0 && e.puddles <= 0 && e.snow_cover <= 0;
}

double GroundCover::lying_snow(const GroundFields::At& fields, double normal_z) const {
  if (!snowy()) return 0;
  const double n = 0.55 * fields.snow[0] + 0.30 * fields.snow[1] + 0.15 * fields.snow[2];
  const double edge = 1 - 1.16 * snow_cover_;
  return smoothstep(edge - 0.08, edge + 0.08, 0.5 + 1.6 * (n - 0.5)) *
         smoothstep(0.35, 0.75, normal_z);
}

bool GroundCover::varies(double normal_z, const asset::Material& material) const {
  return !dry_ && (snowy() || is_flat(normal_z, material.finish().pattern));
}

Cover GroundCover::at(const GroundFields::At& fields, double normal_z,
                      const asset::Material& material) const {
  Cover out;
  if (dry_) return out;
  const asset::Finish finish = material.finish();
  const double porous = std::clamp((finish.roughness - 0.5) / 0.4, 0.0, 1.0);
  if (!is_flat(normal_z, finish.pattern)) {
    out.wet =
        std::clamp(wetness_ * porous * (0.3 + 0.7 * smoothstep(0.3, 0.9, normal_z)), 0.0, 1.0);
    out.snow = lying_snow(fields, normal_z);
    return out;
  }
  const double hollow = fields.hollow;
  const double puddle = shaders::puddle_cover(static_cast<float>(hollow), puddle_level_) *
                        smoothstep(0.96, 0.995, normal_z);
  out.wet =
      std::clamp(wetness_ * smoothstep(0.8, 0.98, normal_z) * (0.75 + 0.5 * hollow), 0.0, 1.0);
  const double snow = lying_snow(fields, normal_z);
  const bool driven =
      finish.pattern == asset::Pattern::kAsphalt || finish.pattern == asset::Pattern::kRoadPaint;
  out.snow =
      (driven ? snow * (1 - kTrackShare) + snow_on_road_ * kTrackShare : snow) * (1 - puddle);
  // Stones stand out of the film, by patches; rain drowns them.
  const double drowned =
      0.25 + 0.3 * std::clamp(rain_mm_per_h_ / 20, 0.0, 1.0) + 0.5 * (fields.stones - 0.5);
  out.film = std::max(smoothstep(0.25, 1.0, out.wet) * std::clamp(drowned, 0.08, 0.9), puddle) *
             (1 - out.snow);
  return out;
}

}  // namespace oddroad::lidar
