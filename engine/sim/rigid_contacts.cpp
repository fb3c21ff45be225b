#include "engine/sim/rigid_contacts.h"

#include <algorithm>
#include <cmath>

namespace oddroad::sim {
namespace {

using asset::PropPhysics;
using math::Vec3d;

int axis_of(PropPhysics::Hull hull) {
  if (hull == PropPhysics::kCylinderX) return 0;
  return hull == PropPhysics::kCylinderY ? 1 : 2;
}

struct Cylinder {
  Vec3d axis{0};  // world, unit
  Vec3d side{0};  // square to it, fixed to the body
  double half_length = 0;
  double radius = 0;
};

Cylinder cylinder_of(const RigidShape& shape, const glm::dquat& rotation) {
  const int a = axis_of(shape.physics.hull);
  const Vec3d& h = shape.physics.half_extent_m;
  Cylinder out;
  Vec3d axis(0);
  axis[a] = 1;
  Vec3d side(0);
  side[(a + 1) % 3] = 1;
  out.axis = rotation * axis;
  out.side = rotation * side;
  out.half_length = h[a];
  out.radius = 0.5 * (h[(a + 1) % 3] + h[(a + 2) % 3]);
  return out;
}

void add_cylinder(const Cylinder& c, const Vec3d& normal, HullPoints& out) {
  const double along = glm::dot(normal, c.axis);
  const Vec3d down = along * c.axis - normal;
  const double flat = glm::length(down);
  constexpr double kStands = 0.2;  // sine of the tilt below which it stands on its end
  if (flat > 1e-9) {
    for (const double end : {1.0, -1.0}) {
      out.add(end * c.half_length * c.axis + c.radius / flat * down);
    }
  }
  if (flat > kStands) return;
  const Vec3d other = glm::cross(c.axis, c.side);
  const double end = along > 0 ? -1 : 1;
  for (int i = 0; i < 8; ++i) {
    const double angle = 0.25 * glm::pi<double>() * i;
    out.add(end * c.half_length * c.axis +
            c.radius * (std::cos(angle) * c.side + std::sin(angle) * other));
  }
}

}  // namespace

bool rolls(const RigidShape& shape) {
  return shape.physics.hull != PropPhysics::kBox;
}

HullPoints hull_points(const RigidShape& shape, const glm::dquat& rotation, const Vec3d& normal) {
  HullPoints out;
  const Vec3d& h = shape.physics.half_extent_m;
  if (shape.physics.hull == PropPhysics::kSphere) {
    out.add(-h.z * normal);
  } else if (shape.physics.hull == PropPhysics::kBox) {
    for (int i = 0; i < 8; ++i) {
      out.add(rotation * Vec3d((i & 1) ? h.x : -h.x, (i & 2) ? h.y : -h.y, (i & 4) ? h.z : -h.z));
    }
  } else {
    add_cylinder(cylinder_of(shape, rotation), normal, out);
  }
  return out;
}

double hull_reach_m(const RigidShape& shape, const glm::dquat& rotation, const Vec3d& direction) {
  const Vec3d& h = shape.physics.half_extent_m;
  if (shape.physics.hull == PropPhysics::kSphere) return h.z;
  if (shape.physics.hull == PropPhysics::kBox) {
    const Vec3d d = glm::conjugate(rotation) * direction;
    return h.x * std::abs(d.x) + h.y * std::abs(d.y) + h.z * std::abs(d.z);
  }
  const Cylinder c = cylinder_of(shape, rotation);
  const double along = glm::dot(direction, c.axis);
  return c.half_length * std::abs(along) + c.radius * std::sqrt(std::max(1 - along * along, 0.0));
}

Vec3d hull_foremost(const RigidShape& shape, const glm::dquat& rotation, const Vec3d& direction) {
  constexpr double kSquare = 0.05;  // sine of 3 degrees
  const auto end = [](double along, double half) {
    return std::clamp(along / kSquare, -1.0, 1.0) * half;
  };
  const Vec3d& h = shape.physics.half_extent_m;
  if (shape.physics.hull == PropPhysics::kSphere) return h.z * direction;
  if (shape.physics.hull == PropPhysics::kBox) {
    const Vec3d d = glm::conjugate(rotation) * direction;
    return rotation * Vec3d(end(d.x, h.x), end(d.y, h.y), end(d.z, h.z));
  }
  const Cylinder c = cylinder_of(shape, rotation);
  const double along = glm::dot(direction, c.axis);
  const Vec3d across = direction - along * c.axis;
  const double flat = glm::length(across);
  const Vec3d rim = flat > 0 ? end(flat, c.radius) / flat * across : Vec3d(0);
  return end(along, c.half_length) * c.axis + rim;
}

}  // namespace oddroad::sim
