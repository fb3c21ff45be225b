// How enclosed places are: rays to the sky that end nearby tell contact shadows, but leave tunnels
// as bright as the street. Internal to this module.
#pragma once

#include <span>
#include <vector>

#include "render/scene/visibility.h"
#include "sensors/camera/sample_place.h"

namespace oddroad::camera {

// Share of the sky's light that finds its way to where each pixel's surface lies, by long rays
// upward from half a metre before the surface: 1 in the open, about .9 at the foot of a wall, 0
// deep inside a tunnel. Streets between houses lose little, because what the houses hide of the
// sky they replace by their own light. Four rays for each 4x4 pixels, shared with neighbours.
std::vector<float> open_shares(const scene::CameraView& view, const scene::RayCaster& caster,
                               int width_px, int height_px, std::span<const Place> places,
                               std::span<const scene::ShadeSample> samples);

}  // namespace oddroad::camera
