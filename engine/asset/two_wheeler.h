// Small things that people ride, sit in or push: motorcycle.standard, moped.standard,
// scooter.electric, wheelchair.manual, stroller. Models of their own, and mounts of the composites
// motorcycle.ridden, moped.ridden, scooter.ridden, wheelchair.user and stroller.pushed (bicycle.h:
// composite_of).
//
// Model frame: ground below the rear axle, x forward, shared by who rides (rider_seat.h). The
// stroller's frame is that of who pushes it: ground below the pusher's pelvis (person_carry.h).
#pragma once

#include <vector>

#include "engine/asset/prop.h"

namespace oddroad::asset {

std::vector<PropType> two_wheeler_types();
std::vector<PropType> chair_types();  // wheelchair.manual, stroller

}  // namespace oddroad::asset
