#include "engine/road/signal_tables.h"

#include <array>
#include <cctype>
#include <span>
#include <string>

#include "engine/road/words.h"

namespace oddroad::road {
namespace {

// Numbers of one meaning, between spaces.
struct Family {
  SignalKind kind;
  std::string_view codes;
};

struct Entry {
  std::string_view words;
  SignalKind kind;
};

// Lights of OpenDRIVE's own catalogue; every country's file may use them.
constexpr std::array kLights = {
    Family{SignalKind::kTrafficLight, " 1000001 1000008 1000009 1000010 1000011 1000012 "},
    Family{SignalKind::kTrafficLightPedestrian, " 1000002 1000007 "},
    Family{SignalKind::kTrafficLightOther,
           " 1000003 1000004 1000005 1000006 1000014 1000015 1000016 1000017 1000018 1000019 "
           "1000020 "},
    Family{SignalKind::kTrafficLightBicycle, " 1000013 "},
};

// VzKat of Germany.
constexpr std::array kGermany = {
    Family{SignalKind::kWarning,
           " 101 102 108 110 112 115 117 120 121 124 125 128 138 142 144 145 "},
    Family{SignalKind::kCurve, " 103 105 "},
    Family{SignalKind::kSlippery, " 113 114 "},
    Family{SignalKind::kRoadWorks, " 123 "},
    Family{SignalKind::kLightAhead, " 131 "},
    Family{SignalKind::kPedestrians, " 133 134 "},
    Family{SignalKind::kCrosswalk, " 350 "},
    Family{SignalKind::kChildren, " 136 "},
    Family{SignalKind::kLevelCrossing, " 150 151 153 156 157 159 162 201 "},
    Family{SignalKind::kYield, " 205 "},
    Family{SignalKind::kStop, " 206 "},
    Family{SignalKind::kYieldToOncoming, " 208 "},
    Family{SignalKind::kMandatoryDirection, " 209 211 214 "},
    Family{SignalKind::kRoundabout, " 215 "},
    Family{SignalKind::kOneWay, " 220 353 "},
    Family{SignalKind::kKeepSide, " 222 "},
    Family{SignalKind::kOther, " 223 245 268 270.1 273 327 328 354 356 358 365 "},
    Family{SignalKind::kBusStop, " 224 "},
    Family{SignalKind::kNoParking, " 229 283 286 290.1 "},
    Family{SignalKind::kFootOrCyclePath, " 237 238 239 240 241 242.1 244.1 "},
    Family{SignalKind::kNoVehicles,
           " 250 251 253 254 255 257 259 260 261 262 263 264 265 266 269 "},
    Family{SignalKind::kNoEntry, " 267 "},
    Family{SignalKind::kNoTurn, " 272 "},
    Family{SignalKind::kSpeedLimit, " 274 "},
    Family{SignalKind::kSpeedZone, " 274.1 "},
    Family{SignalKind::kSpeedZoneEnd, " 274.2 "},
    Family{SignalKind::kMinimumSpeed, " 275 "},
    Family{SignalKind::kNoOvertaking, " 276 277 "},
    Family{SignalKind::kSpeedLimitEnd, " 278 279 "},
    Family{SignalKind::kNoOvertakingEnd, " 280 281 "},
    Family{SignalKind::kEndOfRestrictions, " 282 "},
    Family{SignalKind::kPaintedMark, " 293 295 296 297 297.1 298 299 341 "},
    Family{SignalKind::kStopLine, " 294 "},
    Family{SignalKind::kPriorityNextJunction, " 301 "},
    Family{SignalKind::kPriorityRoad, " 306 "},
    Family{SignalKind::kEndOfPriority, " 307 "},
    Family{SignalKind::kPriorityOverOncoming, " 308 "},
    Family{SignalKind::kTownSign, " 310 385 "},
    Family{SignalKind::kTownSignEnd, " 311 "},
    Family{SignalKind::kParking, " 314 315 "},
    Family{SignalKind::kLivingStreet, " 325 325.1 "},
    Family{SignalKind::kLivingStreetEnd, " 325.2 326 "},
    Family{SignalKind::kMotorway, " 330 330.1 "},
    Family{SignalKind::kMotorwayEnd, " 330.2 334 "},
    Family{SignalKind::kExpressway, " 331 331.1 "},
    Family{SignalKind::kExpresswayEnd, " 331.2 336 "},
    Family{SignalKind::kDirection,
           " 332 333 386 401 405 406 410 415 418 430 432 434 438 439 440 448 449 450 453 454 455 "
           "457 460 501 511 531 "},
    Family{SignalKind::kDeadEnd, " 357 "},
    Family{SignalKind::kAdvisorySpeed, " 380 381 "},
    Family{SignalKind::kDelineation, " 600 605 610 615 616 620 625 626 628 "},
    Family{SignalKind::kSupplementary,
           " 1000 1001 1002 1004 1006 1010 1012 1020 1022 1024 1026 1040 1042 1044 1048 1049 1052 "
           "1053 1060 "},
};

// MUTCD.
constexpr std::array kUsa = {
    Family{SignalKind::kStop, " R1-1 "},
    Family{SignalKind::kYield, " R1-2 "},
    Family{SignalKind::kSupplementary, " R1-3 R10-6 W16 "},
    Family{SignalKind::kCrosswalk, " R1-5 R1-6 "},
    Family{SignalKind::kSpeedLimit, " R2-1 R2-5 S5-1 "},
    Family{SignalKind::kMinimumSpeed, " R2-4 "},
    Family{SignalKind::kNoTurn, " R3-1 R3-2 R3-3 R3-4 "},
    Family{SignalKind::kMandatoryDirection, " R3-5 R3-6 R3-7 R3-8 "},
    Family{SignalKind::kNoOvertaking, " R4-1 W14-3 "},
    Family{SignalKind::kNoOvertakingEnd, " R4-2 "},
    Family{SignalKind::kKeepSide, " R4-7 R4-8 "},
    Family{SignalKind::kNoEntry, " R5-1 "},
    Family{SignalKind::kNoVehicles, " R5-2 R5-3 "},
    Family{SignalKind::kOneWay, " R6-1 R6-2 "},
    Family{SignalKind::kRoundabout, " R6-4 R6-5 W2-6 "},
    Family{SignalKind::kNoParking, " R7 R8-3 R8-4 "},
    Family{SignalKind::kLevelCrossing, " R15-1 W10-1 "},
    Family{SignalKind::kChildren, " S1-1 S4-3 "},
    Family{SignalKind::kCurve, " W1-1 W1-2 W1-3 W1-4 W1-5 W1 "},
    Family{SignalKind::kDelineation, " W1-6 W1-8 OM "},
    Family{SignalKind::kLightAhead, " W3-3 "},
    Family{SignalKind::kSlippery, " W8-5 "},
    Family{SignalKind::kPedestrians, " W11-2 "},
    Family{SignalKind::kAdvisorySpeed, " W13-1 "},
    Family{SignalKind::kDeadEnd, " W14-1 W14-2 "},
    Family{SignalKind::kRoadWorks, " W20-1 W21-1 "},
    Family{SignalKind::kWarning, " W2 W3 W4 W5 W6 W7 W8 W9 W11 W12 "},
    Family{SignalKind::kDirection, " D1 D3 E5 M "},
    Family{SignalKind::kParking, " D4 "},
};

// TSFS 2019:74.
constexpr std::array kSweden = {
    Family{SignalKind::kCurve, " A1 A2 "},
    Family{SignalKind::kSlippery, " A10 "},
    Family{SignalKind::kPedestrians, " A13 A14 "},
    Family{SignalKind::kChildren, " A15 "},
    Family{SignalKind::kRoadWorks, " A20 "},
    Family{SignalKind::kLightAhead, " A22 "},
    Family{SignalKind::kLevelCrossing, " A35 A36 A39 "},
    Family{SignalKind::kWarning, " A "},
    Family{SignalKind::kYield, " B1 "},
    Family{SignalKind::kStop, " B2 "},
    Family{SignalKind::kCrosswalk, " B3 "},
    Family{SignalKind::kPriorityRoad, " B4 "},
    Family{SignalKind::kEndOfPriority, " B5 "},
    Family{SignalKind::kYieldToOncoming, " B6 "},
    Family{SignalKind::kPriorityOverOncoming, " B7 "},
    Family{SignalKind::kNoEntry, " C1 "},
    Family{SignalKind::kNoVehicles, " C2 C3 C4 C5 C6 C7 C8 C9 C10 "},
    Family{SignalKind::kNoTurn, " C25 C26 "},
    Family{SignalKind::kNoOvertaking, " C27 C29 "},
    Family{SignalKind::kNoOvertakingEnd, " C28 C30 "},
    Family{SignalKind::kSpeedLimit, " C31 "},
    Family{SignalKind::kSpeedLimitEnd, " C32 "},
    Family{SignalKind::kNoParking, " C35 C39 "},
    Family{SignalKind::kMandatoryDirection, " D1 "},
    Family{SignalKind::kKeepSide, " D2 "},
    Family{SignalKind::kRoundabout, " D3 "},
    Family{SignalKind::kFootOrCyclePath, " D4 D5 D6 D7 "},
    Family{SignalKind::kMotorway, " E1 "},
    Family{SignalKind::kMotorwayEnd, " E2 "},
    Family{SignalKind::kExpressway, " E3 "},
    Family{SignalKind::kExpresswayEnd, " E4 "},
    Family{SignalKind::kTownSign, " E5 "},
    Family{SignalKind::kTownSignEnd, " E6 "},
    Family{SignalKind::kLivingStreet, " E9 "},
    Family{SignalKind::kLivingStreetEnd, " E10 "},
    Family{SignalKind::kAdvisorySpeed, " E11 E13 "},
    Family{SignalKind::kOneWay, " E16 "},
    Family{SignalKind::kDeadEnd, " E17 "},
    Family{SignalKind::kParking, " E19 "},
    Family{SignalKind::kBusStop, " E22 E23 "},
    Family{SignalKind::kDirection, " F "},
    Family{SignalKind::kPaintedMark, " M14 M15 "},
    Family{SignalKind::kStopLine, " M13 "},
    Family{SignalKind::kSupplementary, " T "},
    Family{SignalKind::kDelineation, " X "},
};

// TSRGD 2016 diagrams.
constexpr std::array kBritain = {
    Family{SignalKind::kStop, " 601.1 "},
    Family{SignalKind::kYield, " 602 "},
    Family{SignalKind::kMandatoryDirection, " 606 609 "},
    Family{SignalKind::kKeepSide, " 610 "},
    Family{SignalKind::kRoundabout, " 611.1 510 "},
    Family{SignalKind::kNoTurn, " 612 613 614 "},
    Family{SignalKind::kNoEntry, " 616 "},
    Family{SignalKind::kNoVehicles, " 617 619 "},
    Family{SignalKind::kNoOvertaking, " 632 "},
    Family{SignalKind::kYieldToOncoming, " 615 "},
    Family{SignalKind::kPriorityOverOncoming, " 811 "},
    Family{SignalKind::kOneWay, " 652 "},
    Family{SignalKind::kSpeedLimit, " 670 "},
    Family{SignalKind::kEndOfRestrictions, " 671 "},
    Family{SignalKind::kMinimumSpeed, " 672 "},
    Family{SignalKind::kSpeedZone, " 674 "},
    Family{SignalKind::kSpeedZoneEnd, " 675 "},
    Family{SignalKind::kWarning, " 501 "},
    Family{SignalKind::kCurve, " 512 513 "},
    Family{SignalKind::kLightAhead, " 543 "},
    Family{SignalKind::kCrosswalk, " 544 "},
    Family{SignalKind::kChildren, " 545 "},
    Family{SignalKind::kSlippery, " 557 "},
    Family{SignalKind::kLevelCrossing, " 770 771 "},
    Family{SignalKind::kRoadWorks, " 7001 "},
    Family{SignalKind::kDeadEnd, " 816 "},
    Family{SignalKind::kPaintedMark, " 1001 1003 "},
    Family{SignalKind::kStopLine, " 1002.1 "},
};

// Words of names, the more telling first.
constexpr std::array kWords = {
    Entry{"pedestrian light", SignalKind::kTrafficLightPedestrian},
    Entry{"pedestrian signal", SignalKind::kTrafficLightPedestrian},
    Entry{"traffic light", SignalKind::kTrafficLight},
    Entry{"trafficlight", SignalKind::kTrafficLight},
    Entry{"signal light", SignalKind::kTrafficLight},
    Entry{"stop line", SignalKind::kStopLine},
    Entry{"stopline", SignalKind::kStopLine},
    Entry{"stop", SignalKind::kStop},
    Entry{"yield", SignalKind::kYield},
    Entry{"give way", SignalKind::kYield},
    Entry{"giveway", SignalKind::kYield},
    Entry{"speed lowest", SignalKind::kMinimumSpeed},
    Entry{"minimum speed", SignalKind::kMinimumSpeed},
    Entry{"speed highest", SignalKind::kSpeedLimit},
    Entry{"speed limit end", SignalKind::kSpeedLimitEnd},
    Entry{"speed limit", SignalKind::kSpeedLimit},
    Entry{"speedlimit", SignalKind::kSpeedLimit},
    Entry{"speed", SignalKind::kSpeedLimit},
    Entry{"no entry", SignalKind::kNoEntry},
    Entry{"do not enter", SignalKind::kNoEntry},
    Entry{"one way", SignalKind::kOneWay},
    Entry{"oneway", SignalKind::kOneWay},
    Entry{"roundabout", SignalKind::kRoundabout},
    Entry{"crosswalk", SignalKind::kCrosswalk},
    Entry{"zebra", SignalKind::kCrosswalk},
    Entry{"children", SignalKind::kChildren},
    Entry{"school", SignalKind::kChildren},
    Entry{"pedestrian", SignalKind::kPedestrians},
    Entry{"overtaking ban end", SignalKind::kNoOvertakingEnd},
    Entry{"overtaking ban", SignalKind::kNoOvertaking},
    Entry{"no overtaking", SignalKind::kNoOvertaking},
    Entry{"construction", SignalKind::kRoadWorks},
    Entry{"road works", SignalKind::kRoadWorks},
    Entry{"priority road", SignalKind::kPriorityRoad},
    Entry{"parking", SignalKind::kParking},
    Entry{"bus stop", SignalKind::kBusStop},
};

std::span<const Family> table_of(std::string_view country) {
  if (country == "US") return kUsa;
  if (country == "SE") return kSweden;
  if (country == "GB") return kBritain;
  return kGermany;
}

// A letter alone in a table stands for the whole family ("A" for "A5").
bool matches(std::string_view code, std::string_view entry) {
  if (code.substr(0, entry.size()) != entry) return false;
  if (code.size() == entry.size() || code[entry.size()] == '-') return true;
  const bool family = std::isdigit(static_cast<unsigned char>(entry.back())) == 0;
  return family && std::isdigit(static_cast<unsigned char>(code[entry.size()])) != 0;
}

std::optional<SignalKind> longest(std::span<const Family> table, std::string_view code) {
  std::optional<SignalKind> best;
  std::size_t length = 0;
  for (const Family& family : table) {
    for (std::size_t at = 1; at < family.codes.size();) {
      const std::size_t end = family.codes.find(' ', at);
      const std::string_view entry = family.codes.substr(at, end - at);
      if (entry.size() > length && matches(code, entry)) {
        length = entry.size();
        best = family.kind;
      }
      at = end + 1;
    }
  }
  return best;
}

}  // namespace

std::optional<SignalKind> signal_from_table(std::string_view country, std::string_view code) {
  if (const auto light = longest(kLights, code)) return light;
  return longest(table_of(country), code);
}

bool has_signal_table(std::string_view country) {
  return country == "DE" || country == "OpenDRIVE" || country == "US" || country == "SE" ||
         country == "GB";
}

std::optional<SignalKind> signal_from_words(std::string_view name) {
  const std::string words = words_of(name);
  for (const Entry& entry : kWords) {
    if (words.find(" " + std::string(entry.words) + " ") != std::string::npos) return entry.kind;
  }
  return std::nullopt;
}

}  // namespace oddroad::road
