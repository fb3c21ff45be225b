// What randomize: does to one variant, and to the sensors of its rig.
#pragma once

#include "engine/math/affine.h"
#include "engine/scenario/randomize.h"
#include "engine/scenario/scenario.h"
#include "engine/scenario/variant.h"

namespace oddroad::scenario {

// The scenario's environment with what it leaves open filled in: the sun (time, day, latitude)
// unless it has a time or a sun, the air's clarity, wind, and the weather unless it says anything
// of clouds, rain, snow, fog or the road's state.
EnvironmentRule vary_environment(const EnvironmentRule& stated, bool map_has_place,
                                 Randomizer& randomizer);

// The share of parking places that are taken: `drawn`, unless the scenario leaves it open.
double vary_parked(double drawn, bool is_stated, Randomizer& randomizer);

Looks vary_looks(Randomizer& randomizer);

// Things beside the road that belong to no story (wild only), after the actors.
std::vector<VariantActor> distractors(const std::string& ego, Randomizer& randomizer);

// One sensor of the rig as it was built and mounted this time.
struct SensorTolerance {
  math::Pose T_mount;  // by which the mounting is off: x forward, y left, z up there
  double exposure_ev = 0;
  double red_gain = 1;
  double blue_gain = 1;
  double noise_scale = 1;
  double dirt = 0;                           // share of the lens that is soiled
  int jpeg_quality = 90;                     // of cameras that deliver JPEG
  std::map<std::string, std::string> texts;  // what was drawn, for the clip
  std::map<std::string, double> numbers;
};
// None where the scenario does not randomize. Errors: a pin outside its limits.
core::Result<std::optional<SensorTolerance>> sensor_tolerance(const Scenario& scenario,
                                                              const Variant& variant,
                                                              const std::string& sensor,
                                                              bool is_camera);

}  // namespace oddroad::scenario
