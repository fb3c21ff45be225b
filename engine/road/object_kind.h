// What an object beside or on the road is, from what the file says of it.
#pragma once

#include <string_view>

namespace oddroad::road {

enum class ObjectKind {
  kTree,
  kVegetation,  // bushes, and plants of no stated sort
  kHedge,
  kPole,
  kStreetLamp,
  kDelineator,  // guide post
  kBollard,
  kCone,
  kBarrier,  // of no stated sort
  kGuardRail,
  kRailing,
  kFence,
  kWall,  // concrete barriers, too
  kSoundBarrier,
  kBuilding,
  kObstacle,
  kCrosswalk,
  kParkingSpace,
  kTrafficIsland,
  kPatch,  // of the road surface
  kRoadMark,
  kStopLine,
  kGantry,
  kWind,  // a place of side wind: nothing to see
  kVehicle,
  kPerson,
  kTrafficSign,
  kOther,
};

std::string_view to_string(ObjectKind kind);

// From OpenDRIVE's type, 1.4 to 1.8; where that names no sort ("-1", "none", "barrier", a type that
// no version knows) also from words of subtype and name ("../models/guide-post.osgb", "Speed_30").
ObjectKind object_kind_from(std::string_view type, std::string_view subtype, std::string_view name);
// Is it a type that some version of OpenDRIVE knows, or one that says nothing?
bool is_known_object_type(std::string_view type);
// Lies on the road surface: outlines follow the surface, heights mean nothing.
bool is_flat(ObjectKind kind);

}  // namespace oddroad::road
