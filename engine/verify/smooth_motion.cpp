#include "engine/verify/smooth_motion.h"

#include <algorithm>
#include <cmath>

namespace oddroad::verify {

using math::Vec3d;

namespace {

constexpr double kH = 1e-9 * static_cast<double>(world::kStepNs);
constexpr double kDelta = 1e-4;  // s, of differences

// (c[k-1] + 4 c[k] + c[k+1]) / 6 = y[k]; at both ends the third difference is zero, which is the
// parabola. Gauss and Seidel: each round leaves less than a third of the error.
std::vector<double> coefficients(const std::vector<double>& y) {
  const std::size_t n = y.size();
  std::vector<double> c(n + 2);
  std::copy(y.begin(), y.end(), c.begin() + 1);
  const auto ends = [&] {
    c[0] = 3 * c[1] - 3 * c[2] + c[3];
    c[n + 1] = 3 * c[n] - 3 * c[n - 1] + c[n - 2];
  };
  ends();
  for (int round = 0; round < 80; ++round) {
    // The ends' conditions are put in, so that their rows stay dominant.
    c[1] = (6 * y[0] + 2 * c[2] - c[3]) / 7;
    for (std::size_t k = 2; k < n; ++k) c[k] = (6 * y[k - 1] - c[k - 1] - c[k + 1]) / 4;
    c[n] = (6 * y[n - 1] + 2 * c[n - 1] - c[n - 2]) / 7;
    ends();
  }
  return c;
}

}  // namespace

SmoothMotion::SmoothMotion(const world::Actor& actor)
    : begin_s_(1e-9 * static_cast<double>(actor.begin_ns())) {
  std::array<std::vector<double>, 7> y;
  glm::dquat last = actor.states.front().T_world_actor.rotation;
  for (const world::ActorState& s : actor.states) {
    glm::dquat q = s.T_world_actor.rotation;
    if (glm::dot(q, last) < 0) q = -q;
    last = q;
    const Vec3d& p = s.T_world_actor.translation;
    const double v[7] = {p.x, p.y, p.z, q.w, q.x, q.y, q.z};
    for (std::size_t k = 0; k < 7; ++k) y[k].push_back(v[k]);
  }
  for (std::size_t k = 0; k < 7; ++k) coefficients_[k] = coefficients(y[k]);
}

double SmoothMotion::at(const std::vector<double>& c, double t_s) const {
  const double u = (t_s - begin_s_) / kH;
  const double last = static_cast<double>(c.size()) - 4;
  const double k = std::clamp(std::floor(u), 0.0, last);
  const double x = u - k;  // a little outside at the ends: the pieces go on
  const auto i = static_cast<std::size_t>(k);
  const double r = 1 - x;
  return (r * r * r * c[i] + (3 * x * x * x - 6 * x * x + 4) * c[i + 1] +
          (3 * r * r * r - 6 * r * r + 4) * c[i + 2] + x * x * x * c[i + 3]) /
         6;
}

math::Pose SmoothMotion::pose(double t_s) const {
  double v[7];
  for (std::size_t k = 0; k < 7; ++k) v[k] = at(coefficients_[k], t_s);
  return {glm::normalize(glm::dquat(v[3], v[4], v[5], v[6])), {v[0], v[1], v[2]}};
}

Vec3d SmoothMotion::velocity(double t_s, const math::Pose& mount) const {
  return (pose(t_s + kDelta, mount).translation - pose(t_s - kDelta, mount).translation) /
         (2 * kDelta);
}

Vec3d SmoothMotion::acceleration(double t_s, const math::Pose& mount) const {
  return (pose(t_s + kDelta, mount).translation - 2.0 * pose(t_s, mount).translation +
          pose(t_s - kDelta, mount).translation) /
         (kDelta * kDelta);
}

Vec3d SmoothMotion::rate(double t_s, const math::Pose& mount) const {
  const glm::dquat a = pose(t_s - kDelta, mount).rotation, b = pose(t_s + kDelta, mount).rotation;
  glm::dquat d = glm::conjugate(a) * b;
  if (d.w < 0) d = -d;
  const Vec3d v(d.x, d.y, d.z);
  const double sine = glm::length(v);
  if (sine < 1e-15) return Vec3d(0);
  // The mean over the step, in axes that are the same at its middle.
  return v / sine * (2 * std::asin(std::min(1.0, sine)) / (2 * kDelta));
}

}  // namespace oddroad::verify
