// A quick look at a scene without the real shading: sun, sky, shadows and occlusion by rays.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/asset/model.h"
#include "engine/world/scene_window.h"

namespace oddroad::tools {

struct SheetView {
  math::Vec3d eye{0};
  math::Vec3d target{0};
  double fov_deg = 35;
};

struct ViewAxes {
  explicit ViewAxes(const SheetView& view);
  math::Vec3d forward, right, up;
};

// A keypoint to draw (sheet_marks.h).
struct SheetMark {
  math::Vec3d point{0};
  double reach_m = 0;
  math::Vec3f color{1};
  const asset::Model* model = nullptr;
};

// Renders views of a window side by side, `columns` per row, and writes a PNG.
bool write_views(const world::SceneWindow& window, const std::vector<SheetView>& views,
                 int width_px, int height_px, int columns, const std::string& png,
                 const std::vector<SheetMark>& marks = {});

// Adds a model at a pose; deforming models are posed by `articulation`.
void place(world::SceneWindow& window, std::shared_ptr<const asset::Model> model,
           const math::Affine3d& T_world_model, const asset::Articulation& articulation = {});
// A 600 m grey ground square at z = 0.
void place_ground(world::SceneWindow& window);

// Front 3/4, rear 3/4, side, front, rear, top at a distance that fits the model.
bool write_model_sheet(std::shared_ptr<const asset::Model> model, const std::string& png,
                       const asset::Articulation& articulation = {}, bool keypoints = false);

}  // namespace oddroad::tools
