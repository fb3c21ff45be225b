#include "sensors/ins/path.h"

#include "engine/core/check.h"

namespace oddroad::ins {

using math::Vec3d;

namespace {

constexpr double kSpacingS = 1e-9 * static_cast<double>(world::kStepNs);

// The four numbers of a unit quaternion and of its rates.
struct Quaternion {
  double w = 0;
  Vec3d v{0};
};

// Vector part of conj(a) b.
Vec3d conj_times(const Quaternion& a, const Quaternion& b) {
  return a.w * b.v - b.w * a.v - glm::cross(a.v, b.v);
}
double dot(const Quaternion& a, const Quaternion& b) {
  return a.w * b.w + glm::dot(a.v, b.v);
}

}  // namespace

SmoothPath::SmoothPath(const world::Actor& actor) : begin_ns_(actor.begin_ns()) {
  ODDROAD_CHECK(!actor.states.empty());
  std::vector<double> columns[7];
  glm::dquat before = actor.states.front().T_world_actor.rotation;
  for (const world::ActorState& state : actor.states) {
    const Vec3d& p = state.T_world_actor.translation;
    glm::dquat q = state.T_world_actor.rotation;
    if (glm::dot(q, before) < 0) q = -q;  // the same rotation, on the near side
    before = q;
    const double numbers[7] = {p.x, p.y, p.z, q.w, q.x, q.y, q.z};
    for (int k = 0; k < 7; ++k) columns[k].push_back(numbers[k]);
  }
  for (int k = 0; k < 7; ++k) {
    (k < 3 ? place_ : rotation_).emplace_back(std::move(columns[k]), kSpacingS);
  }
}

Kinematics SmoothPath::at(std::int64_t stamp_ns) const {
  const double t = 1e-9 * static_cast<double>(stamp_ns - begin_ns_);
  Kinematics out;
  for (int k = 0; k < 3; ++k) {
    const Spline::Value v = place_[k].at(t);
    out.position_m[k] = v.value;
    out.velocity_mps[k] = v.slope;
    out.acceleration_mps2[k] = v.curvature;
  }
  Spline::Value r[4];
  for (int k = 0; k < 4; ++k) r[k] = rotation_[k].at(t);
  const Quaternion q{r[0].value, {r[1].value, r[2].value, r[3].value}};
  const Quaternion q1{r[0].slope, {r[1].slope, r[2].slope, r[3].slope}};
  const Quaternion q2{r[0].curvature, {r[1].curvature, r[2].curvature, r[3].curvature}};
  // Of the normalised quaternion w = 2 Im(conj(q) q') / |q|^2, whatever |q| does.
  const double n = dot(q, q);
  out.rotation = glm::normalize(glm::dquat(q.w, q.v.x, q.v.y, q.v.z));
  out.rate_rps = 2.0 * conj_times(q, q1) / n;
  out.rate_change_rps2 = 2.0 * conj_times(q, q2) / n - out.rate_rps * (2 * dot(q, q1) / n);
  return out;
}

Kinematics mounted(const Kinematics& body, const math::Pose& T_body_mount) {
  const Vec3d& r = T_body_mount.translation;
  const Vec3d& w = body.rate_rps;
  const glm::dquat to_mount = glm::conjugate(T_body_mount.rotation);
  Kinematics out;
  out.position_m = body.position_m + body.rotation * r;
  out.velocity_mps = body.velocity_mps + body.rotation * glm::cross(w, r);
  out.acceleration_mps2 =
      body.acceleration_mps2 +
      body.rotation * (glm::cross(body.rate_change_rps2, r) + glm::cross(w, glm::cross(w, r)));
  out.rotation = body.rotation * T_body_mount.rotation;
  out.rate_rps = to_mount * w;
  out.rate_change_rps2 = to_mount * body.rate_change_rps2;
  return out;
}

}  // namespace oddroad::ins
