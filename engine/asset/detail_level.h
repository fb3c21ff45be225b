// Coarser copies of rigid models for things that no sensor comes near.
//
// A level stands for a geometric error: no point of a solid surface lies farther than that from the
// full model's, nor the other way round; leaves grow by no more than that where others are left
// out. A level is the full model in all but its meshes: same box, materials, parts, lamps,
// keypoints, and each triangle keeps its material. Equal models give equal levels.
#pragma once

#include <memory>

#include "engine/asset/model.h"

namespace oddroad::asset {

// Level 0 is the full model.
inline constexpr int kCoarsestLevel = 7;

// 0 for the full model, then 3 mm, doubled from level to level: 0.19 m at the coarsest.
constexpr double level_error_m(int level) {
  return level == 0 ? 0 : 1.5e-3 * static_cast<double>(1 << level);
}

// The model itself where nothing can be left out: for level 0, for living things (whose deformer
// knows their vertices), and where the level would save less than a tenth of the triangles.
std::shared_ptr<const Model> make_level(const std::shared_ptr<const Model>& full, int level);

std::size_t triangle_count(const Model& model);

}  // namespace oddroad::asset
