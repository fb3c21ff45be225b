// Where water and snow lie, for beams: the same fields in the world as the pictures show
// (render/shaders/wet.glsl), but without the sky's view, so that it is wet under bridges too.
#pragma once

#include "engine/asset/material.h"
#include "engine/world/environment.h"
#include "sensors/lidar/ground_fields.h"
#include "sensors/lidar/surface_optics.h"

namespace oddroad::lidar {

class GroundCover {
 public:
  explicit GroundCover(const world::Environment& environment);

  [[nodiscard]] bool dry() const { return dry_; }
  [[nodiscard]] bool snowy() const { return snow_cover_ >= 1e-3; }
  // Whether cover there depends on where it is. `normal_z`: of the surface's upward unit normal.
  [[nodiscard]] bool varies(double normal_z, const asset::Material& material) const;
  // `fields`: of the place, where it matters.
  [[nodiscard]] Cover at(const GroundFields::At& fields, double normal_z,
                         const asset::Material& material) const;

 private:
  [[nodiscard]] double lying_snow(const GroundFields::At& fields, double normal_z) const;

  bool dry_ = true;
  double wetness_ = 0;
  double snow_cover_ = 0;
  double snow_on_road_ = 0;
  double rain_mm_per_h_ = 0;
  float puddle_level_ = 2;
};

}  // namespace oddroad::lidar
