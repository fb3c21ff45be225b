// How much of the strongest lamps reaches each sample, by rays. Internal to this module.
#pragma once

#include <span>
#include <vector>

#include "render/scene/visibility.h"
#include "sensors/camera/sample_place.h"

namespace oddroad::camera {

// Fills light_cell and light_visibility. Each pixel traces one of the (at most four) strongest
// lamps of its cell, in a pattern that repeats every 2x2 pixels, towards a place on what shines
// that varies over 4x4; neighbours on the same surface share what they find.
void trace_lamps(const world::SceneWindow& window, const scene::CameraView& view,
                 const scene::RayCaster& caster, const SampleLayout& layout,
                 std::span<const Place> places, std::vector<scene::ShadeSample>& samples);

}  // namespace oddroad::camera
