// Embree 3 behind our ray interfaces. Two levels: one acceleration structure per mesh, instances
// with motion on top, in id order. Builds run on one thread, so that equal scenes give equal trees
// and equal answers whatever the number of workers.
#pragma once

#include <memory>
#include <string>

#include "engine/core/result.h"
#include "render/scene/visibility.h"

namespace oddroad::cast {

// Creates casters; shares structures of rigid meshes between windows. Thread-safe.
// isa: "" lets Embree choose; "avx2", "sse4.2", ... pins it (mixed farms).
core::Result<std::unique_ptr<scene::RayCasterFactory>> make_embree_factory(
    const std::string& isa = "");

// Visibility records by rays through pixel centres.
// The factory must outlive it.
std::unique_ptr<scene::Visibility> make_cast_visibility(scene::RayCasterFactory& factory);

// "3.13.5" and the instruction sets in use, for `oddroad info`.
std::string embree_description();

}  // namespace oddroad::cast
