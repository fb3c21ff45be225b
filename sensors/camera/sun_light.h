// How much of the sun reaches each sample, by rays. Internal to this module.
#pragma once

#include <span>
#include <vector>

#include "render/scene/visibility.h"
#include "sensors/camera/sample_place.h"

namespace oddroad::camera {

// Fills sun_visibility (1 where neither sun nor moon is up). Each sample traces a ray to a place on
// the disc that varies over 4x4 pixels; pixels take the mean of the 4x4 around them on the same
// surface: shadows grow soft with the distance of what throws them.
void trace_sun(const world::SceneWindow& window, const scene::CameraView& view,
               const scene::RayCaster& caster, const SampleLayout& layout,
               std::span<const Place> places, std::vector<scene::ShadeSample>& samples);

}  // namespace oddroad::camera
