// Kinds of vehicles: sizes, how they drive, what share of the traffic they are.
// Sizes: SUMO 1.15's class defaults. IDM: Treiber's car and truck, SUMO's bicycle and motorcycle.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/traffic/idm.h"

namespace oddroad::traffic {

enum class VehicleClass : std::uint8_t {
  kCar,
  kVan,
  kTruck,
  kSemiTrailer,  // a tractor pulling a trailer
  kBus,
  kMotorcycle,
  kBicycle,
};
inline constexpr int kVehicleClasses = 7;
std::string_view to_string(VehicleClass kind);

// Towed behind; turns about the hitch.
struct TrailerModel {
  double hitch_m = 0;  // ahead of the towing vehicle's rear axle
  double length_m = 0;
  double width_m = 0;
  double height_m = 0;
  double front_m = 0;      // its body's front face ahead of the hitch
  double wheelbase_m = 0;  // hitch to its (middle) axle
  [[nodiscard]] double rear_m() const { return length_m - front_m; }  // behind the hitch
  bool operator==(const TrailerModel&) const = default;
};

struct VehicleModel {
  VehicleClass kind = VehicleClass::kCar;
  std::string name;       // the caller's own
  double weight = 1;      // share among the models of its class
  double length_m = 5.0;  // of the towing vehicle
  double width_m = 1.8;
  double height_m = 1.5;
  double wheelbase_m = 2.8;
  double front_overhang_m = 0.95;  // front axle to front face
  bool has_trailer = false;
  TrailerModel trailer;

  [[nodiscard]] double rear_overhang_m() const { return length_m - wheelbase_m - front_overhang_m; }
  // Front face to the last rear face, stretched out.
  [[nodiscard]] double train_m() const;
  [[nodiscard]] bool is_heavy() const {
    return kind == VehicleClass::kTruck || kind == VehicleClass::kSemiTrailer ||
           kind == VehicleClass::kBus;
  }
};
// One model for each class, in the order of the classes.
std::vector<VehicleModel> default_models();

// How the drivers of a class drive.
struct DriverModel {
  Idm idm;
  double politeness = 0.25;  // MOBIL p
  double change_threshold_mps2 = 0.15;
  double safe_braking_mps2 = 3.0;  // that a change may ask of the follower
  double top_speed_mps = 60;
  double lateral_mps2 = 2.0;    // comfortable in bends
  double friction_share = 1.0;  // of the road's friction that its brakes can use
};
DriverModel default_driver(VehicleClass kind);

using ClassShares = std::array<double, kVehicleClasses>;
// Shares for an OpenDRIVE road type ("town", "motorway", ...); they sum to 1.
ClassShares default_shares(std::string_view road_type);

}  // namespace oddroad::traffic
