// What the few signals that drivers obey mean, by OpenDRIVE type, subtype and country.
#pragma once

#include "engine/road/road.h"

namespace oddroad::traffic {

enum class SignalKind {
  kOther,
  kLight,            // for vehicles
  kPedestrianLight,  // for people (and bicycles) who cross
  kStop,
  kYield,
  kPriorityRoad,
  kSpeedLimit,
};

SignalKind classify(const road::RoadSignal& signal);
// Of a speed limit sign; 0 if it does not say.
double limit_of_sign_mps(const road::RoadSignal& signal);
// Red and yellow together before green?
bool has_red_yellow(const road::RoadSignal& light);

}  // namespace oddroad::traffic
