#include "engine/asset/head_shape.h"

#include <algorithm>
#include <cmath>

namespace oddroad::asset {

namespace {

Vec3d fold(const Vec3d& q) {
  return {q.x, std::abs(q.y), q.z};
}

double carve(double a, double b, double k) {
  return -smooth_min(-a, b, k);
}

}  // namespace

HeadShape::HeadShape(const PersonTraits& traits)
    : child_(traits.childlike),
      heavy_(traits.shape.female ? .25 : 1 - .7 * traits.childlike),
      eye_y_(.132),
      eye_z_(.015 - .035 * traits.childlike) {}

double HeadShape::skin(const Vec3d& p) const {
  const Vec3d q = fold(p);
  const double jaw = .95 + .05 * heavy_;
  // Cranium: a long egg, fuller at the back.
  double d = ellipsoid_distance(q, {-.045, 0, .125}, {.405, .335, .375});
  d = smooth_min(d, ellipsoid_distance(q, {.10, 0, .14}, {.285, .285, .315}), .08);
  // Face and jaw.
  d = smooth_min(d, ellipsoid_distance(q, {.105, 0, -.14}, {.255, .252 * jaw, .33}), .10);
  d = smooth_min(d, ellipsoid_distance(q, {.06, .16 * jaw, -.25}, {.16, .075, .12}), .10);
  d = smooth_min(d, ellipsoid_distance(q, {.245, 0, -.405}, {.105, .085 + .035 * heavy_, .085}),
                 .09);
  // Cheek bones, brow, eye sockets with the eyeballs in them.
  d = smooth_min(d, ellipsoid_distance(q, {.20, .155, -.090}, {.110, .090, .085}), .11);
  d = smooth_min(d, ellipsoid_distance(q, {.315, .10, .085}, {.055 + .02 * heavy_, .14, .04}), .06);
  d = carve(d, ellipsoid_distance(q, {.425, eye_y_, eye_z_}, {.085, .082, .048}), .05);
  d = smooth_min(d, ellipsoid_distance(q, {.312, eye_y_, eye_z_}, {.052, .060, .050}), .02);
  const double soft = 1 - heavy_;
  d = smooth_min(
      d, ellipsoid_distance(q, {.185, .125, -.235}, {.105 + .02 * soft, .085 + .02 * soft, .095}),
      .10);
  // Nose: bridge, tip, wings.
  const double nose = 1 - .35 * child_;
  const Vec3d bridge(.345, 0, .045);
  const Vec3d tip(.350 + .082 * nose, 0, -.112);
  const Vec3d span = tip - bridge;
  const double u = std::clamp(glm::dot(q - bridge, span) / glm::dot(span, span), 0.0, 1.0);
  const Vec3d off = (q - bridge - span * u) * Vec3d(1, 1, 1);
  d = smooth_min(d, glm::length(off) - (.026 + .020 * u) * (.8 + .2 * nose), .045);
  d = smooth_min(d, ellipsoid_distance(q, {.362 + .02 * nose, .048, -.122}, {.045, .034, .030}),
                 .025);
  // Lips, the fold below them, and the hollow of the temples.
  d = smooth_min(d, ellipsoid_distance(q, {.335, 0, -.232}, {.050, .105, .026}), .03);
  d = smooth_min(d, ellipsoid_distance(q, {.330, 0, -.282}, {.050, .085, .027}), .03);
  d = carve(d, ellipsoid_distance(q, {.400, 0, -.258}, {.045, .115, .007}), .012);
  d = carve(d, ellipsoid_distance(q, {.405, 0, -.340}, {.060, .09, .03}), .05);
  return d;
}

Vec3d HeadShape::towards(const Vec3d& direction) const {
  double t = .80;
  for (int i = 0; i < 60; ++i) {
    const double d = skin(middle() + direction * t);
    if (d < 1e-4) break;
    t -= .7 * d;
    if (t < .05) break;
  }
  return middle() + direction * t;
}

Vec3d HeadShape::face(double y, double z) const {
  double x = .60;
  for (int i = 0; i < 60; ++i) {
    const double d = skin({x, y, z});
    if (d < 1e-4 || x < 0) break;
    x -= .7 * d;
  }
  return {x, y, z};
}

Vec3d HeadShape::nose_tip() const {
  Vec3d tip = face(0, -.112);
  for (double z = -.150; z < -.080; z += .004) {
    const Vec3d p = face(0, z);
    if (p.x > tip.x) tip = p;
  }
  return tip;
}

Vec3d HeadShape::eye(double side) const {
  return face(side * eye_y_, eye_z_) + Vec3d(kIrisLift, 0, 0);
}

Vec3d HeadShape::ear_root(double side) const {
  return towards(glm::normalize(Vec3d(-.045, side, -.035)));
}

HeadFrame head_frame(const BodyShape& shape) {
  const double h = shape.stature_m;
  const double height = shape.head_height() * h;
  return {Vec3d(.002 * h, 0, (shape.chin + .5 * shape.head_height()) * h + shape.sole_m),
          Vec3d(shape.head_length * h / .856, shape.head_breadth * h / .667, height)};
}

}  // namespace oddroad::asset
