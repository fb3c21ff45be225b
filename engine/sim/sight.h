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

// Share of the points to which a ray from the eye meets nothing but the target.
double visible_share(const world::SceneWindow& window, const scene::RayCaster& caster,
                     const InstanceSet& target, const Look& look);

// Which actors may hide the target (set to true; never cleared), by their boxes grown by 0.35 m for
// mirrors and limbs; returns the share of rays that meet no box at all: so much is seen for certain
// if nothing but actors hides.
double certain_share(const world::Timeline& timeline, const InstanceSet& target, const Look& look,
                     std::vector<bool>& may_hide);

// Does any line of sight of these looks meet the box, grown as above? Else what is inside of it
// hides nothing.
bool comes_near(const std::vector<Look>& looks, const math::Aabb& box,
                const math::Affine3d& T_world_box);

}  // namespace oddroad::sim
