#include "engine/sim/traffic_fleet.h"

#include <algorithm>

#include "engine/asset/bicycle.h"
#include "engine/asset/occupants.h"
#include "engine/core/check.h"
#include "engine/core/random.h"
#include "engine/traffic/lane_fit.h"

namespace oddroad::sim {
namespace {

using traffic::VehicleClass;

struct Kind {
  VehicleClass kind;
  const char* type;
  const char* trailer;
  int looks;      // how many that differ in paint and shape
  double weight;  // within the class
};

// Weights of car bodies: estimated shares on European roads, where small and tall cars are most of
// the traffic; taxis, police and ambulances are rare.
constexpr Kind kKinds[] = {
    {VehicleClass::kCar, "car.hatchback", nullptr, 2, 2.4},
    {VehicleClass::kCar, "car.supermini", nullptr, 2, 2},
    {VehicleClass::kCar, "car.suv", nullptr, 2, 2.6},
    {VehicleClass::kCar, "car.suv_large", nullptr, 1, .7},
    {VehicleClass::kCar, "car.sedan", nullptr, 2, 1.1},
    {VehicleClass::kCar, "car.estate", nullptr, 1, 1.2},
    {VehicleClass::kCar, "car.mpv", nullptr, 1, .6},
    {VehicleClass::kCar, "car.coupe", nullptr, 1, .2},
    {VehicleClass::kCar, "car.pickup", nullptr, 1, .15},
    {VehicleClass::kCar, "car.taxi", nullptr, 1, .25},
    {VehicleClass::kCar, "car.police", nullptr, 1, .05},
    {VehicleClass::kVan, "van.panel", nullptr, 2, .6},
    {VehicleClass::kVan, "van.delivery", nullptr, 2, .4},
    {VehicleClass::kVan, "van.ambulance", nullptr, 1, .02},
    {VehicleClass::kTruck, "truck.rigid", nullptr, 1, 1},
    {VehicleClass::kTruck, "truck.fire", nullptr, 1, .03},
    {VehicleClass::kSemiTrailer, "truck.semi", "trailer.semi", 1, .7},
    {VehicleClass::kSemiTrailer, "truck.semi", "trailer.semi_tank", 1, .15},
    {VehicleClass::kSemiTrailer, "truck.semi", "trailer.semi_flatbed", 1, .15},
    {VehicleClass::kBus, "bus.city", nullptr, 1, 1},
    {VehicleClass::kMotorcycle, "motorcycle.ridden", nullptr, 2, 1},
    {VehicleClass::kBicycle, "bicycle.cyclist", nullptr, 2, .95},
    {VehicleClass::kBicycle, "bicycle.cargo_cyclist", nullptr, 1, .05},
};

constexpr std::size_t fleet_size() {
  std::size_t size = 0;
  for (const Kind& kind : kKinds) size += static_cast<std::size_t>(kind.looks);
  return size;
}
static_assert(fleet_size() <= traffic::kMostModels);

void measure(const asset::ModelSize& size, traffic::VehicleModel& out) {
  out.length_m = size.length_m;
  out.width_m = size.width_m;
  out.height_m = size.height_m;
  out.wheelbase_m = size.wheelbase_m;
  out.front_overhang_m = size.length_m - size.rear_overhang_m - size.wheelbase_m;
}

// The trailer's model starts below its middle axle; its king pin lies over the fifth wheel.
void measure_trailer(const asset::ModelSize& size, traffic::VehicleModel& out) {
  traffic::TrailerModel& trailer = out.trailer;
  trailer = traffic::default_models()[static_cast<std::size_t>(VehicleClass::kSemiTrailer)].trailer;
  trailer.length_m = size.length_m;
  trailer.width_m = size.width_m;
  trailer.height_m = size.height_m;
  trailer.wheelbase_m = size.length_m - trailer.front_m - size.rear_overhang_m;
  out.has_trailer = true;
}

std::optional<FleetVehicle> make_vehicle(const Kind& kind, std::uint64_t seed) {
  FleetVehicle out;
  out.model = {kind.type, seed, {}, {}};
  const auto composite = asset::composite_of(out.model);
  if (!composite && !asset::catalog_has(kind.type)) return std::nullopt;
  const auto size = asset::model_size(out.model);
  ODDROAD_CHECK(size.has_value());
  out.measures.kind = kind.kind;
  out.measures.name = kind.type;
  out.measures.weight = kind.weight / kind.looks;
  measure(*size, out.measures);
  if (composite) {
    out.model = composite->mount;
    out.rider = composite->rider;
  }
  asset::seat_driver(out.model);
  if (kind.trailer != nullptr) {
    out.trailer = asset::ModelRequest{kind.trailer, seed, {}, {}};
    const auto trailer = asset::model_size(*out.trailer);
    ODDROAD_CHECK(trailer.has_value());
    measure_trailer(*trailer, out.measures);
  }
  return out;
}

}  // namespace

std::vector<FleetVehicle> make_fleet(std::uint64_t key) {
  std::vector<FleetVehicle> fleet;
  for (const Kind& kind : kKinds) {
    for (int look = 0; look < kind.looks; ++look) {
      const std::uint64_t seed =
          core::hash64(std::string(kind.type) + "/" + std::to_string(look), key);
      if (auto vehicle = make_vehicle(kind, seed)) fleet.push_back(std::move(*vehicle));
    }
  }
  return fleet;
}

std::optional<traffic::ClassShares> shares_of(const std::map<std::string, double>& mix,
                                              const std::vector<FleetVehicle>& fleet) {
  traffic::ClassShares shares{};
  double sum = 0;
  for (int i = 0; i < traffic::kVehicleClasses; ++i) {
    const auto kind = static_cast<VehicleClass>(i);
    const auto weight = mix.find(std::string(to_string(kind)));
    const bool known = std::any_of(fleet.begin(), fleet.end(), [&](const FleetVehicle& v) {
      return v.measures.kind == kind;
    });
    if (weight == mix.end() || !known) continue;
    shares[static_cast<std::size_t>(i)] = weight->second;
    sum += weight->second;
  }
  if (!(sum > 0)) return std::nullopt;
  for (double& share : shares) share /= sum;
  return shares;
}

}  // namespace oddroad::sim
