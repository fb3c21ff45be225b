#include "engine/road/signal_kind.h"

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>

#include "engine/road/signal_tables.h"
#include "engine/road/words.h"

namespace oddroad::road {
namespace {

constexpr double kKmh_mps = 1 / 3.6;
constexpr double kMph_mps = 0.44704;

struct Named {
  SignalKind kind;
  std::string_view name;
};
constexpr std::array kNames = {
    Named{SignalKind::kTrafficLight, "traffic light"},
    Named{SignalKind::kTrafficLightPedestrian, "pedestrian light"},
    Named{SignalKind::kTrafficLightBicycle, "bicycle light"},
    Named{SignalKind::kTrafficLightOther, "other light"},
    Named{SignalKind::kStop, "stop"},
    Named{SignalKind::kYield, "yield"},
    Named{SignalKind::kPriorityRoad, "priority road"},
    Named{SignalKind::kPriorityNextJunction, "priority at next junction"},
    Named{SignalKind::kEndOfPriority, "end of priority"},
    Named{SignalKind::kPriorityOverOncoming, "priority over oncoming"},
    Named{SignalKind::kYieldToOncoming, "yield to oncoming"},
    Named{SignalKind::kSpeedLimit, "speed limit"},
    Named{SignalKind::kSpeedLimitEnd, "speed limit end"},
    Named{SignalKind::kSpeedZone, "speed zone"},
    Named{SignalKind::kSpeedZoneEnd, "speed zone end"},
    Named{SignalKind::kMinimumSpeed, "minimum speed"},
    Named{SignalKind::kAdvisorySpeed, "advisory speed"},
    Named{SignalKind::kEndOfRestrictions, "end of restrictions"},
    Named{SignalKind::kNoEntry, "no entry"},
    Named{SignalKind::kNoVehicles, "no vehicles"},
    Named{SignalKind::kOneWay, "one way"},
    Named{SignalKind::kMandatoryDirection, "mandatory direction"},
    Named{SignalKind::kKeepSide, "keep side"},
    Named{SignalKind::kRoundabout, "roundabout"},
    Named{SignalKind::kNoTurn, "no turn"},
    Named{SignalKind::kNoOvertaking, "no overtaking"},
    Named{SignalKind::kNoOvertakingEnd, "no overtaking end"},
    Named{SignalKind::kNoParking, "no parking"},
    Named{SignalKind::kParking, "parking"},
    Named{SignalKind::kCrosswalk, "crosswalk"},
    Named{SignalKind::kPedestrians, "pedestrians"},
    Named{SignalKind::kChildren, "children"},
    Named{SignalKind::kCurve, "curve"},
    Named{SignalKind::kSlippery, "slippery"},
    Named{SignalKind::kRoadWorks, "road works"},
    Named{SignalKind::kLevelCrossing, "level crossing"},
    Named{SignalKind::kLightAhead, "light ahead"},
    Named{SignalKind::kWarning, "warning"},
    Named{SignalKind::kTownSign, "town sign"},
    Named{SignalKind::kTownSignEnd, "town sign end"},
    Named{SignalKind::kLivingStreet, "living street"},
    Named{SignalKind::kLivingStreetEnd, "living street end"},
    Named{SignalKind::kMotorway, "motorway"},
    Named{SignalKind::kMotorwayEnd, "motorway end"},
    Named{SignalKind::kExpressway, "expressway"},
    Named{SignalKind::kExpresswayEnd, "expressway end"},
    Named{SignalKind::kFootOrCyclePath, "foot or cycle path"},
    Named{SignalKind::kBusStop, "bus stop"},
    Named{SignalKind::kDeadEnd, "dead end"},
    Named{SignalKind::kDirection, "direction"},
    Named{SignalKind::kDelineation, "delineation"},
    Named{SignalKind::kStopLine, "stop line"},
    Named{SignalKind::kPaintedMark, "painted mark"},
    Named{SignalKind::kSupplementary, "supplementary"},
    Named{SignalKind::kOther, "other"},
};

bool says_nothing(std::string_view text) {
  return text.empty() || text == "-1" || text == "none" || text == "NONE";
}

std::optional<double> to_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

// Type and subtype as one code: "274" "55" -> "274-55", "R1" "1" -> "R1-1", "c" "31" -> "C31".
std::string code_of(const std::string& country, const RoadSignal& signal) {
  const std::string type = capitals(signal.type);
  const std::string subtype = capitals(signal.subtype);
  if (says_nothing(type)) return {};
  if (says_nothing(subtype)) return type;
  const bool letter = type.size() == 1 && std::isalpha(static_cast<unsigned char>(type[0])) != 0;
  return country == "SE" && letter ? type + subtype : type + "-" + subtype;
}

// Names that spell out country and code: "de_274-50".
struct SpelledOut {
  std::string country, code;
};
std::optional<SpelledOut> spelled_out(std::string_view name) {
  if (name.size() < 5 || name[2] != '_') return std::nullopt;
  const std::string country = country_code(name.substr(0, 2));
  if (!has_signal_table(country)) return std::nullopt;
  return SpelledOut{country, capitals(name.substr(3))};
}

// The last number in a text: "274-50" 50, "Speed_30" 30, "speed_50_1" 50.
std::optional<double> number_in_name(std::string_view name) {
  std::size_t i = 0;
  while (i < name.size()) {
    if (std::isdigit(static_cast<unsigned char>(name[i])) == 0) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < name.size() && std::isdigit(static_cast<unsigned char>(name[end])) != 0) ++end;
    const auto value = to_number(name.substr(i, end - i));
    if (value && *value >= 5 && *value <= 200) return value;
    i = end;
  }
  return std::nullopt;
}

bool has_speed(SignalKind kind) {
  return kind == SignalKind::kSpeedLimit || kind == SignalKind::kSpeedZone ||
         kind == SignalKind::kMinimumSpeed || kind == SignalKind::kAdvisorySpeed;
}

double unit_mps(const std::string& country, const std::string& unit) {
  if (unit == "m/s") return 1;
  if (unit == "mph") return kMph_mps;
  if (unit == "km/h" || unit == "kmh" || unit == "kph") return kKmh_mps;
  return country == "US" || country == "GB" ? kMph_mps : kKmh_mps;
}

// The old German subtypes count tens of km/h from 50 on: 274-55 is 50 km/h, 274-62 is 120 km/h.
std::optional<double> german_subtype_kmh(std::string_view subtype) {
  const auto number = to_number(subtype);
  if (!number || *number != std::floor(*number)) return std::nullopt;
  if (*number < 0 || *number > 1000) return std::nullopt;
  const int tens = static_cast<int>(*number) - 50;
  if (tens >= 1 && tens <= 13 && tens != 10) return 10.0 * tens;
  if (*number >= 5 && *number <= 130) return *number;
  return std::nullopt;
}

double speed_of(const std::string& country, const RoadSignal& signal, std::string_view subtype) {
  const double unit = unit_mps(country, signal.unit);
  if (signal.value > 0) {
    // Sweden's catalogue counts tens: C31-5 is 50 km/h.
    const bool tens = country == "SE" && signal.unit.empty() && signal.value <= 13;
    return signal.value * (tens ? 10 : 1) * unit;
  }
  if (country == "US" || country == "GB" || country == "SE") {
    const auto number = number_in_name(signal.text.empty() ? signal.name : signal.text);
    return number ? *number * unit : 0;
  }
  if (!says_nothing(subtype)) {
    if (const auto kmh = german_subtype_kmh(subtype)) return *kmh * kKmh_mps;
  }
  const auto number = number_in_name(signal.text.empty() ? signal.name : signal.text);
  return number ? *number * unit : 0;
}

}  // namespace

