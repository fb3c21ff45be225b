// Keypoints drawn onto sheets: left red, right green, others yellow; a cross where the point is
// seen (met within its reach), four dots where something lies before it.
#pragma once

#include <vector>

#include "render/scene/visibility.h"
#include "tests/tools/model_sheet.h"

namespace oddroad::tools {

// The keypoints of a model at a pose, as place() puts it there.
std::vector<SheetMark> marks_of(const asset::Model& model, const math::Affine3d& T_world_model,
                                const asset::Articulation& articulation);

// image: w x h of linear colour, row-major.
void draw_marks(const world::SceneWindow& window, const scene::RayCaster& caster,
                const SheetView& view, const std::vector<SheetMark>& marks, int w, int h,
                std::vector<math::Vec3f>& image);

}  // namespace oddroad::tools
