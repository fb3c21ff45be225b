// How much of the sun, of the sky and of lamps reaches each sample, by rays.
#pragma once

#include <vector>

#include "render/scene/visibility.h"

namespace oddroad::camera {

// Ambient light is blocked by what lies within this distance (contact shadows), and kept out of
// enclosed places (enclosure.h).
inline constexpr double kSkyReachM = 6.0;

// Fills the visibilities of sun, sky and lamps. The first width * height samples are pixel centres
// in row-major order; one ray a sample into the sky, in a pattern that repeats every 4x4 pixels, is
// averaged over neighbours on the same surface.
void trace_occlusion(const world::SceneWindow& window, const scene::CameraView& view,
                     const scene::RayCaster& caster, int width_px, int height_px,
                     std::size_t pixel_samples, std::vector<scene::ShadeSample>& samples);

}  // namespace oddroad::camera
