// What is uniform over a frame, as the shading source reads it. Internal to this module.
#pragma once

#include "render/scene/camera_view.h"
#include "render/shade/light_records.h"
#include "render/shade/packed_sky.h"

namespace oddroad::shade {

shaders::ShadeFrame frame_record(const world::Environment& environment, const SkyMap& sky,
                                 const PackedSky& packed, const LightRecords& lights,
                                 const scene::CameraView& view);

// The rows of an affine map.
void set_rows(glm::vec4 (&rows)[3], const math::Affine3d& T);

}  // namespace oddroad::shade
