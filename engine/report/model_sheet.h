// Turntable sheets: what a model looks like from all sides, and how far its seeds differ.
#pragma once

#include <string>
#include <vector>

#include "engine/report/canvas.h"
#include "engine/report/model_scene.h"
#include "render/scene/visibility.h"

namespace oddroad::report {

// What pictures of models are made with; borrowed.
struct ModelStudio {
  scene::RayCasterFactory& rays;
  scene::Shading& shading;
};

struct SheetText {
  std::string name;
  std::vector<std::string> lines;  // what else is known of it
};

// Front three-quarter, front, side, rear and above, and a panel of text: name, true size, grid
// step, triangles, materials with their reflectance at 905 nm. Exposure and white balance are those
// that make the floor a light grey, the same in all views. Errors: those of making the models and
// of shading.
core::Result<Picture> turntable_sheet(const asset::ModelRequest& request, const SheetText& text,
                                      const ModelStudio& studio);

// The front three-quarter view of the same request with every seed from `first` to `last`.
core::Result<Picture> seed_sheet(asset::ModelRequest request, std::uint64_t first,
                                 std::uint64_t last, const ModelStudio& studio);

}  // namespace oddroad::report
