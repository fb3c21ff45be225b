// Proportions and cross-sections of a human body. Everything is a fraction of the barefoot stature
// unless a name ends in _m. Segment ends after Drillis and Contini (1966); cross-sections were
// chosen so that the volumes match the body masses of each age at a density near 1.
#pragma once

#include <vector>

namespace oddroad::asset {

// One cross-section: an ellipse-like ring. `at` is the height above the ground (torso, neck, leg)
// or the distance from the shoulder joint (arm).
struct BodySection {
  double at = 0;
  double breadth = 0;
  double depth = 0;
  double forward = 0;  // of the ring's centre
};

struct BodyShape {
  double stature_m = 1.7;  // barefoot
  double sole_m = 0.02;    // the body stands on this
  bool female = false;
  double crotch = 0;
  double hip = 0;  // height of the hip joints
  double knee = 0;
  double ankle = 0;
  double shoulder = 0;  // height of the shoulder joints
  double chin = 0;
  double half_shoulder = 0;  // lateral offset of the shoulder joints
  double half_hip = 0;
  double upper_arm = 0;
  double forearm = 0;
  double hand = 0;
  double foot_length = 0;
  double head_length = 0;
  double head_breadth = 0;
  std::vector<BodySection> torso;  // crotch to base of neck
  std::vector<BodySection> neck;
  std::vector<BodySection> leg;  // top to ankle, falling
  std::vector<BodySection> arm;

  [[nodiscard]] double head_height() const { return 1 - chin; }
};

// How a body departs from the mean of its age: girth scales breadths by the square root of the
// body-mass ratio, muscle widens chest and limbs (0.92-1.12).
struct Build {
  double girth = 1;
  double muscle = 1;
};

// age_years 4-17 mixes the children's tables by stature; the stature decides, not the calendar.
BodyShape child_shape(double stature_m, bool female, const Build& build);
BodyShape adult_shape(double stature_m, bool female, const Build& build);

}  // namespace oddroad::asset
