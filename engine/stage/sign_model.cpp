#include "engine/stage/sign_model.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace oddroad::stage {
namespace {

using Kind = road::SignalKind;
using world::SignalState;

std::string head_type(const road::PlacedSignal& signal) {
  if (signal.kind == Kind::kTrafficLightPedestrian || signal.kind == Kind::kTrafficLightBicycle) {
    return "signal.pedestrian";
  }
  if (signal.kind == Kind::kTrafficLightOther) return "signal.vehicle2";
  const road::LightArrows& arrows = signal.arrows;
  const bool one_way = arrows.left + arrows.straight + arrows.right == 1;
  return one_way ? "signal.arrow" : "signal.vehicle3";
}

std::string board_type(Kind kind) {
  switch (kind) {
    case Kind::kStop:
      return "sign.stop";
    case Kind::kYield:
      return "sign.yield";
    case Kind::kPriorityRoad:
      return "sign.priority";
    case Kind::kSpeedLimit:
    case Kind::kSpeedZone:
    case Kind::kMinimumSpeed:
    case Kind::kAdvisorySpeed:
      return "sign.speed_limit";
    case Kind::kSpeedLimitEnd:
    case Kind::kSpeedZoneEnd:
    case Kind::kEndOfRestrictions:
      return "sign.end_of_limit";
    case Kind::kNoEntry:
      return "sign.no_entry";
    case Kind::kOneWay:
      return "sign.one_way";
    case Kind::kRoundabout:
      return "sign.roundabout";
    case Kind::kNoOvertaking:
      return "sign.no_overtaking";
    case Kind::kCrosswalk:
      return "sign.crosswalk";
    case Kind::kTownSign:
      return "sign.town";
    case Kind::kDelineation:
      return "sign.chevron";
    case Kind::kPriorityNextJunction:
    case Kind::kPedestrians:
    case Kind::kChildren:
    case Kind::kCurve:
    case Kind::kSlippery:
    case Kind::kRoadWorks:
    case Kind::kLevelCrossing:
    case Kind::kLightAhead:
    case Kind::kWarning:
      return "sign.warning";
    default:
      return "sign.board";
  }
}

bool is_plate(const std::string& type) {
  return type == "sign.board" || type == "sign.one_way" || type == "sign.town" ||
         type == "sign.chevron";
}

bool prints_mph(const std::string& country) {
  return country == "US" || country == "GB";
}

SignLooks head_looks(const road::PlacedSignal& signal) {
  SignLooks out;
  out.request.type = head_type(signal);
  out.request.numbers["pole"] = 0;
  if (signal.size_said) {  // three lenses and rims are 4.4 lens diameters tall, two 3
    const double lenses = out.request.type == "signal.pedestrian" ? 3.0 : 4.4;
    out.request.numbers["lens"] = std::clamp(signal.height_m / lenses, .15, .3);
  }
  if (out.request.type == "signal.arrow") {
    out.request.numbers["direction"] = signal.arrows.left ? 1 : signal.arrows.right ? -1 : 0;
  }
  out.lower_m = 2.3;
  return out;
}

}  // namespace

std::optional<SignLooks> looks_of(const road::PlacedSignal& signal) {
  if (road::is_painted(signal.kind)) return std::nullopt;
  if (road::is_light(signal.kind)) return head_looks(signal);
  SignLooks out;
  out.request.type = board_type(signal.kind);
  auto& numbers = out.request.numbers;
  numbers["post"] = 0;
  if (signal.size_said && is_plate(out.request.type)) {
    numbers["width"] = std::clamp(signal.width_m, .2, 12.0);
    numbers["height"] = std::clamp(signal.height_m, .1, 8.0);
  } else if (signal.size_said) {
    numbers["size"] = std::clamp(std::max(signal.width_m, signal.height_m), .3, 1.6);
  }
  if (out.request.type == "sign.speed_limit" || out.request.type == "sign.end_of_limit") {
    const double unit_mps = prints_mph(signal.country) ? 0.44704 : 1 / 3.6;
    const double printed = std::round(signal.speed_mps / unit_mps);
    if (printed > 0) numbers["value"] = std::clamp(printed, 5.0, 150.0);
  }
  return out;
}

std::map<SignalState, std::shared_ptr<const asset::Model>> lit_looks(
    const std::shared_ptr<const asset::Model>& model) {
  std::map<SignalState, std::shared_ptr<const asset::Model>> out;
  if (model->lamps.empty()) return out;
  const auto lit = [&](const std::set<std::string>& names) {
    auto look = std::make_shared<asset::Model>(*model);
    for (const asset::Lamp& lamp : model->lamps) {
      if (names.contains(lamp.name)) look->materials[lamp.off] = model->materials[lamp.on];
    }
    return look;
  };
  out[SignalState::kRed] = lit({"red"});
  out[SignalState::kRedYellow] = lit({"red", "yellow"});
  out[SignalState::kYellow] = lit({"yellow"});
  out[SignalState::kGreen] = lit({"green"});
  return out;
}

}  // namespace oddroad::stage
