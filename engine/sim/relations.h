// Quantities between bodies: what `a->b.quantity` means in conditions.
#pragma once

#include "engine/sim/body.h"

namespace oddroad::sim {

// The stretch that a body covers of the line another drives (its track, or straight ahead without
// one): s of its nearest and farthest part, sideways offset of its centre and half its width.
struct Shadow {
  double rear_m = 0;
  double front_m = 0;
  double lateral_m = 0;
  double half_width_m = 0;
  double heading_rad = 0;  // of the line there
};
Shadow shadow_on_line_of(const Body& a, const Body& b);
Shadow shadow_on_track(const Track& track, double hint_s_m, const Body& b);

// Free distance between the outlines, 0 when they touch.
double gap_m(const Body& a, const Body& b);
// Between the centres of the outlines.
double distance_m(const Body& a, const Body& b);
// Free gap along the line that a drives, from its front to the nearest part of b; negative once b's
// rear lies behind a's front. Lateral offset plays no part.
double gap_ahead_m(const Body& a, const Body& b);
// gap_ahead / speed of a; +inf if a stands or b is not ahead.
double headway_s(const Body& a, const Body& b);
// Free gap over the speed at which it closes; +inf if it does not close, 0 when they touch.
double ttc_s(const Body& a, const Body& b);
// Time at a's present speed until its front reaches the conflict line: where b's crossing path
// meets the line a drives (b's declared crossing; else the line b moves along; else the place
// abreast of b). +inf if a stands or its front has passed.
double path_ttc_s(const Body& a, const Body& b);
// Sideways distance of the centre of b from the line that a drives, >= 0.
double lateral_m(const Body& a, const Body& b);
// How fast a is faster than b along a's heading; positive = a closes in from behind.
double relative_speed_mps(const Body& a, const Body& b);

// Do their heights overlap, as far as the road between them may rise?
bool same_height(const Body& a, const Body& b);
// Outlines and heights overlap.
bool touches(const Body& a, const Body& b);
// a's rear lies ahead of b's foremost part, along the line that a drives.
bool has_passed(const Body& a, const Body& b);
inline constexpr double kStandingSpeed_mps = 0.05;
bool stands(const Body& a);

// Where a's front is on its own line.
double front_s_m(const Body& a);

}  // namespace oddroad::sim
