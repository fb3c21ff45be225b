// What people hold: number "carry" of a pedestrian (0 nothing, 1 a box in both arms, 2 a shopping
// bag in the right hand, 3 a phone, 4 an umbrella) and the hands of who pushes something.
#pragma once

#include "engine/asset/clothing.h"

namespace oddroad::asset {

enum class Carry { kNothing, kBox, kBag, kPhone, kUmbrella, kPush };

// Where a pusher's hands close around the bar: ahead of the pelvis, half the distance between the
// hands, over the ground (model frame). Strollers are built to it (two_wheeler.h).
inline constexpr double kPushAhead_m = .46;
inline constexpr double kPushHalfWidth_m = .19;
inline constexpr double kPushHeight_m = 1.02;

// Adds the held thing to the body; its materials follow the person's own.
void add_carried(const Tailor& tailor, Carry carry);
std::vector<Material> carried_materials(Carry carry, std::uint64_t seed);
// Arms and head as the thing needs them; everything else stays as it was.
void hold(const Skeleton& skeleton, Carry carry, BodyPose& pose);

}  // namespace oddroad::asset
