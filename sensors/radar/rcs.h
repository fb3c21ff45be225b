// What things reflect: assets/radar/rcs.yaml, by the classes of an ontology.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "engine/capture/ontology.h"
#include "engine/core/paths.h"
#include "engine/core/result.h"

namespace oddroad::radar {

// Of a whole thing by aspect, or of a surface by the area seen; the file says what each number is.
struct Reflector {
  bool object = false;
  std::vector<std::array<double, 2>> aspect;              // (rad, dBsm), ascending from 0; objects
  bool ground = false;                                    // its echoes are clutter
  double diffuse_db = 0, specular_db = 0, width_rad = 1;  // surfaces, mean of many patches
  double spread = 0;                                      // of patches about that mean; surfaces
  std::optional<double> mirror_db;                        // of each bounce

  // Objects: the mean cross section at an angle between heading and line of sight.
  [[nodiscard]] double object_rcs_m2(double aspect_rad) const;
  // Surfaces: cross section for each square metre seen, at an angle between ray and normal.
  [[nodiscard]] double surface_rcs(double incidence_rad) const;
};

// Of one patch of a surface, over the mean of many: Weibull in power with Billingsley's spread
// parameter a_w (Low-Angle Radar Land Clutter, 2002, ch. 5): 0 all alike, 1 exponential, more: few
// patches that shine among many that do not. `uniform` in (0, 1).
double patch_gain(double spread, double uniform);

class RcsTable {
 public:
  // Errors: unreadable, unknown keys, a class of the ontology that things wear is missing.
  static core::Result<RcsTable> load(const core::SearchRoots& roots);
  // By class id; `unknown` for classes that the file does not name.
  [[nodiscard]] std::vector<Reflector> by_class(const capture::Ontology& ontology) const;

 private:
  std::vector<std::pair<std::string, Reflector>> entries_;
};

}  // namespace oddroad::radar
