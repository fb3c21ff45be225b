// Where on a map a scenario can take place: what `site:` asks, and who answers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/scenario/variant.h"

namespace oddroad::scenario {

// A stretch of a driving lane, without junction, that has all of this along its whole length.
struct SiteQuery {
  // Type of the road ("town", "motorway", ...) where the map states one; a map that states none is
  // taken for any. Empty: any.
  std::string road_type;
  // Length in driving direction from where the ego starts to where the stretch ends.
  double length_m = 50;
  // The lane turns by no more than 0.1 m of sagitta per 20 m (radius above 500 m).
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
};

}  // namespace oddroad::scenario
