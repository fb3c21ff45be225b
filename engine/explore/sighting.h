// How much of a target a rig's cameras and LiDARs have, by rays alone: no colour, no noise, no
// labels, and meshes only for what may stand in between. Pixels are those of the label `ids`, but
// for edges (resolved in double precision there) and rolling shutters (all rows at the middle one).
#pragma once

#include <functional>
#include <vector>

#include "engine/pipeline/rig.h"
#include "engine/sim/remembered_models.h"
#include "engine/sim/sight.h"
#include "engine/world/static_world.h"
#include "render/scene/visibility.h"

namespace oddroad::explore {

struct Sighting {
  std::int64_t stamp_ns = 0;
  double gap_m = 0;        // between the outlines of ego and target
  std::size_t pixels = 0;  // of the camera that has most
  std::size_t alone = 0;   // of it, if nothing hid the target
  std::size_t points = 0;  // of all LiDARs
};

// The stage as far as it may hide something from these looks.
using StageBetween =
    std::function<core::Result<world::StaticWorld>(const std::vector<sim::Look>& looks)>;

struct SightingJob {
  const pipeline::Rig& rig;
  sim::RememberedModels& models;  // that made the timeline's
  scene::RayCasterFactory& rays;
  StageBetween stage;  // null: only actors hide
};

// The ids of an actor and whoever rides on it; empty: there is none of that name.
sim::InstanceSet target_ids(const world::Timeline& timeline, const std::string& name);

// At these stamps, ascending, inside the timeline with half a sweep around. The timeline's outlines
// become models where they are needed. Errors: models that cannot be made; the stage's.
core::Result<std::vector<Sighting>> sight(world::Timeline& timeline, const sim::InstanceSet& target,
                                          const std::vector<std::int64_t>& stamps,
                                          const SightingJob& job);

}  // namespace oddroad::explore
