#include "render/scene/resolve.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <cmath>
#include <limits>

namespace oddroad::scene {

using math::Vec3d;

ExactHit intersect_exact(const Vec3d& origin, const Vec3d& direction,
                         const std::array<Vec3d, 3>& triangle) {
  const Vec3d e1 = triangle[1] - triangle[0];
  const Vec3d e2 = triangle[2] - triangle[0];
  const Vec3d p = glm::cross(direction, e2);
  const double det = glm::dot(e1, p);
  const Vec3d s = origin - triangle[0];
  const Vec3d q = glm::cross(s, e1);
  const double length2 = glm::dot(direction, direction);
  double t_min = std::numeric_limits<double>::infinity();
  double t_max = -t_min;
  for (const Vec3d& corner : triangle) {
    const double t = glm::dot(corner - origin, direction) / length2;
    t_min = std::min(t_min, t);
    t_max = std::max(t_max, t);
  }
  if (det == 0) return {t_min, false};
  const double u = glm::dot(s, p) / det;
  const double v = glm::dot(direction, q) / det;
  const double t = glm::dot(e2, q) / det;
  const bool inside = u >= 0 && v >= 0 && u + v <= 1 && t > 0;
  // Outside the triangle its plane may be anywhere: stay within the span of the corners.
  return {std::clamp(t, t_min, t_max), inside};
}

namespace {

struct Candidate {
  std::uint32_t drawable;
  std::uint32_t triangle;
};

std::vector<std::uint32_t> mixed_pixels(const VisibilityRecord& record) {
  std::vector<std::uint32_t> pixels;
  const int w = record.width_px;
  const int h = record.height_px;
  for (int y = 0; y < h; ++y) {
    const int y0 = std::max(y - 1, 0);
    const int y1 = std::min(y + 1, h - 1);
    for (int x = 0; x < w; ++x) {
      const int x0 = std::max(x - 1, 0);
      const int x1 = std::min(x + 1, w - 1);
      const std::uint32_t centre = record.drawable[static_cast<std::size_t>(y) * w + x];
      bool mixed = false;
      for (int j = y0; j <= y1 && !mixed; ++j) {
        const std::uint32_t* row = &record.drawable[static_cast<std::size_t>(j) * w];
        for (int i = x0; i <= x1; ++i) mixed |= row[i] != centre;
      }
      if (mixed) pixels.push_back(static_cast<std::uint32_t>(y * w + x));
    }
  }
  return pixels;
}

Vec3d pixel_direction(const CameraView& view, double u, double v) {
  return view.T_world_camera.vector(view.camera.direction(u, v));
}

Candidate decide(const world::SceneWindow& window, const CameraView& view,
                 const VisibilityRecord& record, std::uint32_t pixel, Candidate cast) {
  const int w = record.width_px;
  const int x = static_cast<int>(pixel) % w;
  const int y = static_cast<int>(pixel) / w;
  const Vec3d origin = view.T_world_camera.translation;
  const Vec3d direction = pixel_direction(view, x + 0.5, y + 0.5);
  std::array<Candidate, 10> seen{};
  std::size_t count = 0;
  const auto consider = [&](Candidate c) {
    for (std::size_t k = 0; k < count; ++k) {
      if (seen[k].drawable == c.drawable && seen[k].triangle == c.triangle) return;
    }
    seen[count++] = c;
  };
  consider(cast);
  for (int j = std::max(y - 1, 0); j <= std::min(y + 1, record.height_px - 1); ++j) {
    for (int i = std::max(x - 1, 0); i <= std::min(x + 1, w - 1); ++i) {
      const std::size_t at = static_cast<std::size_t>(j) * w + i;
      consider({record.drawable[at], record.triangle[at]});
    }
  }
  Candidate best = cast;
  double best_t = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < count; ++k) {
    if (seen[k].drawable == 0) continue;
    const world::Drawable& drawable = window.drawables[seen[k].drawable - 1];
    const ExactHit hit = intersect_exact(
        origin, direction,
        world::triangle_at(window, drawable, seen[k].triangle, view.stamp_ns));
    if (hit.inside && hit.t < best_t) {
      best_t = hit.t;
      best = seen[k];
    }
  }
  return best;
}

}  // namespace

