// The head as one soft shape. Canonical head: 1 = chin to crown, x forward, y left, z up, origin in
// the middle of the height above the ear canal; eyes near z = 0.02, chin z = -0.5, crown z = 0.5.
// Breadth and length are scaled per person when the shape is laid into the body.
#pragma once

#include <array>

#include "engine/asset/person_field.h"
#include "engine/asset/person_traits.h"

namespace oddroad::asset {

class HeadShape {
 public:
  static constexpr double kIrisLift = .0075;  // of the iris over the eyeball, canonical

  explicit HeadShape(const PersonTraits& traits)
      : HeadShape(traits.childlike, traits.shape.female) {}
  HeadShape(double childlike, bool female);

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
  [[nodiscard]] double childlike() const { return childlike_; }
  [[nodiscard]] bool female() const { return female_; }

 private:
  // An ellipsoid that is blended in (or out) over a width; q.y >= 0 stands for both sides. The
  // distance is that of ellipsoid_distance; it is asked for a hundred thousand times a person.
  struct Solid {
    Solid() = default;
    Solid(const Vec3d& centre, const Vec3d& radii, double blend);
    [[nodiscard]] double distance(const Vec3d& q) const;
    // True only if the distance is not below the limit; costs no root.
    [[nodiscard]] bool is_beyond(const Vec3d& q, double limit) const;
    Vec3d centre{0}, per_radius{0}, per_radius2{0};
    double per_least = 0, per_most = 0;  // 1 / the shortest and the longest radius
    double blend = 0;
  };
  double childlike_;
  bool female_;
  double nose_ = 0;  // size of it: 1 of adults
  double eye_y_ = .132, eye_z_;
  std::array<Solid, 7> bulk_;
  Solid socket_, eyeball_, cheek_, wing_, upper_lip_, lower_lip_, fold_, temple_;
};

// Canonical head to bind pose.
struct HeadFrame {
  Vec3d origin, scale;
  [[nodiscard]] Vec3d point(const Vec3d& q) const { return origin + q * scale; }
  [[nodiscard]] Vec3f operator()(const Vec3d& q) const { return Vec3f(point(q)); }
};
HeadFrame head_frame(const BodyShape& shape);

}  // namespace oddroad::asset
