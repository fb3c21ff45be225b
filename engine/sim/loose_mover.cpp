#include "engine/sim/loose_mover.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/scenario/doers.h"
#include "engine/sim/friction.h"
#include "engine/sim/relations.h"
#include "engine/sim/rigid_contacts.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;
using math::Vec3d;

const Body* find(const Bodies& bodies, const std::string& name) {
  const auto found = std::find_if(bodies.begin(), bodies.end(), [&](const Body& b) {
    return b.name == name;
  });
  return name.empty() || found == bodies.end() ? nullptr : &*found;
}

bool is_over(const Body& carrier, const Vec3d& p) {
  const Outline deck = carrier.outline();
  const Vec2d d = Vec2d(p) - deck.centre;
  return std::abs(glm::dot(d, deck.forward)) <= deck.half_length_m &&
         std::abs(glm::dot(d, deck.left())) <= deck.half_width_m;
}

Vec3d turned(const Vec2d& forward, double yaw, double pitch) {
  const double heading = std::atan2(forward.y, forward.x) + yaw;
  return {std::cos(pitch) * std::cos(heading), std::cos(pitch) * std::sin(heading),
          std::sin(pitch)};
}

}  // namespace

LooseMover::LooseMover(const RigidShape& shape, const Ground& ground, std::string carrier,
                       const Vec2d& wind)
    : shape_(shape),
      ground_(ground),
      wind_mps_(wind, 0),
      carrier_(std::move(carrier)),
      tied_(!carrier_.empty()) {}

std::string LooseMover::cannot(const scenario::Action& action) const {
  return scenario::cannot_do(scenario::Doer::kThing, action.verb);
}

void LooseMover::let_go(const Body* carrier, const Body& self) {
  state_.rotation = self.pose.rotation;
  state_.centre = self.pose * shape_.physics.centre_m;
  state_.velocity_mps = self.velocity_mps;
  state_.spin_rps = Vec3d(0, 0, carrier != nullptr ? carrier->yaw_rate_rps : 0);
  state_.asleep = false;
  state_.still_s = 0;
  tied_ = false;
  free_ = true;
}

// So fast over the deck that friction leaves 1.5 m/s at its edge.
double LooseMover::speed_to_clear(const Body& carrier, const Body& self,
                                  const Vec2d& direction) const {
  const Outline deck = carrier.outline();
  const double room =
      deck.reach(direction) - glm::dot(Vec2d(self.pose.translation) - deck.centre, direction);
  const double slows = 2 * shape_.physics.friction * kGravity_mps2 * std::max(room, 0.0);
  return std::sqrt(slows + 1.5 * 1.5);
}

Vec3d LooseMover::launch_velocity(const scenario::Action& action, const Body* carrier,
                                  const Body& self) const {
  const bool drops = action.verb == "drop";
  const Vec2d forward = carrier != nullptr ? carrier->forward() : self.forward();
  const double toward = action.number("toward", drops ? glm::pi<double>() : 0);
  const Vec3d direction = turned(forward, toward, action.number("pitch", 0));
  double speed = action.speed_mps.value_or(0);
  if (drops && carrier != nullptr && !action.speed_mps) {
    speed = speed_to_clear(*carrier, self, Vec2d(turned(forward, toward, 0)));
  }
  return speed * direction;
}

std::string LooseMover::start(const scenario::Action& action, const Bodies& bodies, Body& self) {
  const Body* carrier = tied_ ? find(bodies, carrier_) : nullptr;
  let_go(carrier, self);
  const Vec3d launch = launch_velocity(action, carrier, self);
  state_.velocity_mps += launch;
  const double speed = glm::length(launch);
  const double spin = action.number("spin", 0);
  if (action.verb == "roll") {
    // About the level axis square to its way: rolling, not sliding, from the start.
    const Vec3d axis(-launch.y / std::max(speed, 1e-9), launch.x / std::max(speed, 1e-9), 0);
    const double radius = hull_reach_m(shape_, state_.rotation, Vec3d(0, 0, 1));
    state_.spin_rps += speed / radius * axis;
    if (!rolls(shape_)) return "is not round: tumbles";
  } else if (action.verb == "throw") {
    state_.spin_rps += spin * Vec3d(-self.forward().y, self.forward().x, 0);  // head over heels
  } else {
    state_.spin_rps += spin * Vec3d(0, 0, 1);
  }
  return {};
}

