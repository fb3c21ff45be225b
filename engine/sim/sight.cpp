#include "engine/sim/sight.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace oddroad::sim {
namespace {

// The i-th point of an even spread over a triangle (the R2 sequence, folded).
math::Vec3d point_in(const std::array<math::Vec3d, 3>& corners, std::size_t i) {
  const auto fraction = [](double x) {
    return x - std::floor(x);
  };
  double u = fraction(0.5 + 0.7548776662466927 * static_cast<double>(i));
  double v = fraction(0.5 + 0.5698402909980532 * static_cast<double>(i));
  if (u + v > 1) {
    u = 1 - u;
    v = 1 - v;
  }
  return corners[0] + u * (corners[1] - corners[0]) + v * (corners[2] - corners[0]);
}

}  // namespace

bool meets(const math::Aabb& box, const math::Vec3d& a, const math::Vec3d& b) {
  double enter = 0;
  double leave = 1;
  for (int axis = 0; axis < 3; ++axis) {
    const double d = b[axis] - a[axis];
    if (std::abs(d) < 1e-12) {
      if (a[axis] < box.lower[axis] || a[axis] > box.upper[axis]) return false;
      continue;
    }
    const double t0 = (box.lower[axis] - a[axis]) / d;
    const double t1 = (box.upper[axis] - a[axis]) / d;
    enter = std::max(enter, std::min(t0, t1));
    leave = std::min(leave, std::max(t0, t1));
  }
  return enter <= leave;
}

math::Aabb grown_for_sight(math::Aabb box) {
  constexpr double kBeyondBox_m = 0.35;  // mirrors, swinging limbs
  box.lower -= math::Vec3d(kBeyondBox_m);
  box.upper += math::Vec3d(kBeyondBox_m);
  return box;
}

Look look_at(const world::SceneWindow& window, const InstanceSet& target, const math::Vec3d& eye,
             std::int64_t stamp) {
  struct Patch {
    std::array<std::uint32_t, 3> corners;
    double upto;
  };
  std::vector<math::Vec3d> vertices;  // of all that belongs to the target
  std::vector<Patch> patches;
  double total = 0;
  for (const world::Drawable& d : window.drawables) {
    if (!target.contains(d.instance)) continue;
    const math::Affine3d T = world::transform_at(window, d, stamp);
    const auto first = static_cast<std::uint32_t>(vertices.size());
    vertices.reserve(first + d.mesh->positions.size());
    patches.reserve(patches.size() + d.mesh->triangles.size());
    for (std::uint32_t v = 0; v < d.mesh->positions.size(); ++v) {
      vertices.push_back(T.point(world::vertex_at(window, d, v, stamp)));
    }
    for (const auto& [a, b, c] : d.mesh->triangles) {
      const std::array<std::uint32_t, 3> corners{first + a, first + b, first + c};
      const std::array<math::Vec3d, 3> p{vertices[corners[0]], vertices[corners[1]],
                                         vertices[corners[2]]};
      const math::Vec3d to_eye = eye - (p[0] + p[1] + p[2]) / 3.0;
      const double facing = glm::dot(glm::cross(p[1] - p[0], p[2] - p[0]), to_eye);
      if (!(facing > 0)) continue;
      const double r = glm::length(to_eye);
      total += facing / (r * r * r);
      patches.push_back({corners, total});
    }
  }
  Look out{stamp, eye, {}};
  std::size_t k = 0;
  for (std::size_t i = 0; i < kSightPoints && !patches.empty(); ++i) {
    const double wanted = total * (static_cast<double>(i) + 0.5) / kSightPoints;
    while (k + 1 < patches.size() && patches[k].upto < wanted) ++k;
    const auto& [a, b, c] = patches[k].corners;
    out.points.push_back(point_in({vertices[a], vertices[b], vertices[c]}, i));
  }
  return out;
}

std::vector<bool> seen_points(const world::SceneWindow& window, const scene::RayCaster& caster,
                              const InstanceSet& target, const Look& look) {
  scene::RayBatch rays;
  rays.resize(look.points.size());
  for (std::size_t i = 0; i < look.points.size(); ++i) {
    rays.set(i, look.eye, look.points[i] - look.eye, look.stamp,
             std::numeric_limits<float>::infinity());
  }
  scene::RayHits hits;
  caster.intersect(rays, scene::RayKind::kSensor, false, hits);
  std::vector<bool> seen(look.points.size(), false);
  for (std::size_t i = 0; i < look.points.size(); ++i) {
    const std::uint32_t drawable = hits.drawable[i];
    const bool on_target =
        drawable != 0 && target.contains(window.drawables[drawable - 1].instance);
    seen[i] = on_target || drawable == 0 || hits.t[i] > 0.999f;
  }
  return seen;
}

std::vector<bool> free_points(const world::Timeline& timeline, const InstanceSet& target,
                              const Look& look, std::vector<bool>& may_hide) {
  std::vector<bool> free(look.points.size(), true);
  for (std::size_t k = 0; k < timeline.actors.size(); ++k) {
    const world::Actor& actor = timeline.actors[k];
    if (k == timeline.ego || target.contains(actor.id)) continue;
    const math::Affine3d T_actor_world = world::pose_at(actor, look.stamp).inverse();
    const math::Aabb box = grown_for_sight(actor.model->box);
    for (std::size_t i = 0; i < look.points.size(); ++i) {
      if (!meets(box, T_actor_world.point(look.eye), T_actor_world.point(look.points[i]))) continue;
      free[i] = false;
      may_hide[k] = true;
    }
  }
  return free;
}

double share_of(const std::vector<bool>& points) {
  if (points.empty()) return 0;
  const auto wanted = std::count(points.begin(), points.end(), true);
  return static_cast<double>(wanted) / static_cast<double>(points.size());
}

bool comes_near(const std::vector<Look>& looks, const math::Aabb& box,
                const math::Affine3d& T_world_box) {
  const math::Affine3d T_box_world = T_world_box.inverse();
  const math::Aabb near = grown_for_sight(box);
  return std::any_of(looks.begin(), looks.end(), [&](const Look& look) {
    const math::Vec3d eye = T_box_world.point(look.eye);
    return std::any_of(look.points.begin(), look.points.end(), [&](const math::Vec3d& point) {
      return meets(near, eye, T_box_world.point(point));
    });
  });
}

}  // namespace oddroad::sim
