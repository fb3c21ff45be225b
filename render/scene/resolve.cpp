#include "render/scene/resolve.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <cmath>
#include <limits>

namespace oddroad::scene {

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

Candidate decide(const TriangleSource& triangles, const CameraView& view,
                 const VisibilityRecord& record, std::uint32_t pixel, Candidate cast) {
  const int w = record.width_px;
  const int x = static_cast<int>(pixel) % w;
  const int y = static_cast<int>(pixel) / w;
  const ViewRay ray = view.ray_at(x, y);
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
    const ExactHit hit = intersect_exact(
        ray.origin, ray.direction,
        triangles.corners(seen[k].drawable - 1, seen[k].triangle, ray.stamp_ns));
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
    rays.set(k, view.ray_at(static_cast<int>(pixels[k]) % record.width_px,
                            static_cast<int>(pixels[k]) / record.width_px));
  }
  RayHits hits;
  caster.intersect(rays, RayKind::kSensor, true, hits);
  const TriangleSource triangles(window);
  std::vector<Candidate> decided(pixels.size());
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, pixels.size(), 1024), [&](const auto& r) {
    for (std::size_t k = r.begin(); k != r.end(); ++k) {
      decided[k] =
          decide(triangles, view, record, pixels[k], {hits.drawable[k], hits.triangle[k]});
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

Distances distance_images(const world::SceneWindow& window, const CameraView& view,
                          const VisibilityRecord& record, bool depth, bool range) {
  constexpr float kNothing = std::numeric_limits<float>::infinity();
  Distances out;
  if (depth) out.depth_m = {record.width_px, record.height_px, kNothing};
  if (range) out.range_m = {record.width_px, record.height_px, kNothing};
  for_each_surface(window, view, record,
                   [&](std::size_t at, const ViewRay& ray, const TrianglePlane&, double t) {
                     if (depth) {
                       out.depth_m.pixels[at] = static_cast<float>(t * ray.direction_camera.z);
                     }
                     if (range) {
                       out.range_m.pixels[at] =
                           static_cast<float>(t * glm::length(ray.direction));
                     }
                   });
  return out;
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
