#include "engine/scenario/together.h"

#include <algorithm>
#include <map>
#include <vector>

namespace oddroad::scenario {

namespace {

using Matters = std::vector<const char*>;

constexpr const char* kMotion = "how it moves";
constexpr const char* kSpeed = "how fast it goes";
constexpr const char* kSide = "where it is across the lane";
constexpr const char* kLane = "which lane it follows";
constexpr const char* kDoors = "its doors";
constexpr const char* kLamps = "its lamps";
constexpr const char* kLook = "where it looks";

// Of verbs that are not here: all of the motion.
const Matters& matters_of(const std::string& verb) {
  static const Matters kAll = {kMotion, kSpeed, kSide, kLane};
  static const std::map<std::string, Matters> kPart = {
      {"go", {kSpeed}},      {"stop", {kSpeed}},
      {"brake", {kSpeed}},   {"keep", {kSpeed}},
      {"reverse", {kSpeed}}, {"overtake", {kSpeed, kSide}},
      {"offset", {kSide}},   {"swerve", {kSide}},
      {"turn", {kLane}},     {"change_lane", {kSide, kLane}},
      {"route", {kLane}},    {"open_door", {kDoors}},
      {"lights", {kLamps}},  {"look_at", {kLook}},
  };
  const auto found = kPart.find(verb);
  return found == kPart.end() ? kAll : found->second;
}

}  // namespace

std::string both_settle(const std::string& verb, const std::string& other) {
  const Matters& theirs = matters_of(other);
  for (const char* matter : matters_of(verb)) {
    if (std::find(theirs.begin(), theirs.end(), matter) != theirs.end()) return matter;
  }
  return {};
}

}  // namespace oddroad::scenario
