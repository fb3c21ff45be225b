#include "engine/labels/search_area.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "render/scene/deform.h"

namespace oddroad::labels {

using math::Vec2d;
using math::Vec3d;

namespace {

constexpr double kNearM = 0.02;
// Pixels round the vertices: edges between them bend under a distorted lens, and rows move on.
constexpr int kMarginPx = 2;

struct Bounds {
  double left = std::numeric_limits<double>::infinity(), top = left, right = -left, bottom = -left;
  double farthest_m = 0;  // squared
  double deepest_m = 0;
  void include(const Vec2d& p) {
    left = std::min(left, p.x);
    top = std::min(top, p.y);
    right = std::max(right, p.x);
    bottom = std::max(bottom, p.y);
  }
};

// The image point of p, or of the nearest direction that the lens still shows.
Vec2d project_within(const math::CameraModel& camera, const Vec3d& p) {
  if (const auto at = camera.project(p)) return *at;
  const double across = std::hypot(p.x, p.y);
  const double angle = camera.max_angle_rad * (1 - 1e-9);
  const Vec2d radial = across > 0 ? Vec2d(p.x, p.y) / across : Vec2d(1, 0);
  const auto at =
      camera.project({radial.x * std::sin(angle), radial.y * std::sin(angle), std::cos(angle)});
  return at.value_or(Vec2d(camera.cx_px, camera.cy_px));
}

void include_edges(const math::TriangleMesh& mesh, const std::vector<Vec3d>& p,
                   const math::CameraModel& camera, Bounds& bounds) {
  for (const auto& triangle : mesh.triangles) {
    for (int k = 0; k < 3; ++k) {
      const Vec3d& a = p[triangle[k]];
      const Vec3d& b = p[triangle[(k + 1) % 3]];
      if ((a.z > kNearM) == (b.z > kNearM)) continue;
      const double u = (kNearM - a.z) / (b.z - a.z);
      bounds.include(project_within(camera, a * (1 - u) + b * u));
    }
  }
}

void include_drawable(const world::SceneWindow& window, const world::Drawable& drawable,
                      const scene::CameraView& view, const scene::ViewInstant& at, Bounds& bounds) {
  const math::Affine3d T =
      at.T_world_camera.inverse() * world::transform_at(window, drawable, at.stamp_ns);
  std::vector<math::Vec3f> positions;
  scene::positions_at(window, drawable, at.stamp_ns, positions);
  const bool all_round = view.camera.lens == math::Lens::kKannalaBrandt;
  std::vector<Vec3d> p(positions.size());
  bool crosses = false;
  for (std::size_t v = 0; v < p.size(); ++v) {
    p[v] = T.point(Vec3d(positions[v]));
    bounds.farthest_m = std::max(bounds.farthest_m, glm::dot(p[v], p[v]));
    bounds.deepest_m = std::max(bounds.deepest_m, p[v].z);
    if (all_round || p[v].z > kNearM) {
      bounds.include(project_within(view.camera, p[v]));
    } else {
      crosses = true;
    }
  }
  if (crosses) include_edges(*drawable.mesh, p, view.camera, bounds);
}

int clamped(double value, int low, int high) {
  return static_cast<int>(std::clamp(value, static_cast<double>(low), static_cast<double>(high)));
}

}  // namespace

SearchArea search_area(const world::SceneWindow& window, const world::InstanceInfo& instance,
                       const scene::CameraView& view) {
  std::vector<scene::ViewInstant> instants{view.at_row(view.camera.height_px / 2)};
  if (view.rolling()) {
    instants.push_back(view.rows.front());
    instants.push_back(view.rows.back());
  }
  Bounds bounds;
  for (const scene::ViewInstant& at : instants) {
    for (const std::uint32_t d : instance.drawables) {
      include_drawable(window, window.drawables[d], view, at, bounds);
    }
  }
  SearchArea out;
  out.farthest_m = std::sqrt(bounds.farthest_m);
  out.deepest_m = bounds.deepest_m;
  if (bounds.right < bounds.left) return out;
  const PixelRect grid = extended_grid(view.camera);
  out.rect = {clamped(std::floor(bounds.left) - kMarginPx, grid.x0, grid.x1),
              clamped(std::floor(bounds.top) - kMarginPx, grid.y0, grid.y1),
              clamped(std::ceil(bounds.right) + kMarginPx, grid.x0, grid.x1),
              clamped(std::ceil(bounds.bottom) + kMarginPx, grid.y0, grid.y1)};
  return out;
}

}  // namespace oddroad::labels
