// How people sit or stand on things that they do not pedal: motorcycles, mopeds, electric scooters,
// wheelchairs. The measures are those of the models in two_wheeler.h. Model frame of what is
// ridden.
#pragma once

#include <optional>
#include <string>

#include "engine/asset/model.h"
#include "engine/asset/skeleton.h"

namespace oddroad::asset {

struct SeatContact {
  math::Vec3d seat_m{
      0};  // middle of the seat's top; of somebody standing: where the pelvis is above
  bool stands = false;
  double pelvis_pitch = 0, trunk_pitch = 0, head_pitch = 0;
  math::Vec3d tread_m[2];  // below the balls of the feet
  double foot_pitch = 0;
  math::Vec3d grip_m[2];        // middle of each grip
  math::Vec3d steer_axis_m{0};  // grips turn about the vertical through this
  double rim_radius_m = 0;      // > 0: hands push wheels about grip_m instead of holding a bar
  double push_m = 1;            // path per push of the rims
  bool idle_hands = false;      // in the lap; grip_m is not used
};
// Empty for types that ride otherwise. Left is 0.
std::optional<SeatContact> seat_of(const std::string& rider_type);

BodyPose seat_pose(const Skeleton& skeleton, const SeatContact& contact,
                   const Articulation& articulation);

}  // namespace oddroad::asset
