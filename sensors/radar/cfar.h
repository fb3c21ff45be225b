// The threshold that follows what lies around a cell, so that even ground and walls stay untold and
// what stands out of them does not.
#pragma once

#include <vector>

#include "sensors/radar/cells.h"

namespace oddroad::radar {

// Ordered statistic (Rohling, Radar CFAR Thresholding in Clutter and Multiple Target Situations,
// IEEE Trans. AES 19, 1983): the level along a line of cells of the fixed grid (index_of) is the
// kRank-th lowest of the mean powers of the kReference cells before and behind a cell; kGuard cells
// next to it on each side do not count. Up to kReference - kRank of them may hold other things
// without hiding it. A cell has to rise above two such levels: in range at its angles and velocity,
// where a standing radar sees even ground, and in velocity at its range from all directions, where
// a moving one does.
inline constexpr int kGuard = 1;
inline constexpr int kReference = 16;
inline constexpr int kRank = 12;

// Sets the level of cells made of these scatterers; 1, the noise, where nothing is around.
void set_levels(const Scan& scan, const std::vector<Scatterer>& scatterers,
                double attenuation_db_per_m, std::vector<Cell>& cells);

}  // namespace oddroad::radar
