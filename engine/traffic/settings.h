// How much traffic, of what, where, and on what surface.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "engine/math/affine.h"
#include "engine/traffic/vehicle_model.h"

namespace oddroad::traffic {

using Polygon = std::vector<math::Vec3d>;  // its heights tell bridges apart

struct Area {
  math::Vec3d centre{0};
  double radius_m = 500;
};

struct Settings {
  double density_per_km = 15;                           // vehicles per kilometre of lane
  std::optional<Area> area;                             // empty: the whole map
  std::optional<ClassShares> shares;                    // empty: by road type
  std::vector<VehicleModel> models = default_models();  // at most 32
  std::array<DriverModel, kVehicleClasses> drivers = [] {
    std::array<DriverModel, kVehicleClasses> out;
    for (int i = 0; i < kVehicleClasses; ++i) {
      out[static_cast<std::size_t>(i)] = default_driver(static_cast<VehicleClass>(i));
    }
    return out;
  }();
  double speed_factor_deviation = 0.1;  // of the desired speed: N(1, this) within 0.7 to 1.3
  double friction = 0.85;
  bool headlamps = false;
  double sight_m = 200;  // nothing appears or vanishes nearer to a viewer than this
  bool refill = true;    // keep the density up as vehicles leave
  std::size_t most_vehicles = 20000;
  std::vector<Polygon> crosswalks;  // people on them or about to be go first
  std::vector<Polygon> keep_clear;  // nothing appears here
};

}  // namespace oddroad::traffic
