// Samples of views that no single projection covers (distorted lenses, rolling shutters), made
// ready for the shading source. Internal to this module.
#pragma once

#include <span>
#include <vector>

#include "render/scene/visibility.h"

namespace oddroad::shade {

// The samples with u_px, v_px replaced by a direction in the camera frame at the view's stamp
// (octahedral, z forward). What a row saw at its own instant is looked up at the stamp instead: the
// direction leads to the same point of the same triangle then, so that patterns stick to surfaces.
std::vector<scene::ShadeSample> with_directions(const world::SceneWindow& window,
                                                const scene::CameraView& view,
                                                std::span<const scene::ShadeSample> samples);

}  // namespace oddroad::shade
