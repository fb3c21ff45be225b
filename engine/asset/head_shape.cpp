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

HeadShape::Solid::Solid(const Vec3d& centre, const Vec3d& radii, double blend)
    : centre(centre),
      per_radius(1.0 / radii),
      per_radius2(per_radius * per_radius),
      per_least(std::max({per_radius.x, per_radius.y, per_radius.z})),
      per_most(std::min({per_radius.x, per_radius.y, per_radius.z})),
      blend(blend) {}

inline double HeadShape::Solid::distance(const Vec3d& p) const {
  const Vec3d q = p - centre;
  const double k0 = glm::length(q * per_radius);
  const double k1 = glm::length(q * per_radius2);
  return k1 > 1e-12 ? k0 * (k0 - 1) / k1 : -1 / per_least;
}

// The distance is at least (k0 - 1) times the shortest radius outside, the longest inside.
inline bool HeadShape::Solid::is_beyond(const Vec3d& p, double limit) const {
  const Vec3d q = (p - centre) * per_radius;
  const double k0 = std::max(limit * (limit < 0 ? per_most : per_least) + 1, 0.0);
  return glm::dot(q, q) >= k0 * k0;
}

HeadShape::HeadShape(double childlike, bool female)
    : childlike_(childlike), female_(female), eye_z_(.015 - .035 * childlike) {
  const double heavy = female ? .25 : 1 - .7 * childlike;
  const double soft = 1 - heavy;
  const double jaw = .95 + .05 * heavy;
  nose_ = 1 - .35 * childlike;
  const Vec3d eye(0, eye_y_, eye_z_);
  bulk_ = {{
      // Cranium: a long egg, fuller at the back.
      {{-.045, 0, .125}, {.405, .335, .375}, 0},
      {{.10, 0, .14}, {.285, .285, .315}, .08},
      // Face and jaw.
      {{.105, 0, -.14}, {.255, .252 * jaw, .33}, .10},
      {{.06, .16 * jaw, -.25}, {.16, .075, .12}, .10},
      {{.245, 0, -.405}, {.105, .085 + .035 * heavy, .085}, .09},
      // Cheek bones, brow.
      {{.20, .155, -.090}, {.110, .090, .085}, .11},
      {{.315, .10, .085}, {.055 + .02 * heavy, .14, .04}, .06},
  }};
  socket_ = {Vec3d(.425, 0, 0) + eye, {.085, .082, .048}, .05};
  eyeball_ = {Vec3d(.312, 0, 0) + eye, {.052, .060, .050}, .02};
  cheek_ = {{.185, .125, -.235}, {.105 + .02 * soft, .085 + .02 * soft, .095}, .10};
  wing_ = {{.362 + .02 * nose_, .048, -.122}, {.045, .034, .030}, .025};
  upper_lip_ = {{.335, 0, -.232}, {.050, .105, .026}, .03};
  lower_lip_ = {{.330, 0, -.282}, {.050, .085, .027}, .03};
  fold_ = {{.400, 0, -.258}, {.045, .115, .007}, .012};
  temple_ = {{.405, 0, -.340}, {.060, .09, .03}, .05};
}

double HeadShape::skin(const Vec3d& p) const {
  const Vec3d q = fold(p);
  const auto add = [&q](double d, const Solid& s) {
    return s.is_beyond(q, d + s.blend) ? d : smooth_min(d, s.distance(q), s.blend);
  };
  const auto take = [&q](double d, const Solid& s) {
    return s.is_beyond(q, s.blend - d) ? d : carve(d, s.distance(q), s.blend);
  };
  double d = bulk_[0].distance(q);
  for (std::size_t i = 1; i < bulk_.size(); ++i) d = add(d, bulk_[i]);
  d = add(add(take(d, socket_), eyeball_), cheek_);
  // Nose: bridge, tip, wings.
  const Vec3d bridge(.345, 0, .045);
  const Vec3d tip(.350 + .082 * nose_, 0, -.112);
  const Vec3d span = tip - bridge;
  const double u = std::clamp(glm::dot(q - bridge, span) / glm::dot(span, span), 0.0, 1.0);
  const double off = glm::length(q - bridge - span * u);
  d = smooth_min(d, off - (.026 + .020 * u) * (.8 + .2 * nose_), .045);
  d = add(add(add(d, wing_), upper_lip_), lower_lip_);
  return take(take(d, fold_), temple_);
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
