// How much of the sun, of the sky and of lamps reaches each sample, by rays.
#pragma once

#include <vector>

#include "render/scene/visibility.h"
#include "sensors/camera/sample_place.h"

namespace oddroad::camera {

// Ambient light is blocked by what lies within this distance (contact shadows), and kept out of
// enclosed places (enclosure.h).
inline constexpr double kSkyReachM = 6.0;

// Fills the visibilities of sun, sky (sky_light.h) and lamps (lamp_shadows.h).
void trace_occlusion(const world::SceneWindow& window, const scene::CameraView& view,
                     const scene::RayCaster& caster, const SampleLayout& layout,
                     std::vector<scene::ShadeSample>& samples);

}  // namespace oddroad::camera
