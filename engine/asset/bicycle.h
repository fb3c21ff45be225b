// Bicycles and who rides them. bicycle.cargo is a tricycle with a box before the rider
// (bicycle.cargo_cyclist with its rider). bicycle.city: frame, fork, bar, saddle and guards as one
// rigid body, two wheels that turn (the front one steered) and a crank that turns with them in a
// fixed gear. bicycle.cyclist is the composite that scenarios name: it becomes two actors, the
// bicycle and its rider, joined by a `rides` link and sharing pose, speed and travelled distance.
//
// Model frame: ground below the rear axle, x forward, shared by the rider. Crank angle 0 has the
// right pedal forward; it grows by 2 pi * kCrankTurnsPerMetre per metre rolled, and the rider's
// phase (asset::Articulation) is that angle / 2 pi: drive both from the same distance, with the
// rider's phase_offset 0.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/asset/catalog.h"

namespace oddroad::asset {

inline constexpr double kCrankTurnsPerMetre = 1.0 / 4.9;  // 61 turns a minute at 5 m/s

bool is_bicycle_type(const std::string& type);
// Numbers: "rider_height" (metres, 1.50-2.00; sets the saddle), "rack" (0 or 1). Errors: unknown
// type, unknown number key, a number out of its range. All at once.
core::Result<ModelSize> bicycle_size(const ModelRequest& request);
core::Result<std::shared_ptr<const Model>> make_bicycle(const ModelRequest& request);

// What one actor of the scenario is made of: `mount` first, `rider` on it in the same frame.
// "bicycle.cyclist", "bicycle.cargo_cyclist", "motorcycle.ridden", "moped.ridden",
// "scooter.ridden", "wheelchair.user", "stroller.pushed" (the rider walks behind): "height" is the
// rider's stature, other numbers go to whom they concern.
struct CompositeRequest {
  ModelRequest mount;
  ModelRequest rider;
};
// Empty for types that are one thing.
std::optional<CompositeRequest> composite_of(const ModelRequest& request);

}  // namespace oddroad::asset
