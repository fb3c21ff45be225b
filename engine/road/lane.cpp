#include "engine/road/lane.h"

#include <array>
#include <utility>

namespace oddroad::road {
namespace {

struct NamedType {
  std::string_view name;
  LaneType type;
};

// The first name of a type is the one that to_string gives.
constexpr std::array kNames = {
    NamedType{"none", LaneType::kNone},
    NamedType{"driving", LaneType::kDriving},
    NamedType{"stop", LaneType::kStop},
    NamedType{"shoulder", LaneType::kShoulder},
    NamedType{"biking", LaneType::kBiking},
    NamedType{"sidewalk", LaneType::kSidewalk},
    NamedType{"walking", LaneType::kSidewalk},
    NamedType{"border", LaneType::kBorder},
    NamedType{"restricted", LaneType::kRestricted},
    NamedType{"parking", LaneType::kParking},
    NamedType{"bidirectional", LaneType::kBidirectional},
    NamedType{"median", LaneType::kMedian},
    NamedType{"curb", LaneType::kCurb},
    NamedType{"entry", LaneType::kEntry},
    NamedType{"mwyEntry", LaneType::kEntry},
    NamedType{"exit", LaneType::kExit},
    NamedType{"mwyExit", LaneType::kExit},
    NamedType{"onRamp", LaneType::kOnRamp},
    NamedType{"offRamp", LaneType::kOffRamp},
    NamedType{"connectingRamp", LaneType::kConnectingRamp},
    NamedType{"slipLane", LaneType::kSlipLane},
    NamedType{"bus", LaneType::kBus},
    NamedType{"taxi", LaneType::kTaxi},
    NamedType{"HOV", LaneType::kHov},
    NamedType{"tram", LaneType::kTram},
    NamedType{"rail", LaneType::kRail},
    NamedType{"roadWorks", LaneType::kRoadWorks},
    NamedType{"special1", LaneType::kSpecial},
    NamedType{"special2", LaneType::kSpecial},
    NamedType{"special3", LaneType::kSpecial},
    NamedType{"shared", LaneType::kShared},
    NamedType{"other", LaneType::kOther},
};

}  // namespace

std::string_view to_string(LaneType type) {
  for (const NamedType& named : kNames) {
    if (named.type == type) return named.name;
  }
  return "other";
}

LaneType lane_type_from(std::string_view name) {
  for (const NamedType& named : kNames) {
    if (named.name == name) return named.type;
  }
  return LaneType::kOther;
}

bool is_drivable(LaneType type) {
  switch (type) {
    case LaneType::kDriving:
    case LaneType::kBidirectional:
    case LaneType::kEntry:
    case LaneType::kExit:
    case LaneType::kOnRamp:
    case LaneType::kOffRamp:
    case LaneType::kConnectingRamp:
    case LaneType::kSlipLane:
    case LaneType::kBus:
    case LaneType::kTaxi:
    case LaneType::kHov:
    case LaneType::kShared:
      return true;
    default:
      return false;
  }
}

const Lane* LaneSection::find(int lane_id) const {
  for (const Lane& lane : lanes) {
    if (lane.id == lane_id) return &lane;
  }
  return nullptr;
}

int LaneSection::leftmost_id() const {
  return lanes.empty() || lanes.front().id < 0 ? 0 : lanes.front().id;
}

int LaneSection::rightmost_id() const {
  return lanes.empty() || lanes.back().id > 0 ? 0 : lanes.back().id;
}

}  // namespace oddroad::road