std::size_t resolve_edges(const world::SceneWindow& window, const CameraView& view,
                          const RayCaster& caster, VisibilityRecord& record) {
  const std::vector<std::uint32_t> pixels = mixed_pixels(record);
  RayBatch rays;
  rays.resize(pixels.size());
  for (std::size_t k = 0; k < pixels.size(); ++k) {
    const auto x = static_cast<int>(pixels[k]) % record.width_px;
    const auto y = static_cast<int>(pixels[k]) / record.width_px;
    rays.set(k, view.T_world_camera.translation, pixel_direction(view, x + 0.5, y + 0.5),
             view.stamp_ns, std::numeric_limits<float>::infinity());
  }
  RayHits hits;
  caster.intersect(rays, RayKind::kSensor, true, hits);
  std::vector<Candidate> decided(pixels.size());
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, pixels.size(), 1024), [&](const auto& r) {
    for (std::size_t k = r.begin(); k != r.end(); ++k) {
      decided[k] =
          decide(window, view, record, pixels[k], {hits.drawable[k], hits.triangle[k]});
    }
  });
  std::size_t changed = 0;
  for (std::size_t k = 0; k < pixels.size(); ++k) {
    changed += record.drawable[pixels[k]] != decided[k].drawable;
    record.drawable[pixels[k]] = decided[k].drawable;
    record.triangle[pixels[k]] = decided[k].triangle;
  }
  return changed;
}

capture::Image<float> depth_image(const world::SceneWindow& window, const CameraView& view,
                                  const VisibilityRecord& record) {
  capture::Image<float> depth(record.width_px, record.height_px,
                              std::numeric_limits<float>::infinity());
  const math::Affine3d T_camera_world = view.T_world_camera.inverse();
  std::vector<math::Affine3d> T_camera_mesh(window.drawables.size());
  for (std::size_t d = 0; d < window.drawables.size(); ++d) {
    T_camera_mesh[d] =
        T_camera_world * world::transform_at(window, window.drawables[d], view.stamp_ns);
  }
  const auto row = [&](int y) {
    std::uint32_t last_drawable = 0;
    std::uint32_t last_triangle = 0;
    std::array<Vec3d, 3> corners{};
    for (int x = 0; x < record.width_px; ++x) {
      const std::size_t at = static_cast<std::size_t>(y) * record.width_px + x;
      const std::uint32_t d = record.drawable[at];
      if (d == 0) continue;
      if (d != last_drawable || record.triangle[at] != last_triangle) {
        const world::Drawable& drawable = window.drawables[d - 1];
        const auto& indices = drawable.mesh->triangles[record.triangle[at]];
        for (int k = 0; k < 3; ++k) {
          corners[k] = T_camera_mesh[d - 1].point(
              world::vertex_at(window, drawable, indices[k], view.stamp_ns));
        }
        last_drawable = d;
        last_triangle = record.triangle[at];
      }
      depth.pixels[at] = static_cast<float>(
          intersect_exact(Vec3d(0), view.camera.direction(x + 0.5, y + 0.5), corners).t);
    }
  };
  tbb::parallel_for(0, record.height_px, row);
  return depth;
}

capture::Image<std::uint16_t> instance_image(const world::SceneWindow& window,
                                             const VisibilityRecord& record) {
  capture::Image<std::uint16_t> image(record.width_px, record.height_px);
  for (std::size_t i = 0; i < image.pixels.size(); ++i) {
    const std::uint32_t d = record.drawable[i];
    image.pixels[i] = d == 0 ? 0 : window.drawables[d - 1].instance.value;
  }
  return image;
}

capture::Image<std::uint8_t> class_image(const world::SceneWindow& window,
                                         const VisibilityRecord& record) {
  capture::Image<std::uint8_t> image(record.width_px, record.height_px);
  for (std::size_t i = 0; i < image.pixels.size(); ++i) {
    const std::uint32_t d = record.drawable[i];
    image.pixels[i] = d == 0 ? 0 : window.drawables[d - 1].class_id.value;
  }
  return image;
}

}  // namespace oddroad::scene
