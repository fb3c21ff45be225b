// Beams from a CSV table: one row a laser.
#pragma once

#include <string>
#include <vector>

#include "engine/capture/rig.h"
#include "engine/core/result.h"

namespace oddroad::lidar {

struct BeamTableForm {
  // Columns with the time of fire after the start of the column, one for each state: a cell left
  // empty = does not fire in that state. None: all beams of a column fire together.
  std::vector<std::string> fire_times = {"fire_time_us"};
  bool clockwise = false;  // how azimuth_offset_deg counts, seen from above
};

// Columns: elevation_deg, azimuth_offset_deg, those of `form.fire_times`; vert_offset_m,
// horiz_offset_m and forward_offset_m where there are. Others, and lines with # in front, are for
// the reader. Beams come in firing order of each state, the earliest at 0; rings count rows from
// the lowest. Errors, all at once, file:line:column: missing columns (with suggestion), cells that
// are no numbers, no beams.
core::Result<std::vector<capture::LidarBeam>> parse_beam_table(const std::string& text,
                                                               const std::string& file,
                                                               const BeamTableForm& form = {});

}  // namespace oddroad::lidar
