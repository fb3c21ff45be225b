#include "engine/scenario/site.h"

#include "engine/core/quantity.h"

namespace oddroad::scenario {

std::string describe(const SiteQuery& query) {
  const auto metres = [](double m) {
    return core::format_quantity(m, core::kLength);
  };
  std::string out = query.min_lanes > 1
                        ? std::to_string(query.min_lanes) + " driving lanes side by side"
                        : "driving lane";
  if (!query.road_type.empty()) out += " of a " + query.road_type + " road";
  for (std::size_t i = 0; i < query.has_lanes.size(); ++i) {
    const std::string& lane = query.has_lanes[i];
    const bool last = i + 1 == query.has_lanes.size();
    out += i == 0 ? " with " : last ? " and " : ", ";
    out += (lane == "opposite" ? "an " : "a ") + lane + (last ? " lane beside it" : "");
  }
  if (query.min_lane_width_m > 0) out += ", " + metres(query.min_lane_width_m) + " wide,";
  if (query.min_radius_m > 0) out += ", radius " + metres(query.min_radius_m) + " or more,";
  out += query.straight ? " that stays straight for " : " without junction for ";
  return out + metres(query.length_m);
}

}  // namespace oddroad::scenario
