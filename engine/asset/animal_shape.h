// The measures and colours of a quadruped, drawn for one request: what rig, mesh and gait need.
//
// Withers height, elbow height, girth, neck and head of each kind are class averages of adult
// animals; of wild kinds, whose published body lengths include the head, the trunk is what is left
// without neck and head. Lengths in metres, angles in radians.
#pragma once

#include <string>
#include <vector>

#include "engine/asset/material.h"
#include "engine/asset/prop.h"

namespace oddroad::asset {

enum class Kind { kRoe, kRedDeer, kMoose, kBoar, kDog, kCat, kFox, kCow, kHorse, kSheep };

struct AnimalShape {
  Kind kind = Kind::kRoe;
  double withers_m = 0, trunk_m = 0, elbow_m = 0;
  double chest_depth_m = 0, chest_width_m = 0;
  double neck_m = 0, neck_rad = 0, neck_base = 0;  // length, above the horizontal, depth / chest
  double head_m = 0, head_rad = 0;                 // length, below the horizontal
  double head_depth = 0, head_width = 0;           // at the jaw / head length
  double muzzle = 0;                               // depth at the nose / at the jaw
  double leg_m = 0;                                // fore-aft width of the cannon
  double croup = 1, hump_m = 0,
         tuck = .8;  // croup / withers; over the withers; flank depth / chest
  double tail_m = 0, tail_radius_m = 0, tail_rad = 0;  // length, radius, below the horizontal
  double ear_m = 0;
  bool paws = false;     // else hooves
  double antlers_m = 0;  // 0 = none
  double coat_m = 0;     // wool or fur over the body that girth does not count

  [[nodiscard]] double hip_m() const { return croup * withers_m - .40 * chest_depth_m; }
};

// Materials of every animal, in this order.
enum AnimalMaterial : std::uint16_t {
  kCoatBack,
  kCoatBelly,
  kCoatLegs,
  kCoatFace,
  kCoatMane,
  kCoatMarks,
  kHoof,
  kHorn,
  kEye,
  kNose,
};
struct AnimalCoat {
  std::vector<Material> materials;
  double patches = 0;      // share of the body in kCoatMarks, in patches (cow, dog)
  double belly_line = -1;  // of the body's half depth: kCoatBelly below it
  bool rump = false;       // a patch of kCoatMarks around the tail
  bool tail_tip = false;   // kCoatMarks
};

std::vector<NumberRange> animal_numbers(Kind kind);
AnimalShape animal_shape(Kind kind, const PropNumbers& numbers);
AnimalCoat animal_coat(Kind kind, const PropNumbers& numbers);

}  // namespace oddroad::asset
