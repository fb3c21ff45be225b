// Where along s a road must have vertices so that a mesh or a polyline follows it closely enough.
#pragma once

#include <vector>

#include "engine/road/road.h"

namespace oddroad::road {

struct StationOptions {
  double lateral_chord_m = 0.01;   // largest plan distance of a lane border from its chord
  double vertical_chord_m = 0.02;  // largest height of a lane border over its chord
  double max_step_m = 50;
  double min_step_m = 0.02;
};

// s values where some record begins (plan view, elevation, superelevation, lane offset, lane
// sections, widths, heights, marks), with 0 and the length: vertices are forced there.
[[nodiscard]] inline const std::vector<double>& break_stations(const Road& road) {
  return road.breaks_m;
}
// Works them out; the parser has done so for every road it gives.
std::vector<double> find_breaks(const Road& road);

// Ascending s from s0 to s1 with both ends, all breaks in between, and as many more as every lane
// border of the sections needs.
std::vector<double> adaptive_stations(const Road& road, double s0_m, double s1_m,
                                      const StationOptions& options = {});
// Where across a lane a mesh needs vertices so that it follows the lateral shape within chord_m all
// along the section: fractions from its inner border (0) to its outer one (1), both left out,
// ascending. Empty where the road has no lateral shape.
std::vector<double> lateral_breaks(const Road& road, int section, int lane, double chord_m = 0.01);
// Over one lane section.
std::vector<double> section_stations(const Road& road, int section,
                                     const StationOptions& options = {});

}  // namespace oddroad::road
