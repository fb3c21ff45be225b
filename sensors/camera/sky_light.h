// How much of the sky each sample sees past what stands near it, by rays. Internal to this module.
#pragma once

#include <span>
#include <vector>

#include "render/scene/visibility.h"
#include "sensors/camera/sample_place.h"

namespace oddroad::camera {

// Fills sky_visibility. One pixel of each 2x2 traces a ray, in a pattern that repeats every 8x8
// pixels; they take the mean of the 8x8 around them on the same surface. Other samples take
// what the pixels around them have, and whoever finds nobody traces a ray of their own.
void trace_sky(const scene::CameraView& view, const scene::RayCaster& caster,
               const SampleLayout& layout, std::span<const Place> places,
               std::vector<scene::ShadeSample>& samples);

}  // namespace oddroad::camera
