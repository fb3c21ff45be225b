// Which things of a clip are shown with fewer triangles (engine/asset/detail_level.h).
//
// A level belongs to the clip, not to a frame: a rigid thing whose least distance to the sensors
// over the clip is d has the coarsest level whose error is at most d times a small angle. So
// nothing changes while it is looked at, and all sensors, labels and proofs see the same triangles.
// Ground, living things, the ego and traffic lights are always shown in full.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "engine/world/static_world.h"
#include "engine/world/timeline.h"

namespace oddroad::world {

// 0.2 px of a KITTI camera (focal length 721 px); at 67 m the 2 cm that LiDARs range by chance.
inline constexpr double kLevelError_rad = 3e-4;
// Triangles in the scene, each thing's own counted. A crowded town has 15 million in full.
inline constexpr std::size_t kTriangleBudget = 20'000'000;

struct LevelRule {
  double error_rad = kLevelError_rad;  // 0: everything in full while the budget holds
  std::size_t budget = kTriangleBudget;
};

struct LevelOutcome {
  std::size_t full_triangles = 0;  // before and after
  std::size_t triangles = 0;
  std::size_t coarser_things = 0;
  // What the budget asked for: more than LevelRule::error_rad where it could not be kept otherwise.
  double error_rad = 0;
  bool within_budget = true;
};

// Where the budget asked for more than the rule's angle, what a clip records among its parameters:
// "levels.error" in radians and "levels.triangles", the number that is left. Else nothing.
std::map<std::string, double> told(const LevelRule& rule, const LevelOutcome& outcome);

// Level 0 is the full model. Called from several threads.
using LevelMaker = std::function<std::shared_ptr<const asset::Model>(
    const std::shared_ptr<const asset::Model>& full, int level)>;

// Gives each thing its level; asset::make_level if `make` is empty. While there are more triangles
// than the budget, the permitted angle is doubled, for the farthest things first. Equal arguments
// give equal worlds.
LevelOutcome choose_levels(const LevelRule& rule, const LevelMaker& make, Timeline& timeline,
                           StaticWorld& stage);

}  // namespace oddroad::world
