// Looking at a target: sample points on it, rays to them, boxes in between.
#pragma once

#include <set>
#include <vector>

#include "engine/world/scene_window.h"
#include "render/scene/visibility.h"

namespace oddroad::sim {

inline constexpr std::size_t kSightPoints = 64;

// One look: when, from where, and at which points of the target.
struct Look {
  std::int64_t stamp = 0;
  math::Vec3d eye{0};
  std::vector<math::Vec3d> points;  // world; empty if nothing of the target faces the eye
};
using InstanceSet = std::set<core::InstanceId>;

// Points on what of the target faces the eye, spread evenly by apparent area.
Look look_at(const world::SceneWindow& window, const InstanceSet& target, const math::Vec3d& eye,
             std::int64_t stamp);

// The points to which a ray from the eye meets nothing but the target.
std::vector<bool> seen_points(const world::SceneWindow& window, const scene::RayCaster& caster,
                              const InstanceSet& target, const Look& look);

// The points to which a ray from the eye meets no actor's box, grown by 0.35 m for mirrors and
// limbs: they are seen for certain if nothing but actors hides. Actors whose boxes are met may hide
// the target (set to true; never cleared).
std::vector<bool> free_points(const world::Timeline& timeline, const InstanceSet& target,
                              const Look& look, std::vector<bool>& may_hide);

// Does the segment from a to b meet the box?
bool meets(const math::Aabb& box, const math::Vec3d& a, const math::Vec3d& b);
// A model's box with room for mirrors and swinging limbs.
math::Aabb grown_for_sight(math::Aabb box);

// Share of true ones; 0 of none.
double share_of(const std::vector<bool>& points);

// Does any line of sight of these looks meet the box, grown as above? Else what is inside of it
// hides nothing.
bool comes_near(const std::vector<Look>& looks, const math::Aabb& box,
                const math::Affine3d& T_world_box);

}  // namespace oddroad::sim
