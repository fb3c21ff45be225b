// The pieces of a city bicycle as meshes. Model frame: ground below the rear axle, x forward, y
// left, z up, metres; wheels and crank about their own hub (axis y).
#pragma once

#include <vector>

#include "engine/asset/bicycle_rider.h"
#include "engine/asset/material.h"
#include "engine/asset/mesh_tools.h"

namespace oddroad::asset {

namespace bicycle {
inline constexpr double kWheelRadius = 0.35;
inline constexpr double kWheelbase = 1.10;
inline constexpr double kBarWidth = 0.62;
}  // namespace bicycle

enum BicycleMaterial : std::uint16_t {
  kBikePaint,
  kBikeTyre,
  kBikeRim,
  kBikeMetal,
  kBikeBlack,
  kBikeSaddle,
  kBikeLamp,
  kBikeRedGlass,
  kBikeReflector,
};

struct BicycleLook {
  math::Vec3f frame_color{.02f};
  bool rack = true;
};
std::vector<Material> bicycle_materials(const BicycleLook& look);

TriangleMesh make_bicycle_wheel();
// Arms and pedals in one piece, right pedal forward; pedals are round about their axles, so that
// they need not turn against the crank.
TriangleMesh make_bicycle_crank(const BicycleContact& contact);
// Frame, fork, bar, stem, saddle, mudguards, chain guard, lamps, reflectors, rack.
TriangleMesh make_bicycle_frame(const BicycleContact& contact, const BicycleLook& look);

}  // namespace oddroad::asset
