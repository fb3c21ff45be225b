#include "engine/road/object_kind.h"

#include <array>
#include <optional>
#include <string>

#include "engine/road/words.h"

namespace oddroad::road {
namespace {

struct Named {
  std::string_view name;
  ObjectKind kind;
};

constexpr std::array kKindNames = {
    Named{"tree", ObjectKind::kTree},
    Named{"vegetation", ObjectKind::kVegetation},
    Named{"hedge", ObjectKind::kHedge},
    Named{"pole", ObjectKind::kPole},
    Named{"street lamp", ObjectKind::kStreetLamp},
    Named{"delineator", ObjectKind::kDelineator},
    Named{"bollard", ObjectKind::kBollard},
    Named{"cone", ObjectKind::kCone},
    Named{"barrier", ObjectKind::kBarrier},
    Named{"guard rail", ObjectKind::kGuardRail},
    Named{"railing", ObjectKind::kRailing},
    Named{"fence", ObjectKind::kFence},
    Named{"wall", ObjectKind::kWall},
    Named{"sound barrier", ObjectKind::kSoundBarrier},
    Named{"building", ObjectKind::kBuilding},
    Named{"obstacle", ObjectKind::kObstacle},
    Named{"crosswalk", ObjectKind::kCrosswalk},
    Named{"parking space", ObjectKind::kParkingSpace},
    Named{"traffic island", ObjectKind::kTrafficIsland},
    Named{"patch", ObjectKind::kPatch},
    Named{"road mark", ObjectKind::kRoadMark},
    Named{"stop line", ObjectKind::kStopLine},
    Named{"gantry", ObjectKind::kGantry},
    Named{"wind", ObjectKind::kWind},
    Named{"vehicle", ObjectKind::kVehicle},
    Named{"person", ObjectKind::kPerson},
    Named{"traffic sign", ObjectKind::kTrafficSign},
    Named{"other", ObjectKind::kOther},
};

// OpenDRIVE's e_objectType, with names that tools write instead.
constexpr std::array kTypes = {
    Named{"tree", ObjectKind::kTree},
    Named{"vegetation", ObjectKind::kVegetation},
    Named{"pole", ObjectKind::kPole},
    Named{"rail-pole", ObjectKind::kPole},
    Named{"streetLamp", ObjectKind::kStreetLamp},
    Named{"guide-post", ObjectKind::kDelineator},
    Named{"barrier", ObjectKind::kBarrier},
    Named{"railing", ObjectKind::kRailing},
    Named{"soundBarrier", ObjectKind::kSoundBarrier},
    Named{"building", ObjectKind::kBuilding},
    Named{"obstacle", ObjectKind::kObstacle},
    Named{"crosswalk", ObjectKind::kCrosswalk},
    Named{"parkingSpace", ObjectKind::kParkingSpace},
    Named{"trafficIsland", ObjectKind::kTrafficIsland},
    Named{"patch", ObjectKind::kPatch},
    Named{"roadSurface", ObjectKind::kPatch},
    Named{"roadMark", ObjectKind::kRoadMark},
    Named{"stopLine", ObjectKind::kStopLine},
    Named{"gantry", ObjectKind::kGantry},
    Named{"wind", ObjectKind::kWind},
    Named{"car", ObjectKind::kVehicle},
    Named{"van", ObjectKind::kVehicle},
    Named{"bus", ObjectKind::kVehicle},
    Named{"trailer", ObjectKind::kVehicle},
    Named{"bike", ObjectKind::kVehicle},
    Named{"motorbike", ObjectKind::kVehicle},
    Named{"tram", ObjectKind::kVehicle},
    Named{"train", ObjectKind::kVehicle},
    Named{"pedestrian", ObjectKind::kPerson},
};

// Words of subtype and name, the more telling first.
constexpr std::array kWords = {
    Named{"guide post", ObjectKind::kDelineator},
    Named{"delineator", ObjectKind::kDelineator},
    Named{"fence pole", ObjectKind::kPole},
    Named{"railing pole", ObjectKind::kPole},
    Named{"rail pole", ObjectKind::kPole},
    Named{"street lamp", ObjectKind::kStreetLamp},
    Named{"street light", ObjectKind::kStreetLamp},
    Named{"streetlamp", ObjectKind::kStreetLamp},
    Named{"streetlight", ObjectKind::kStreetLamp},
    Named{"lamp", ObjectKind::kStreetLamp},
    Named{"lamppost", ObjectKind::kStreetLamp},
    Named{"cone", ObjectKind::kCone},
    Named{"pylon", ObjectKind::kCone},
    Named{"bollard", ObjectKind::kBollard},
    Named{"guard rail", ObjectKind::kGuardRail},
    Named{"guardrail", ObjectKind::kGuardRail},
    Named{"crash barrier", ObjectKind::kGuardRail},
    Named{"noise", ObjectKind::kSoundBarrier},
    Named{"sound", ObjectKind::kSoundBarrier},
    Named{"jersey", ObjectKind::kWall},
    Named{"wall", ObjectKind::kWall},
    Named{"fence", ObjectKind::kFence},
    Named{"railing", ObjectKind::kRailing},
    Named{"hedge", ObjectKind::kHedge},
    Named{"tree", ObjectKind::kTree},
    Named{"bush", ObjectKind::kVegetation},
    Named{"shrub", ObjectKind::kVegetation},
    Named{"vegetation", ObjectKind::kVegetation},
    Named{"building", ObjectKind::kBuilding},
    Named{"house", ObjectKind::kBuilding},
    Named{"crosswalk", ObjectKind::kCrosswalk},
    Named{"crossing", ObjectKind::kCrosswalk},
    Named{"stop line", ObjectKind::kStopLine},
    Named{"stopline", ObjectKind::kStopLine},
    Named{"signal lines", ObjectKind::kStopLine},
    Named{"parking space", ObjectKind::kParkingSpace},
    Named{"gantry", ObjectKind::kGantry},
    Named{"sign", ObjectKind::kTrafficSign},
    Named{"speed", ObjectKind::kTrafficSign},
    Named{"barrier", ObjectKind::kBarrier},
    Named{"pole", ObjectKind::kPole},
    Named{"post", ObjectKind::kPole},
    Named{"car", ObjectKind::kVehicle},
};

template <typename Table>
std::optional<ObjectKind> find(const Table& table, std::string_view name) {
  for (const Named& named : table) {
    if (named.name == name) return named.kind;
  }
  return std::nullopt;
}

std::optional<ObjectKind> guess(std::string_view text) {
  const std::string words = words_of(text);
  for (const Named& named : kWords) {
    if (words.find(" " + std::string(named.name) + " ") != std::string::npos) return named.kind;
  }
  return std::nullopt;
}

// Types that leave open which sort it is, and what words may make of them.
bool may_become(ObjectKind from, ObjectKind to) {
  switch (from) {
    case ObjectKind::kOther:
    case ObjectKind::kObstacle:
      return true;
    case ObjectKind::kPole:
      return to == ObjectKind::kStreetLamp || to == ObjectKind::kDelineator ||
             to == ObjectKind::kBollard || to == ObjectKind::kCone;
    case ObjectKind::kVegetation:
      return to == ObjectKind::kHedge || to == ObjectKind::kTree;
    case ObjectKind::kBarrier:
      return to == ObjectKind::kGuardRail || to == ObjectKind::kRailing ||
             to == ObjectKind::kFence || to == ObjectKind::kWall || to == ObjectKind::kHedge ||
             to == ObjectKind::kSoundBarrier || to == ObjectKind::kPole;
    case ObjectKind::kRoadMark:
      return to == ObjectKind::kStopLine || to == ObjectKind::kCrosswalk;
    default:
      return false;
  }
}

bool says_nothing(std::string_view type) {
  return type.empty() || type == "-1" || type == "none";
}

}  // namespace

std::string_view to_string(ObjectKind kind) {
  for (const Named& named : kKindNames) {
    if (named.kind == kind) return named.name;
  }
  return "other";
}

ObjectKind object_kind_from(std::string_view type, std::string_view subtype,
                            std::string_view name) {
  const ObjectKind said = find(kTypes, type).value_or(ObjectKind::kOther);
  for (const std::string_view text : {subtype, name, says_nothing(type) ? "" : type}) {
    const auto guessed = guess(text);
    if (guessed && may_become(said, *guessed)) return *guessed;
  }
  return said;
}

bool is_known_object_type(std::string_view type) {
  return says_nothing(type) || find(kTypes, type).has_value();
}

bool is_flat(ObjectKind kind) {
  return kind == ObjectKind::kCrosswalk || kind == ObjectKind::kParkingSpace ||
         kind == ObjectKind::kPatch || kind == ObjectKind::kRoadMark ||
         kind == ObjectKind::kStopLine;
}

}  // namespace oddroad::road
