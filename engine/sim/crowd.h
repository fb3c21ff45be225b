// How walkers keep clear of each other and of what stands in their way: accelerations of the
// social force model. Anticipation between walkers after Moussaid et al., "Experimental study of
// the behavioural mechanisms underlying self-organization in human crowds", Proc. R. Soc. B, 2009
// (A 5.1, lambda 2, gamma 0.35, n 2, n' 3); close range and obstacles after Helbing, Farkas and
// Vicsek, "Simulating dynamical features of escape panic", Nature, 2000 (A/m 25 m/s2, B 0.08 m),
// which is stiff, so all is clamped to 10 m/s2.
#pragma once

#include "engine/sim/body.h"

namespace oddroad::sim {

inline constexpr double kMostSocial_mps2 = 10;
inline constexpr double kShoulder_m = 0.28;  // radius of a walker

// On somebody who wants to move in a direction. Counts people, animals, and whatever stands still:
// vehicles in motion are looked out for, not shuffled round. A zero vector where nobody is near.
math::Vec2d social_acceleration(const Body& self, const Bodies& bodies,
                                const math::Vec2d& direction);

}  // namespace oddroad::sim
