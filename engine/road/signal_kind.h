// What a light or sign orders, from country, type, subtype, value and name as OpenDRIVE gives them.
// Sign numbers: Germany StVO catalogue (VzKat), USA MUTCD, Sweden TSFS, United Kingdom TSRGD;
// lights: the catalogue of OpenDRIVE (1000001 ...). Other countries are read with the German
// numbers, which most tools write whatever the country.
#pragma once

#include <string>
#include <string_view>

#include "engine/road/road_signal.h"

namespace oddroad::road {

enum class SignalKind {
  kTrafficLight,            // red, yellow, green for vehicles
  kTrafficLightPedestrian,  // also for pedestrians and cyclists together
  kTrafficLightBicycle,
  kTrafficLightOther,  // trams, single lamps, ...
  kStop,
  kYield,
  kPriorityRoad,
  kPriorityNextJunction,
  kEndOfPriority,
  kPriorityOverOncoming,
  kYieldToOncoming,
  kSpeedLimit,
  kSpeedLimitEnd,
  kSpeedZone,
  kSpeedZoneEnd,
  kMinimumSpeed,
  kAdvisorySpeed,
  kEndOfRestrictions,
  kNoEntry,
  kNoVehicles,
  kOneWay,
  kMandatoryDirection,
  kKeepSide,  // pass the sign on the side shown
  kRoundabout,
  kNoTurn,
  kNoOvertaking,
  kNoOvertakingEnd,
  kNoParking,
  kParking,
  kCrosswalk,
  kPedestrians,  // warning
  kChildren,
  kCurve,
  kSlippery,
  kRoadWorks,
  kLevelCrossing,
  kLightAhead,
  kWarning,  // any other danger
  kTownSign,
  kTownSignEnd,
  kLivingStreet,
  kLivingStreetEnd,
  kMotorway,
  kMotorwayEnd,
  kExpressway,
  kExpresswayEnd,
  kFootOrCyclePath,
  kBusStop,
  kDeadEnd,
  kDirection,      // signposts
  kDelineation,    // chevrons, beacons, guide boards
  kStopLine,       // painted
  kPaintedMark,    // other paint: zebra, arrows
  kSupplementary,  // plate under another sign
  kOther,          // a grey board
};

std::string_view to_string(SignalKind kind);
bool is_light(SignalKind kind);
// Lies on the road surface instead of standing beside it.
bool is_painted(SignalKind kind);
// May make a vehicle stop or wait: lights for vehicles, stop and yield signs.
bool rules_entry(SignalKind kind);

// "DE" for "de", "GERMANY", "DEU"; ISO 3166 alpha-2 where known; "OpenDRIVE" for its own catalogue;
// what is not known in capitals; empty stays empty.
std::string country_code(std::string_view country);

struct SignalMeaning {
  SignalKind kind = SignalKind::kOther;
  std::string country;   // as country_code gives it
  double speed_mps = 0;  // of speed limits, zones, minimum and advisory speeds; 0: not said
  bool by_name = false;  // the type says nothing known; the name does
};
SignalMeaning meaning_of(const RoadSignal& signal);

// Which ways an arrow light is for (OpenDRIVE 1000008 to 1000012 with subtype 10, 20, ...). All
// false: a full disc, for all ways.
struct LightArrows {
  bool left = false, straight = false, right = false;
};
LightArrows arrows_of(const RoadSignal& signal);

}  // namespace oddroad::road
