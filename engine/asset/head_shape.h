// The head as one soft shape. Canonical head: 1 = chin to crown, x forward, y left, z up, origin in
// the middle of the height above the ear canal; eyes near z = 0.02, chin z = -0.5, crown z = 0.5.
// Breadth and length are scaled per person when the shape is laid into the body.
#pragma once

#include "engine/asset/person_field.h"
#include "engine/asset/person_traits.h"

namespace oddroad::asset {

class HeadShape {
 public:
  explicit HeadShape(const PersonTraits& traits);

  // Signed distance to the skin (approximate), canonical.
  [[nodiscard]] double skin(const Vec3d& q) const;
  // Outermost point of the skin in a direction from the middle of the head.
  [[nodiscard]] Vec3d towards(const Vec3d& direction) const;
  // The face at (y, z), looked at from the front.
  [[nodiscard]] Vec3d face(double y, double z) const;
  static Vec3d middle() { return {.02, 0, -.02}; }
  [[nodiscard]] double eye_y() const { return eye_y_; }
  [[nodiscard]] double eye_z() const { return eye_z_; }

 private:
  double child_, heavy_;  // 0 to 1; heavy: brow and jaw of men
  double eye_y_, eye_z_;
};

}  // namespace oddroad::asset