// The deck below it, or the road, as a plane that fits about its size.
Support LooseMover::support(const Bodies& bodies, Body& self) {
  if (const Body* carrier = find(bodies, carrier_)) {
    if (is_over(*carrier, state_.centre)) {
      const Vec3d up = carrier->pose.rotation * Vec3d(0, 0, 1);
      return {carrier->pose * Vec3d(0, 0, deck_height_m_), up, carrier->velocity_mps};
    }
    carrier_.clear();  // off for good
  }
  const Body* left = find(bodies, self.carried_by);
  if (left != nullptr && gap_m(*left, self) > 0) self.carried_by.clear();  // and clear of it
  const double reach = std::max(0.1, glm::length(Vec2d(shape_.physics.half_extent_m)));
  const Vec3d at(Vec2d(state_.centre), state_.centre.z);
  const auto height = [&](double dx, double dy) {
    return ground_.height(at + Vec3d(dx, dy, 0));
  };
  const double own = height(0, 0).value_or(self.position.z + self.bottom_m);
  const auto slope = [&](double dx, double dy) {
    const auto a = height(-dx, -dy);
    const auto b = height(dx, dy);
    // Kerbs are no ramps.
    return a && b ? std::clamp((*b - *a) / (2 * reach), -0.2, 0.2) : 0.0;
  };
  const Vec3d normal = glm::normalize(Vec3d(-slope(reach, 0), -slope(0, reach), 1));
  return {Vec3d(at.x, at.y, own), normal, Vec3d(0)};
}

void LooseMover::meet_vehicles(const Bodies& bodies, double dt, const Body& self) {
  for (const Body& other : bodies) {
    if (other.kind != BodyKind::kVehicle && other.kind != BodyKind::kBicycle) continue;
    if (other.speed_mps < 0.1 || other.name == self.carried_by || !touches(other, self)) continue;
    if (!free_) let_go(nullptr, self);
    hit_by(other, self, shape_, dt, state_);
  }
}

void LooseMover::step(const Bodies& bodies, double dt, Body& self) {
  if (tied_) return;  // see follow()
  meet_vehicles(bodies, dt, self);
  if (!free_ || state_.asleep) {
    self.velocity_mps = Vec3d(0);
    self.speed_mps = 0;
    return;
  }
  Support around = support(bodies, self);
  around.wind_mps = wind_mps_;
  oddroad::sim::step(shape_, around, dt, state_);
  write_back(self);
}

void LooseMover::follow(const Bodies& now, double dt, Body& self) {
  if (dt == 0) lie(self);
  if (!tied_) return;
  const Body* carrier = find(now, carrier_);
  if (carrier == nullptr) return;
  if (dt == 0) {  // the first look: where it lies
    T_carrier_self_ = carrier->pose.inverse() * self.pose;
    deck_height_m_ = T_carrier_self_.translation.z;
  }
  const Vec3d before = self.pose * shape_.physics.centre_m;
  self.pose = carrier->pose * T_carrier_self_;
  self.position = self.pose.translation;
  self.yaw_rad = math::yaw_of(self.pose.rotation);
  const Vec3d middle = self.pose * shape_.physics.centre_m;
  // With what its carrier's springs do; before the first step all stands on settled springs.
  self.velocity_mps = dt > 0
                          ? (middle - before) / dt
                          : carrier->velocity_mps + glm::cross(Vec3d(0, 0, carrier->yaw_rate_rps),
                                                               middle - carrier->pose.translation);
  self.speed_mps = glm::length(self.velocity_mps);
  self.yaw_rate_rps = carrier->yaw_rate_rps;
}

// Outline and heights of the hull in its pose, about the model's origin.
void LooseMover::lie(Body& self) const {
  const glm::dquat& rotation = self.pose.rotation;
  const Vec3d x = rotation * Vec3d(1, 0, 0);
  const Vec3d y = rotation * Vec3d(0, 1, 0);
  const bool level = std::hypot(x.x, x.y) > 0.3;
  self.yaw_rad = level ? std::atan2(x.y, x.x) : std::atan2(-y.x, y.y);
  const Vec2d forward = self.forward();
  const Vec3d along(forward, 0);
  const Vec3d left(-forward.y, forward.x, 0);
  const Vec3d middle = rotation * shape_.physics.centre_m;
  const auto reach = [&](const Vec3d& d) {
    return hull_reach_m(shape_, rotation, d);
  };
  const double ahead = glm::dot(middle, along);
  const double aside = glm::dot(middle, left);
  self.footprint = {reach(along) + ahead, reach(along) - ahead, reach(left) + aside,
                    reach(left) - aside};
  const double up = reach(Vec3d(0, 0, 1));
  self.bottom_m = middle.z - up;
  self.height_m = middle.z + up;
}

void LooseMover::write_back(Body& self) const {
  self.position = state_.centre - state_.rotation * shape_.physics.centre_m;
  self.pose = {state_.rotation, self.position};
  lie(self);
  self.velocity_mps = state_.velocity_mps;
  self.speed_mps = glm::length(self.velocity_mps);
  self.yaw_rate_rps = state_.spin_rps.z;
}

}  // namespace oddroad::sim
