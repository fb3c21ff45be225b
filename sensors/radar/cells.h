// Scatterers to resolution cells.
#pragma once

#include <vector>

#include "sensors/radar/scatterer.h"

namespace oddroad::radar {

// What a cell holds: its strongest scatterer, which stands for it, and the signal of all.
struct Cell {
  Scatterer strongest;
  double snr = 0;     // mean, of all together: powers of what does not move in step add
  double rcs_m2 = 0;  // that would make this signal at the place of the strongest
  double level = 1;   // of noise and of what lies around it, over that of the noise (cfar.h)
};

// Mean signal to noise of a scatterer by itself; 0 out of the scan's range.
double mean_snr(const Scan& scan, const Scatterer& s, double attenuation_db_per_m);

// The strongest scatterer takes all that lie less than a resolution from it in range, sine of
// azimuth (the width of an array's beam is constant in it), folded velocity and, where it is
// measured, sine of elevation; then the strongest of the rest, and so on. Two of the same strength
// are told apart if and only if they differ by a resolution in one of these. Ties go to the first.
// attenuation: dB per metre, one way.
std::vector<Cell> make_cells(const Scan& scan, const std::vector<Scatterer>& scatterers,
                             double attenuation_db_per_m);

// Which cell of a fixed grid a scatterer lies in: keys its draws.
struct CellIndex {
  std::int32_t range = 0, azimuth = 0, elevation = 0, velocity = 0;
};
CellIndex index_of(const Scan& scan, const Scatterer& s);

}  // namespace oddroad::radar
