// What rain and snow in the air do to light that passes.
#pragma once

namespace oddroad::world {

// Extinction per metre at a rate of R mm/h: rain 3.1e-4 R^0.67 (Halder et al. 2019, after
// Carbonneau and Wisely), snow 6.6e-3 R^0.57 (geometric optics with Gunn and Marshall's sizes and
// flakes of 0.1 g/cm3; R is melted).
double rain_extinction_per_m(double rain_mm_per_h);
double snow_extinction_per_m(double snow_mm_per_h);

}  // namespace oddroad::world
