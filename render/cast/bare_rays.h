// The yardstick of our ray speed: Embree alone on prepared packets.
#pragma once

#include "render/scene/visibility.h"

namespace oddroad::cast {

// Seconds that rtcIntersect16 alone takes for the rays (sensor kind, incoherent or coherent flag,
// all workers), packets filled beforehand, by a clock that may count processor time instead. The
// caster must be one of ours.
double wall_seconds();
double bare_intersect_seconds(const scene::RayCaster& caster, const scene::RayBatch& rays,
                              bool coherent, double (*now_s)() = wall_seconds);

}  // namespace oddroad::cast
