// A model by itself under an even sky: what a sheet of it shows.
#pragma once

#include <memory>

#include "engine/asset/catalog.h"
#include "engine/world/scene_window.h"

namespace oddroad::report {

// The models of one request in one frame: composites are two. Errors: those of make_model.
core::Result<std::vector<std::shared_ptr<const asset::Model>>> models_of(
    const asset::ModelRequest& request);

// Around all parts in rest pose, mirrors and riders included.
math::Aabb bounds_of(const std::vector<std::shared_ptr<const asset::Model>>& models);

// The models at the origin on a light concrete floor with lines every `grid_m`, five steps beyond
// them, under an overcast sky. The window owns all of it.
world::SceneWindow model_scene(const std::vector<std::shared_ptr<const asset::Model>>& models,
                               double grid_m);

}  // namespace oddroad::report
