// Which models may use which lanes: wide enough, no bend so tight that the rear leaves the lane,
// and neither leading only to lanes where that is so nor ending beside them.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/traffic/lane_table.h"
#include "engine/traffic/vehicle_model.h"

namespace oddroad::traffic {

inline constexpr std::size_t kMostModels = 64;

// How far the last axle of the train comes inside of the lane's centre when the front axle follows
// it, having come in straight.
double cut_m(const LaneTable& lanes, std::uint32_t lane, const VehicleModel& model);

// A bit per model, by lane. Narrow vehicles and cars fit everywhere that is not for bicycles alone:
// somebody must use the tightest lanes.
std::vector<std::uint64_t> find_fits(const LaneTable& lanes,
                                     const std::vector<VehicleModel>& models);

}  // namespace oddroad::traffic
