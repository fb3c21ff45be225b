#include "tests/tools/sheet_marks.h"

#include <cmath>

namespace oddroad::tools {

using math::Vec3d;
using math::Vec3f;

namespace {

Vec3f color_of(const std::string& name) {
  if (name.find("left") != std::string::npos) return {1, 0, 0};
  return name.find("right") != std::string::npos ? Vec3f(0, 1, 0) : Vec3f(1, .9f, 0);
}

bool is_seen(const world::SceneWindow& window, const scene::RayHits& hits, std::size_t i,
             const SheetMark& mark, double distance_m) {
  if (hits.drawable[i] == 0 || hits.t[i] > distance_m + 1e-3) return true;
  const world::Drawable& d = window.drawables[hits.drawable[i] - 1];
  return d.model.get() == mark.model && distance_m - hits.t[i] <= mark.reach_m;
}

}  // namespace

std::vector<SheetMark> marks_of(const asset::Model& model, const math::Affine3d& T_world_model,
                                const asset::Articulation& articulation) {
  std::vector<SheetMark> out;
  std::vector<Vec3d> moved;
  if (model.deformer) moved = model.deformer->keypoints(articulation);
  for (std::size_t i = 0; i < model.keypoints.size(); ++i) {
    const asset::KeypointAnchor& k = model.keypoints[i];
    Vec3d p = moved.empty() ? k.position_m : moved[i];
    if (k.part >= 0) p = model.parts[k.part].T_model_part.point(p);
    out.push_back({T_world_model.point(p), k.reach_m, color_of(k.name), &model});
  }
  return out;
}

void draw_marks(const world::SceneWindow& window, const scene::RayCaster& caster,
                const SheetView& view, const std::vector<SheetMark>& marks, int w, int h,
                std::vector<Vec3f>& image) {
  scene::RayBatch rays;
  rays.resize(marks.size());
  for (std::size_t i = 0; i < marks.size(); ++i) {
    rays.set(i, view.eye, glm::normalize(marks[i].point - view.eye), window.begin_ns, 1e6f);
  }
  scene::RayHits hits;
  caster.intersect(rays, scene::RayKind::kShadow, false, hits);
  const ViewAxes axes(view);
  const double focal = w / (2 * std::tan(view.fov_deg * M_PI / 360));
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const Vec3d to = marks[i].point - view.eye;
    const double depth = glm::dot(to, axes.forward);
    if (depth <= 0) continue;
    const int x0 = static_cast<int>(w / 2.0 + focal * glm::dot(to, axes.right) / depth);
    const int y0 = static_cast<int>(h / 2.0 - focal * glm::dot(to, axes.up) / depth);
    const bool seen = is_seen(window, hits, i, marks[i], glm::length(to));
    for (int k = seen ? 0 : 3; k <= 4; ++k) {
      for (const auto& [dx, dy] : {std::pair{k, 0}, {-k, 0}, {0, k}, {0, -k}}) {
        const int x = x0 + dx;
        const int y = y0 + dy;
        if (x >= 0 && x < w && y >= 0 && y < h) {
          image[static_cast<std::size_t>(y) * w + x] = marks[i].color;
        }
      }
    }
  }
}

}  // namespace oddroad::tools
