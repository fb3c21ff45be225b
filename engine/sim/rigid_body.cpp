#include "engine/sim/rigid_body.h"

#include <algorithm>
#include <cmath>

#include "engine/sim/friction.h"
#include "engine/sim/rigid_contacts.h"

namespace oddroad::sim {
namespace {

using asset::PropPhysics;
using math::Vec3d;

constexpr double kSubStep_s = 0.001;
constexpr double kAir_kgpm3 = 1.2;
constexpr double kRollingResistance = 0.015;  // of a tyre on asphalt
constexpr double kSoft_mps = 0.06;            // slower impacts do not bounce
constexpr double kSleep_mps = 0.05;
constexpr double kSleepAfter_s = 0.3;
constexpr double kSlop_m = 2e-4;
constexpr int kIterations = 12;

Vec3d inverse_inertia_times(const RigidShape& shape, const glm::dquat& q, const Vec3d& v) {
  return q * ((glm::conjugate(q) * v) / shape.inertia_kgm2);
}

Vec3d inertia_times(const RigidShape& shape, const glm::dquat& q, const Vec3d& v) {
  return q * ((glm::conjugate(q) * v) * shape.inertia_kgm2);
}

double spin_energy(const RigidShape& shape, const RigidState& s) {
  return 0.5 * glm::dot(s.spin_rps, inertia_times(shape, s.rotation, s.spin_rps));
}

void apply(const RigidShape& shape, const Vec3d& impulse, const Vec3d& arm, RigidState& s) {
  s.velocity_mps += impulse / shape.physics.mass_kg;
  s.spin_rps += inverse_inertia_times(shape, s.rotation, glm::cross(arm, impulse));
}

struct Contact {
  Vec3d arm{0};
  double bounce_mps = 0;  // speed away from the plane that is wanted
  double normal_ns = 0;   // impulses so far
  Vec3d side_ns{0};
};

// Impulse along the normal, never pulling; then friction inside its cone.
void solve(const RigidShape& shape, const Support& plane, Contact& c, RigidState& s) {
  const Vec3d& n = plane.normal;
  const Vec3d at = s.centre + c.arm;
  const double away = glm::dot(velocity_at(s, at) - plane.velocity_mps, n);
  const double wanted = (c.bounce_mps - away) / mobility(shape, s, at, n);
  const double total = std::max(c.normal_ns + wanted, 0.0);
  apply(shape, (total - c.normal_ns) * n, c.arm, s);
  c.normal_ns = total;
  Vec3d slip = velocity_at(s, at) - plane.velocity_mps;
  slip -= glm::dot(slip, n) * n;
  const double speed = glm::length(slip);
  if (speed < 1e-12) return;
  const Vec3d before = c.side_ns;
  c.side_ns -= slip / mobility(shape, s, at, slip / speed);
  const double most = shape.physics.friction * c.normal_ns;
  const double length = glm::length(c.side_ns);
  if (length > most) c.side_ns *= most / length;
  apply(shape, c.side_ns - before, c.arm, s);
}

void resist_rolling(const RigidShape& shape, const Vec3d& normal, double pressed_ns,
                    RigidState& s) {
  const double spin = glm::length(s.spin_rps);
  if (spin < 1e-9) return;
  const Vec3d axis = s.spin_rps / spin;
  const double inertia = glm::dot(axis, inertia_times(shape, s.rotation, axis));
  const double radius = hull_reach_m(shape, s.rotation, normal);
  const double most = kRollingResistance * pressed_ns * radius;
  s.spin_rps -= std::min(most / inertia, spin) * axis;
}

// True if it touches.
bool collide(const RigidShape& shape, const Support& plane, RigidState& s) {
  const HullPoints points = hull_points(shape, s.rotation, plane.normal);
  std::array<Contact, 12> contacts;
  std::size_t n = 0;
  for (std::size_t i = 0; i < points.count; ++i) {
    const Vec3d at = s.centre + points.at[i];
    if (glm::dot(at - plane.point, plane.normal) > 0) continue;
    Contact c;
    c.arm = points.at[i];
    const double away = glm::dot(velocity_at(s, at) - plane.velocity_mps, plane.normal);
    if (away < -kSoft_mps) c.bounce_mps = -shape.physics.restitution * away;
    contacts[n++] = c;
  }
  if (n == 0) return false;
  for (int k = 0; k < kIterations; ++k) {
    for (std::size_t i = 0; i < n; ++i) solve(shape, plane, contacts[i], s);
  }
  double pressed = 0;
  for (std::size_t i = 0; i < n; ++i) pressed += contacts[i].normal_ns;
  if (rolls(shape)) resist_rolling(shape, plane.normal, pressed, s);
  return true;
}

// Returns the energy that wind adds.
double fly(const RigidShape& shape, const Vec3d& wind, double h, RigidState& s) {
  s.velocity_mps.z -= kGravity_mps2 * h;
  const double mass = shape.physics.mass_kg;
  const double drag = 0.5 * kAir_kgpm3 * shape.physics.drag_area_m2 / mass;
  const double before = glm::dot(s.velocity_mps, s.velocity_mps);
  Vec3d through_air = s.velocity_mps - wind;
  through_air /= 1 + drag * glm::length(through_air) * h;
  s.velocity_mps = wind + through_air;
  return std::max(0.0, 0.5 * mass * (glm::dot(s.velocity_mps, s.velocity_mps) - before));
}

glm::dquat turned(const glm::dquat& rotation, const Vec3d& spin, double h) {
  const double rate = glm::length(spin);
  return rate > 0 ? glm::normalize(glm::angleAxis(rate * h, spin / rate) * rotation) : rotation;
}

// Turns by the spin of the middle of the step (implicit midpoint rule); angular momentum stays.
// With the spin of its beginning long things drift into spinning about their long axis.
void turn(const RigidShape& shape, double h, RigidState& s) {
  constexpr int kRounds = 4;
  if (glm::length(s.spin_rps) < 1e-12) return;
  const Vec3d momentum = inertia_times(shape, s.rotation, s.spin_rps);
  const double before = spin_energy(shape, s);
  Vec3d middle = s.spin_rps;
  for (int k = 0; k < kRounds; ++k) {
    middle = inverse_inertia_times(shape, turned(s.rotation, middle, 0.5 * h), momentum);
  }
  s.rotation = turned(s.rotation, middle, h);
  s.spin_rps = inverse_inertia_times(shape, s.rotation, momentum);
  const double after = spin_energy(shape, s);
  if (after > before) s.spin_rps *= std::sqrt(before / after);
}

// Takes off the velocities what a sub-step added to the energy.
void keep_energy(const RigidShape& shape, double before, RigidState& s) {
  const double excess = energy_j(shape, s) - before;
  if (excess <= 0) return;
  const double moving = 0.5 * shape.physics.mass_kg * glm::dot(s.velocity_mps, s.velocity_mps) +
                        spin_energy(shape, s);
  const double scale = moving > excess ? std::sqrt(1 - excess / moving) : 0;
  s.velocity_mps *= scale;
  s.spin_rps *= scale;
}

void sub_step(const RigidShape& shape, const Support& plane, double h, RigidState& s) {
  double before = energy_j(shape, s);
  const bool plane_moves = plane.velocity_mps != Vec3d(0);
  before += fly(shape, plane.wind_mps, h, s);
  const bool touches = collide(shape, plane, s);
  s.centre += h * s.velocity_mps;
  turn(shape, h, s);
  const double deep = depth_m(shape, plane, s) - kSlop_m;
  if (touches && deep > 0) {
    // Out of the ground, as far as the energy lost in this sub-step pays for the lift.
    const double weight = shape.physics.mass_kg * kGravity_mps2 * plane.normal.z;
    const double paid = plane_moves ? deep : (before - energy_j(shape, s)) / weight;
    s.centre += std::clamp(paid, 0.0, 0.2 * deep) * plane.normal;
  }
  if (!plane_moves) keep_energy(shape, before, s);
  const double reach = glm::length(shape.physics.half_extent_m);
  const double moves =
      glm::length(s.velocity_mps - plane.velocity_mps) + reach * glm::length(s.spin_rps);
  s.still_s = touches && moves < kSleep_mps ? s.still_s + h : 0;
}

}  // namespace

RigidShape make_shape(const PropPhysics& p) {
  const Vec3d d = 2.0 * p.half_extent_m;
  const double m = p.mass_kg;
  RigidShape out{
      p, m / 12 * Vec3d(d.y * d.y + d.z * d.z, d.x * d.x + d.z * d.z, d.x * d.x + d.y * d.y)};
  if (p.hull == PropPhysics::kSphere) out.inertia_kgm2 = Vec3d(0.1 * m * d.z * d.z);
  if (p.hull == PropPhysics::kBox || p.hull == PropPhysics::kSphere) return out;
  const int a = p.hull == PropPhysics::kCylinderX ? 0 : (p.hull == PropPhysics::kCylinderY ? 1 : 2);
  const double r = 0.25 * (d[(a + 1) % 3] + d[(a + 2) % 3]);
  out.inertia_kgm2 = Vec3d(m * (3 * r * r + d[a] * d[a]) / 12);
  out.inertia_kgm2[a] = 0.5 * m * r * r;
  return out;
}

PropPhysics physics_of_box(const math::Aabb& box) {
  constexpr double kDensity_kgpm3 = 120;
  PropPhysics out;
  out.half_extent_m = glm::max(0.5 * (box.upper - box.lower), Vec3d(0.005));
  const Vec3d d = 2.0 * out.half_extent_m;
  out.mass_kg = std::max(kDensity_kgpm3 * d.x * d.y * d.z, 0.05);
  out.drag_area_m2 = 1.05 * (d.x * d.y + d.y * d.z + d.z * d.x) / 3;
  out.centre_m = 0.5 * (box.lower + box.upper);
  return out;
}

Vec3d velocity_at(const RigidState& s, const Vec3d& point) {
  return s.velocity_mps + glm::cross(s.spin_rps, point - s.centre);
}

double mobility(const RigidShape& shape, const RigidState& s, const Vec3d& at, const Vec3d& d) {
  const Vec3d arm = at - s.centre;
  const Vec3d spin = inverse_inertia_times(shape, s.rotation, glm::cross(arm, d));
  return 1 / shape.physics.mass_kg + glm::dot(glm::cross(spin, arm), d);
}

void push(const RigidShape& shape, const Vec3d& impulse, const Vec3d& at, RigidState& s) {
  apply(shape, impulse, at - s.centre, s);
  s.asleep = false;
  s.still_s = 0;
}

double energy_j(const RigidShape& shape, const RigidState& s) {
  return shape.physics.mass_kg *
             (0.5 * glm::dot(s.velocity_mps, s.velocity_mps) + kGravity_mps2 * s.centre.z) +
         spin_energy(shape, s);
}

double depth_m(const RigidShape& shape, const Support& plane, const RigidState& s) {
  return hull_reach_m(shape, s.rotation, plane.normal) -
         glm::dot(s.centre - plane.point, plane.normal);
}

void step(const RigidShape& shape, const Support& support, double dt, RigidState& state) {
  if (state.asleep) return;
  const int n = std::max(1, static_cast<int>(std::ceil(dt / kSubStep_s - 1e-9)));
  for (int i = 0; i < n; ++i) {
    Support plane = support;  // where it is at the end of the sub-step
    plane.point += (dt * (i + 1) / n) * support.velocity_mps;
    sub_step(shape, plane, dt / n, state);
  }
  if (state.still_s < kSleepAfter_s || support.velocity_mps != Vec3d(0)) return;
  state.asleep = true;
  state.velocity_mps = Vec3d(0);
  state.spin_rps = Vec3d(0);
}

}  // namespace oddroad::sim
