// What gives light in a scene window besides sky, sun and moon.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/asset/model.h"
#include "engine/core/ids.h"
#include "engine/math/affine.h"
#include "engine/world/static_world.h"
#include "engine/world/timeline.h"

namespace oddroad::world {

// A lit luminaire in the world at the instant for which its window decides what shows.
struct Light {
  core::InstanceId instance;  // who carries it
  std::uint32_t beam = 0;     // render/shaders/beams.h
  math::Vec3d position{0};
  // Frame of the beam; orthonormal, left-handed where vehicles keep left (their beams are mirror
  // images).
  math::Vec3d axis{1, 0, 0};
  math::Vec3d left{0, 1, 0};
  math::Vec3d up{0, 0, 1};
  math::Vec3f candela{1};  // per channel, of the beam's 1.0
  float exponent = 1;
  float radius_m = .05f;
  double ground_z_m = 0;  // where its carrier stands
  bool always = false;    // burns by day, too: where no daylight comes
};

// Candela per channel towards a unit direction from the light.
math::Vec3f intensity(const Light& light, const math::Vec3d& direction);

// Street lamps, lit windows and shop fronts burn while the sun is lower than 3 degrees.
inline constexpr double kLampsSunElevation_rad = 0.05236;
bool lamps_on(const Environment& environment);
// Who drives has the low beam on: in the dark, in mist, in rain and in snow.
bool headlamps_wanted(const Environment& environment);

// Appends what an actor or a thing sends out.
void add_lights(const Actor& actor, std::int64_t stamp_ns, bool keep_left, std::vector<Light>& out);
void add_lights(const StaticThing& thing, SignalState state, bool lamps_on,
                std::vector<Light>& out);

}  // namespace oddroad::world
