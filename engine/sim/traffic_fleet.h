// Which models of the catalog make up background traffic, and their measures for its drivers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/asset/catalog.h"
#include "engine/traffic/settings.h"

namespace oddroad::sim {

struct FleetVehicle {
  traffic::VehicleModel measures;
  asset::ModelRequest model;
  std::optional<asset::ModelRequest> rider;
  std::optional<asset::ModelRequest> trailer;
};

// Classes that the catalog has no model for are missing. `key` varies paint and shapes.
std::vector<FleetVehicle> make_fleet(std::uint64_t key);

// Shares of the classes from a scenario's weights; empty where it names none (road types decide).
// Classes that the fleet lacks have no share.
std::optional<traffic::ClassShares> shares_of(const std::map<std::string, double>& mix,
                                              const std::vector<FleetVehicle>& fleet);

}  // namespace oddroad::sim
