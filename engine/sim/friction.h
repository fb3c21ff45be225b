// Tyre-road friction from rain.
#pragma once

namespace oddroad::sim {

inline constexpr double kGravity_mps2 = 9.81;

// Depth of the water film above the texture on a drained lane: d = 0.046 sqrt(L I) / S^0.2 (mm;
// drainage length L in m, rain I in mm/h, slope S; Russam and Ross 1968), for half of a 7 m
// carriageway with 2.5 % crossfall.
double water_film_mm(double rain_mm_per_h);

// Friction coefficient of a new tyre, from the Bosch Automotive Handbook's table (dry, 0.2, 1 and
// 2 mm of water at 50, 90 and 130 km/h), linear between its entries and constant outside.
double friction_coefficient(double speed_mps, double film_mm);

}  // namespace oddroad::sim
