#include "engine/traffic/vehicle_model.h"

namespace oddroad::traffic {
namespace {

constexpr std::array<std::string_view, kVehicleClasses> kNames = {
    "car", "van", "truck", "semi-trailer", "bus", "motorcycle", "bicycle"};
constexpr double kKmh = 1 / 3.6;

}  // namespace

std::string_view to_string(VehicleClass kind) {
  return kNames[static_cast<std::size_t>(kind)];
}

double VehicleModel::train_m() const {
  if (!has_trailer) return length_m;
  return front_overhang_m + wheelbase_m - trailer.hitch_m + trailer.rear_m();
}

std::vector<VehicleModel> default_models() {
  using enum VehicleClass;
  // An EU semi-trailer: 13.6 m long, king pin 1.6 m behind its front, middle axle 7.7 m behind the
  // king pin; 16.5 m in all (directive 96/53/EC).
  const TrailerModel trailer{0.6, 13.6, 2.55, 4.0, 1.6, 7.7};
  return {
      {kCar, "car", 1, 5.0, 1.8, 1.5, 2.8, 0.95, false, {}},
      {kVan, "van", 1, 6.5, 2.16, 2.86, 3.9, 1.05, false, {}},
      {kTruck, "truck", 1, 7.1, 2.4, 3.4, 4.1, 1.35, false, {}},
      {kSemiTrailer, "semi-trailer", 1, 6.0, 2.55, 3.8, 3.7, 1.4, true, trailer},
      {kBus, "bus", 1, 12.0, 2.5, 3.4, 5.9, 2.7, false, {}},
      {kMotorcycle, "motorcycle", 1, 2.2, 0.9, 1.5, 1.45, 0.35, false, {}},
      {kBicycle, "bicycle", 1, 1.6, 0.65, 1.7, 1.1, 0.25, false, {}},
  };
}

DriverModel default_driver(VehicleClass kind) {
  switch (kind) {
    case VehicleClass::kCar:
      return {};
    case VehicleClass::kVan:
      return {.idm = {1.4, 2.0, 1.2, 2.0}, .lateral_mps2 = 1.8};
    case VehicleClass::kTruck:
      return {.idm = {1.7, 2.0, 0.8, 1.7},
              .politeness = 0.3,
              .top_speed_mps = 85 * kKmh,
              .lateral_mps2 = 1.4,
              .friction_share = 0.8};
    case VehicleClass::kSemiTrailer:
      return {.idm = {1.7, 2.0, 0.7, 1.5},
              .politeness = 0.3,
              .top_speed_mps = 85 * kKmh,
              .lateral_mps2 = 1.2,
              .friction_share = 0.75};
    case VehicleClass::kBus:
      return {.idm = {1.6, 2.0, 0.9, 1.5},
              .politeness = 0.3,
              .top_speed_mps = 90 * kKmh,
              .lateral_mps2 = 1.3,
              .friction_share = 0.8};
    case VehicleClass::kMotorcycle:
      return {.idm = {1.2, 2.0, 2.0, 2.5}, .politeness = 0.2, .lateral_mps2 = 2.5};
    case VehicleClass::kBicycle:
      return {.idm = {1.0, 1.0, 0.8, 1.5},
              .politeness = 0.3,
              .top_speed_mps = 18 * kKmh,
              .lateral_mps2 = 1.5,
              .friction_share = 0.7};
  }
  return {};
}

ClassShares default_shares(std::string_view type) {
  if (type == "motorway") return {0.745, 0.08, 0.04, 0.11, 0.01, 0.015, 0};
  if (type == "rural") return {0.78, 0.09, 0.05, 0.035, 0.015, 0.03, 0};
  return {0.79, 0.10, 0.03, 0.01, 0.02, 0.03, 0.02};
}

}  // namespace oddroad::traffic
