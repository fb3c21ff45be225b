// Where on a map a scenario can take place: what `site:` asks, and who answers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/scenario/variant.h"
#include "engine/world/sky_clock.h"

namespace oddroad::scenario {

// A stretch of a driving lane, without junction, that has all of this along its whole length.
struct SiteQuery {
  // "town", "low_speed", "rural" or "motorway" where the map states a type; a map that states none
  // is taken for any. Empty: any.
  std::string road_type;
  // In driving direction, from where the ego starts.
  double length_m = 50;
  // The lane's heading stays within 6 degrees of that at the start: the curvature of surveyed maps
  // is too rough to ask for.
  bool straight = false;
  double min_radius_m = 0;  // least radius of the start lane along the stretch
  std::vector<std::string>
      has_lanes;                // lane types beside the start lane: "parking", "sidewalk", ...
  int min_lanes = 1;            // driving lanes in the start lane's direction
  double min_lane_width_m = 0;  // of the start lane
  bool operator==(const SiteQuery&) const = default;
};

// "driving lane with a parking lane beside it that stays straight for 120 m".
std::string describe(const SiteQuery& query);

class SiteFinder {
 public:
  virtual ~SiteFinder() = default;
  // Candidates in map order, never empty. Errors: none found; one line that says what was missing.
  [[nodiscard]] virtual core::Result<std::vector<Site>> find(const SiteQuery& query) const = 0;
  // Where on earth a site lies, if the map says so.
  [[nodiscard]] virtual std::optional<world::Place> place(const Site&) const {
    return std::nullopt;
  }
};

}  // namespace oddroad::scenario
