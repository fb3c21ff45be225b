#include "engine/labels/search_area.h"

#include <algorithm>
#include <array>
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

// Where the edges cross the plane before which nothing is projected.
template <typename Edges>
void include_crossings(const Edges& edges, const std::vector<Vec3d>& p,
                       const math::CameraModel& camera, Bounds& bounds) {
  for (const auto& [i, j] : edges) {
    const Vec3d& a = p[i];
    const Vec3d& b = p[j];
    if ((a.z > kNearM) == (b.z > kNearM)) continue;
    const double u = (kNearM - a.z) / (b.z - a.z);
    bounds.include(project_within(camera, a * (1 - u) + b * u));
  }
}

// Points in the camera frame, moved there in place. True where some lie before the near plane and
// some behind it.
bool include_points(const math::Affine3d& T_camera_mesh, const math::CameraModel& camera,
                    std::vector<Vec3d>& p, Bounds& bounds) {
  const bool all_round = camera.lens == math::Lens::kKannalaBrandt;
  std::size_t ahead = 0;
  for (Vec3d& v : p) {
    v = T_camera_mesh.point(v);
    bounds.farthest_m = std::max(bounds.farthest_m, glm::dot(v, v));
    bounds.deepest_m = std::max(bounds.deepest_m, v.z);
    if (!all_round && !(v.z > kNearM)) continue;
    bounds.include(project_within(camera, v));
    ++ahead;
  }
  return ahead != 0 && ahead != p.size();
}

void include_vertices(const world::SceneWindow& window, const world::Drawable& drawable,
                      const scene::CameraView& view, const scene::ViewInstant& at, Bounds& bounds) {
  std::vector<math::Vec3f> positions;
  scene::positions_at(window, drawable, at.stamp_ns, positions);
  std::vector<Vec3d> p(positions.begin(), positions.end());
  const auto T_camera_mesh =
      at.T_world_camera.inverse() * world::transform_at(window, drawable, at.stamp_ns);
  if (!include_points(T_camera_mesh, view.camera, p, bounds)) return;
  for (const auto& [a, b, c] : drawable.mesh->triangles) {
    include_crossings(std::array{std::pair{a, b}, std::pair{b, c}, std::pair{c, a}}, p, view.camera,
                      bounds);
  }
}

void include_box(const world::SceneWindow& window, const world::Drawable& drawable,
                 const math::Aabb& box, const scene::CameraView& view, Bounds& bounds) {
  std::vector<Vec3d> p;  // corner i: bit 0 = upper x, bit 1 = upper y, bit 2 = upper z
  for (int i = 0; i < 8; ++i) {
    p.push_back({(i & 1 ? box.upper : box.lower).x, (i & 2 ? box.upper : box.lower).y,
                 (i & 4 ? box.upper : box.lower).z});
  }
  const auto T_camera_mesh =
      view.T_world_camera.inverse() * world::transform_at(window, drawable, view.stamp_ns);
  if (!include_points(T_camera_mesh, view.camera, p, bounds)) return;
  constexpr std::array<std::pair<int, int>, 12> kEdges = {{{0, 1},
                                                           {2, 3},
                                                           {4, 5},
                                                           {6, 7},
                                                           {0, 2},
                                                           {1, 3},
                                                           {4, 6},
                                                           {5, 7},
                                                           {0, 4},
                                                           {1, 5},
                                                           {2, 6},
                                                           {3, 7}}};
  include_crossings(kEdges, p, view.camera, bounds);
}

int clamped(double value, int low, int high) {
  return static_cast<int>(std::clamp(value, static_cast<double>(low), static_cast<double>(high)));
}

void include_over_rows(const world::SceneWindow& window, const world::InstanceInfo& instance,
                       const scene::CameraView& view, Bounds& bounds) {
  std::vector<scene::ViewInstant> instants{view.at_row(view.camera.height_px / 2)};
  if (view.rolling()) {
    instants.push_back(view.rows.front());
    instants.push_back(view.rows.back());
  }
  for (const scene::ViewInstant& at : instants) {
    for (const std::uint32_t d : instance.drawables) {
      include_vertices(window, window.drawables[d], view, at, bounds);
    }
  }
}

}  // namespace

SearchArea search_area(const world::SceneWindow& window, const world::InstanceInfo& instance,
                       const scene::CameraView& view, const scene::RayCaster& caster) {
  Bounds bounds;
  if (view.single_projection()) {
    for (const std::uint32_t d : instance.drawables) {
      include_box(window, window.drawables[d], caster.mesh_bounds(d), view, bounds);
    }
  } else {
    include_over_rows(window, instance, view, bounds);
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
