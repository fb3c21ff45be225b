// Answers conditions on sight and placement by running the physics of a variant and casting rays.
#pragma once

#include <functional>
#include <memory>

#include "engine/road/lane_graph.h"
#include "engine/scenario/variant.h"
#include "engine/sim/cast.h"
#include "engine/sim/sight.h"
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
// Actors hide by themselves already most of what is hidden, and a stage is slow to make: it is
// asked for only where it can change the answer. Without a StageSource only actors hide.
class SimProbe : public scenario::VariantProbe {
 public:
  // Everything is borrowed. eye_ego: the eye in the ego's frame, e.g. the rig's first camera.
  SimProbe(const road::LaneGraph& graph, const SimContext& context,
           scene::RayCasterFactory& casters, const math::Vec3d& eye_ego,
           StageSource stage = nullptr);

  core::Result<bool> holds(const scenario::Variant& variant,
                           const scenario::HiddenQuery& query) override;
  std::optional<core::Diagnostics> placement_problem(const scenario::Variant& variant) override;

  struct DryRun;

  // What `holds` judges, with a stage or (null) without, by the meshes of all that may hide. Stops
  // at the first instant that decides.
  core::Result<SightRange> sight(const scenario::Variant& variant,
                                 const scenario::HiddenQuery& query,
                                 const StageSource* stage) const;

 private:
  // A run and the looks at its target, before anybody else has a mesh.
  struct Watch {
    std::shared_ptr<DryRun> run;
    std::vector<Look> looks;              // the last instant first
    std::vector<std::vector<bool>> free;  // points of each look that no actor can hide
    std::vector<std::size_t> may_hide;    // actors of the run
  };
  [[nodiscard]] core::Result<Watch> watch(const scenario::Variant& variant,
                                          const scenario::HiddenQuery& query) const;
  core::Result<SightRange> look_exactly(Watch& watched, const world::StaticWorld& around,
                                        const scenario::HiddenQuery& query) const;
  // True: actors alone hide the target at every look, or show enough of it at one. False: not told.
  [[nodiscard]] bool surely_hidden(const Watch& watched, double below) const;
  static bool surely_seen(const Watch& watched, double below);
  [[nodiscard]] bool seen_past(const Watch& watched, const world::StaticWorld& around,
                               double below) const;

  const road::LaneGraph& graph_;
  const SimContext& context_;
  scene::RayCasterFactory& casters_;
  math::Vec3d eye_ego_;
  StageSource stage_;
};

}  // namespace oddroad::sim
