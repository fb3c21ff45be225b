#include "engine/sim/traffic_fleet.h"

#include <algorithm>

#include "engine/asset/bicycle.h"
#include "engine/core/check.h"
#include "engine/core/random.h"

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

// Weights of car bodies: shares of new cars in the EU, rounded (assets/README.md).
constexpr Kind kKinds[] = {
    {VehicleClass::kCar, "car.hatchback", nullptr, 3, 3},
    {VehicleClass::kCar, "car.suv", nullptr, 3, 4},
    {VehicleClass::kCar, "car.sedan", nullptr, 2, 2},
    {VehicleClass::kCar, "car.estate", nullptr, 2, 1.5},
    {VehicleClass::kVan, "van.panel", nullptr, 2, 1},
    {VehicleClass::kTruck, "truck.rigid", nullptr, 2, 1},
    {VehicleClass::kSemiTrailer, "truck.semi", "trailer.semi", 2, 1},
    {VehicleClass::kBus, "bus.city", nullptr, 1, 1},
    {VehicleClass::kMotorcycle, "motorcycle.ridden", nullptr, 2, 1},
    {VehicleClass::kBicycle, "bicycle.cyclist", nullptr, 3, 1},
};

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
