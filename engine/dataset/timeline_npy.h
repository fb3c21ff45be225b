// timeline.npy: the state of every actor at every simulation step, a NumPy structured array of
// shape (actors, steps) in the order of clip.json's actors; step k holds at k * 10 ms. Fields, all
// float64:
//   x y z qw qx qy qz    T_world_actor (metres, unit quaternion)
//   vx vy vz             velocity of the model origin, world frame, m/s
//   acceleration yaw_rate steer rolled      m/s2 along the heading, rad/s, rad, m
// All fields are NaN at steps at which an actor is not there (traffic comes and goes).
#pragma once

#include <string>

#include "engine/core/result.h"
#include "engine/world/timeline.h"

namespace oddroad::dataset {

std::string encode_timeline(const world::Timeline& timeline);
// Only the states (articulation is not stored): ids, names and models are left empty.
// Errors: another array than this, truncated.
core::Result<world::Timeline> decode_timeline(const std::string& bytes, const std::string& file);

}  // namespace oddroad::dataset