std::string_view to_string(SignalKind kind) {
  for (const Named& named : kNames) {
    if (named.kind == kind) return named.name;
  }
  return "other";
}

bool is_light(SignalKind kind) {
  return kind <= SignalKind::kTrafficLightOther;
}

bool is_painted(SignalKind kind) {
  return kind == SignalKind::kStopLine || kind == SignalKind::kPaintedMark;
}

bool rules_entry(SignalKind kind) {
  return kind == SignalKind::kTrafficLight || kind == SignalKind::kStop ||
         kind == SignalKind::kYield;
}

SignalMeaning meaning_of(const RoadSignal& signal) {
  SignalMeaning out;
  out.country = country_code(signal.country);
  const std::string code = code_of(out.country, signal);
  std::string_view subtype = signal.subtype;
  std::optional<SignalKind> kind;
  if (!code.empty()) kind = signal_from_table(out.country, code);
  const auto spelled = kind ? std::nullopt : spelled_out(signal.name);
  if (spelled) {
    kind = signal_from_table(spelled->country, spelled->code);
    out.by_name = kind.has_value();
    if (kind) {
      out.country = spelled->country;
      const auto dash = spelled->code.rfind('-');
      subtype = dash == std::string::npos ? "" : std::string_view(spelled->code).substr(dash + 1);
    }
  }
  if (!kind) {
    kind = signal_from_words(signal.name);
    out.by_name = kind.has_value();
  }
  out.kind = kind.value_or(SignalKind::kOther);
  if (has_speed(out.kind)) out.speed_mps = speed_of(out.country, signal, subtype);
  return out;
}

LightArrows arrows_of(const RoadSignal& signal) {
  if (signal.type < "1000008" || signal.type > "1000012" || signal.type.size() != 7) return {};
  if (signal.subtype == "10") return {.left = true};
  if (signal.subtype == "20") return {.right = true};
  if (signal.subtype == "30") return {.straight = true};
  if (signal.subtype == "40") return {.left = true, .straight = true};
  if (signal.subtype == "50") return {.straight = true, .right = true};
  if (signal.subtype == "60") return {.left = true, .right = true};
  return {};
}

}  // namespace oddroad::road
