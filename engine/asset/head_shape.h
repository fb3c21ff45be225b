// The head as one soft shape. Canonical head: 1 = chin to crown, x forward, y left, z up, origin in
// the middle of the height above the ear canal; eyes near z = 0.02, chin z = -0.5, crown z = 0.5.
// Breadth and length are scaled per person when the shape is laid into the body.
#pragma once

#include "engine/asset/person_field.h"
#include "engine/asset/person_traits.h"

namespace oddroad::asset {

class HeadShape {
 public:
  static constexpr double kIrisLift = .0075;  // of the iris over the eyeball, canonical

  explicit HeadShape(const PersonTraits& traits);

  // Signed distance to the skin (approximate), canonical.
  [[nodiscard]] double skin(const Vec3d& q) const;
  // Outermost point of the skin in a direction from the middle of the head.
  [[nodiscard]] Vec3d towards(const Vec3d& direction) const;
  // The face at (y, z), looked at from the front.
  [[nodiscard]] Vec3d face(double y, double z) const;
  [[nodiscard]] Vec3d nose_tip() const;
  // Middle of the iris, and where an ear grows out of the head; side is +1 left, -1 right.
  [[nodiscard]] Vec3d eye(double side) const;
  [[nodiscard]] Vec3d ear_root(double side) const;
  static Vec3d middle() { return {.02, 0, -.02}; }
  [[nodiscard]] double eye_y() const { return eye_y_; }
  [[nodiscard]] double eye_z() const { return eye_z_; }

 private:
  double child_, heavy_;  // 0 to 1; heavy: brow and jaw of men
  double eye_y_, eye_z_;
};

// Canonical head to bind pose.
struct HeadFrame {
  Vec3d origin, scale;
  [[nodiscard]] Vec3d point(const Vec3d& q) const { return origin + q * scale; }
  [[nodiscard]] Vec3f operator()(const Vec3d& q) const { return Vec3f(point(q)); }
};
HeadFrame head_frame(const BodyShape& shape);

}  // namespace oddroad::asset
