// Answers conditions on sight and placement by running the physics of a variant and casting rays.
#pragma once

#include <functional>
#include <memory>

#include "engine/road/lane_graph.h"
#include "engine/scenario/variant.h"
#include "engine/sim/cast.h"
#include "engine/sim/watch.h"
#include "engine/world/static_world.h"
#include "render/scene/visibility.h"

namespace oddroad::sim {

// The stage of a variant, in the frame of choose_local_origin. What hides nothing from these looks
// (sight.h) may be left out of it.
using StageSource = std::function<core::Result<world::StaticWorld>(const scenario::Variant& variant,
                                                                   const std::vector<Look>& looks)>;

struct SightRange {
  double least = 0;  // smallest and largest visible share over the instants looked at
  double most = 0;
  int instants = 0;
};

// `hidden` holds if the visible share of the target stays below the limit from the start until
// from->target.path_ttc has fallen to until_ttc (or the clip has ended); `visible` if it never
// falls below. The share is that of 64 points, spread over what of the target's mesh faces the eye
// by apparent area, to which a ray from the eye meets nothing but the target. Points outside the
// camera's picture count as visible.
//
// Bounds of what hides come first, then meshes of those on whom the answer depends. A stage is slow
// to make: it is asked for only where it can change the answer. Without a StageSource only actors
// hide.
class SimProbe : public scenario::VariantProbe {
 public:
  // Everything is borrowed. eye_ego: the eye in the ego's frame, e.g. the rig's first camera.
  SimProbe(const road::LaneGraph& graph, const SimContext& context,
           scene::RayCasterFactory& casters, const math::Vec3d& eye_ego,
           StageSource stage = nullptr);

  core::Result<bool> holds(const scenario::Variant& variant,
                           const scenario::HiddenQuery& query) override;
  std::optional<core::Diagnostics> placement_problem(const scenario::Variant& variant) override;

  // What `holds` judges, with a stage or (null) without, by the meshes of all that may hide and
  // by nothing else. Stops at the first instant that decides.
  core::Result<SightRange> sight(const scenario::Variant& variant,
                                 const scenario::HiddenQuery& query,
                                 const StageSource* stage) const;

 private:
  class Case;

  const road::LaneGraph& graph_;
  const SimContext& context_;
  scene::RayCasterFactory& casters_;
  math::Vec3d eye_ego_;
  StageSource stage_;
};

}  // namespace oddroad::sim
