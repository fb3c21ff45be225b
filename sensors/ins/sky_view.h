// Which satellites an antenna receives: those that rays reach, and those that only a wall's
// reflection brings.
#pragma once

#include <vector>

#include "engine/capture/ins.h"
#include "engine/capture/ontology.h"
#include "render/scene/visibility.h"

namespace oddroad::ins {

// The satellites of a clip: spread over the sky above the mask as evenly by solid angle as chance
// has it, at most 60. They stand still: half a degree a minute. key: of the variant.
std::vector<capture::Satellite> satellites_of(int count, double mask_rad, std::uint64_t key);

// Foliage lets signals through; everything else that rays meet blocks them.
struct SkyView {
  std::int64_t in_sight = 0;     // bit k: satellite k
  std::int64_t reflected = 0;    // blocked, but a wall on the other side shows it
  std::vector<double> excess_m;  // of each satellite's path; 0 but for the reflected ones
};

// A satellite at direction s that is blocked is looked for in the mirror of its azimuth: where a
// ray at the same elevation meets a building, a barrier or a vehicle within 150 m at a point P from
// which s is free, its signal arrives from there, |P| - P s longer (P from the antenna).
// The ego is not in the way: antennas stand on its roof. `foliage`: the class of leaves.
SkyView sky_view(const std::vector<capture::Satellite>& satellites,
                 const world::SceneWindow& window, const scene::RayCaster& caster,
                 const math::Vec3d& antenna_m, std::int64_t stamp_ns, core::ClassId foliage);

// Cofactors of the position and clock by weighted least squares (Misra and Enge, Global Positioning
// System, 2011, ch. 6): rows (-s, 1); none where the geometry leaves it open.
struct Solution {
  math::Vec3d error_m{0};  // what the excess paths make of the position
  double hdop = 0, vdop = 0;
};
struct Used {
  math::Vec3d direction{0};
  double excess_m = 0;
  double weight = 1;
};
std::optional<Solution> solve(const std::vector<Used>& used);

}  // namespace oddroad::ins
