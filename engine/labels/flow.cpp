#include "engine/labels/flow.h"

#include <cmath>
#include <limits>

#include "engine/labels/row_search.h"
#include "render/scene/pixel_geometry.h"

namespace oddroad::labels {

using math::Vec2d;
using math::Vec3d;

namespace {

// Weights of corners 1 and 2 of a point in the plane of a triangle.
Vec2d weights(const scene::TrianglePlane& plane, const Vec3d& p) {
  const auto& c = plane.corners();
  const Vec3d& n = plane.normal();
  const double n2 = glm::dot(n, n);
  if (n2 == 0) return {0, 0};
  return {glm::dot(glm::cross(p - c[0], c[2] - c[0]), n) / n2,
          glm::dot(glm::cross(c[1] - c[0], p - c[0]), n) / n2};
}

class FlowMaker {
 public:
  FlowMaker(const FlowFrame& from, const scene::VisibilityRecord& record, const FlowFrame& to)
      : from_(from),
        record_(record),
        to_(to),
        targets_(to.window),
        tiles_x_((record.width_px + kTile - 1) / kTile),
        T_camera_world_(to.view.T_world_camera.inverse()) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    out_.displacement_px = {record.width_px, record.height_px, math::Vec2f(nan)};
    out_.occlusion = {record.width_px, record.height_px,
                      static_cast<std::uint8_t>(capture::FlowOcclusion::kOutside)};
    const int tiles_y = (record.height_px + kTile - 1) / kTile;
    rays_.resize(static_cast<std::size_t>(tiles_x_) * tiles_y * kTile * kTile);
    still_.reserve(to.window.drawables.size());
    for (std::uint32_t d = 0; d < to.window.drawables.size(); ++d) still_.push_back(stays(d));
  }

  capture::FlowImage make() {
    core::parallel_for(rays_.size(), [&](std::size_t i) {
      rays_.set(i, Vec3d(0), {0, 0, 1}, to_.view.stamp_ns, -1);
    });
    core::parallel_for(record_.height_px, [&](int y) {
      sky_row(y);
    });
    scene::for_each_surface(from_.window, from_.view, record_,
                            [&](std::size_t at, const scene::ViewRay& ray,
                                const scene::TrianglePlane& plane, double t) {
                              surface(at, plane, ray.origin + ray.direction * t);
                            });
    find_hidden();
    return std::move(out_);
  }

 private:
  void sky_row(int y) {
    for (int x = 0; x < record_.width_px; ++x) {
      const std::size_t at = static_cast<std::size_t>(y) * record_.width_px + x;
      if (record_.drawable[at] != 0) continue;
      const scene::ViewRay ray = from_.view.ray_at(x, y);
      if (!math::is_ray(ray.direction_camera)) continue;
      const auto seen = appearance(true, y + 0.5, [&](std::int64_t) {
        return ray.direction;
      });
      if (seen) put(at, *seen, seen->point, std::numeric_limits<float>::infinity());
    }
  }

  void surface(std::size_t at, const scene::TrianglePlane& plane, const Vec3d& p) {
    const std::uint32_t d = record_.drawable[at] - 1;
    const Vec2d w = still_[d] != 0 ? Vec2d(0) : weights(plane, p);
    const double start = static_cast<double>(at / record_.width_px) + 0.5;
    const auto seen = appearance(false, start, [&](std::int64_t stamp_ns) {
      if (still_[d] != 0) return p;
      const auto c = targets_.corners(d, record_.triangle[at], stamp_ns);
      return c[0] * (1 - w.x - w.y) + c[1] * w.x + c[2] * w.y;
    });
    if (!seen) return;
    const Vec3d way = seen->point - seen->instant.T_world_camera.translation;
    const double margin = std::max(kFlowHiddenM / glm::length(way), kFlowHiddenShare);
    put(at, *seen, way, static_cast<float>(1 - margin));
  }

  // The neighbour finds it where it was.
  [[nodiscard]] bool stays(std::uint32_t d) const {
    const world::Drawable& a = from_.window.drawables[d];
    const world::Drawable& b = to_.window.drawables[d];
    return a.T_world_mesh.size() == 1 && a.steps.empty() && b.steps.empty() &&
           a.T_world_mesh == b.T_world_mesh;
  }

  // find_appearance, without a matrix to invert for each pixel where one instant holds for all.
  template <typename Place>
  [[nodiscard]] std::optional<Appearance> appearance(bool at_infinity, double start_v,
                                                     const Place& place) const {
    if (to_.view.rolling()) return find_appearance(to_.view, at_infinity, start_v, place);
    const Vec3d p = place(to_.view.stamp_ns);
    const auto image =
        to_.view.camera.project(at_infinity ? T_camera_world_.vector(p) : T_camera_world_.point(p));
    if (!image) return std::nullopt;
    return Appearance{*image, p, {to_.view.stamp_ns, to_.view.T_world_camera}};
  }

  // Rays of a tile of pixels lie side by side: they end close to each other.
  [[nodiscard]] std::size_t ray_index(std::size_t pixel) const {
    const auto x = static_cast<int>(pixel % record_.width_px);
    const auto y = static_cast<int>(pixel / record_.width_px);
    return static_cast<std::size_t>((y / kTile) * tiles_x_ + x / kTile) * (kTile * kTile) +
           (y % kTile) * kTile + x % kTile;
  }

  void put(std::size_t at, const Appearance& seen, const Vec3d& way, float limit) {
    const auto x = static_cast<double>(at % record_.width_px) + 0.5;
    const auto y = static_cast<double>(at / record_.width_px) + 0.5;
    out_.displacement_px.pixels[at] = math::Vec2f(seen.image - Vec2d(x, y));
    if (seen.image.x < 0 || seen.image.y < 0 || seen.image.x >= record_.width_px ||
        seen.image.y >= record_.height_px) {
      return;
    }
    out_.occlusion.pixels[at] = static_cast<std::uint8_t>(capture::FlowOcclusion::kSeen);
    rays_.set(ray_index(at), seen.instant.T_world_camera.translation, way, seen.instant.stamp_ns,
              limit);
  }

  void find_hidden() {
    std::vector<std::uint8_t> hidden;
    to_.caster.occluded(rays_, scene::RayKind::kSensor, hidden);
    for (std::size_t i = 0; i < out_.occlusion.pixels.size(); ++i) {
      auto& state = out_.occlusion.pixels[i];
      if (hidden[ray_index(i)] != 0 &&
          state == static_cast<std::uint8_t>(capture::FlowOcclusion::kSeen)) {
        state = static_cast<std::uint8_t>(capture::FlowOcclusion::kHidden);
      }
    }
  }

  const FlowFrame& from_;
  const scene::VisibilityRecord& record_;
  const FlowFrame& to_;
  static constexpr int kTile = 4;
  scene::TriangleSource targets_;
  int tiles_x_;
  math::Affine3d T_camera_world_;
  std::vector<std::uint8_t> still_;  // by drawable
  capture::FlowImage out_;
  scene::RayBatch rays_;
};

}  // namespace

capture::FlowImage flow_image(const FlowFrame& from, const scene::VisibilityRecord& record,
                              const FlowFrame& to) {
  return FlowMaker(from, record, to).make();
}

}  // namespace oddroad::labels
