// What a record says, confirmed in double precision inside things too: which triangle of one thing
// a pixel shows decides its depth and normal.
#pragma once

#include "render/scene/camera_view.h"
#include "render/scene/visibility.h"

namespace oddroad::scene {

// Producers work in single precision, and rasterizers snap corners to 1/256 px. A ray caster's
// triangle is believed where it is not met at grazing incidence; a rasterizer's, where moreover the
// exact ray through the pixel's centre passes inside it and no triangle named in the 3x3
// neighbourhood lies in front of it. Other pixels are decided again: of the producer's triangle, of
// what rays through the centre and just beside it meet, and, for a rasterizer, of the
// neighbourhood's triangles, the nearest that the exact ray passes through wins, else the ray
// caster's answer. Returns how many pixels were decided again. `cast`: the pixels, ascending, that
// hold the ray caster's answers already, whoever made the record.
std::size_t confirm_triangles(const world::SceneWindow& window, const CameraView& view,
                              const RayCaster& caster, const std::vector<std::uint32_t>& cast,
                              VisibilityRecord& record);

}  // namespace oddroad::scene
