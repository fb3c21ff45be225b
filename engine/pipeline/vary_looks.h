// Surfaces that differ from clip to clip: colour only, so that no label and no LiDAR point changes.
#pragma once

#include "engine/scenario/variant.h"
#include "engine/world/static_world.h"
#include "engine/world/timeline.h"

namespace oddroad::pipeline {

// Replaces the models of actors and of what stands still by copies with other materials. Colours
// are scaled by up to `albedo_jitter`; of the materials a share of `texture_share` gets colours and
// a pattern at random instead. Each surface is drawn by (seed, name of who wears it, name of the
// material). Panes, lamps and pictures (signs, plates) keep their looks; reflectance in the
// infrared and the names of materials stay.
void vary_looks(const scenario::Looks& looks, world::Timeline& timeline, world::StaticWorld& stage);

}  // namespace oddroad::pipeline
