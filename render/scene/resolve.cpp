#include "render/scene/resolve.h"

#include <cmath>
#include <limits>

#include "engine/core/parallel.h"

namespace oddroad::scene {

namespace {

struct Candidate {
  std::uint32_t drawable;
  std::uint32_t triangle;
};

// Pixels whose 3x3 neighbourhood names more than one drawable, row by row.
std::vector<std::uint32_t> mixed_pixels(const VisibilityRecord& record) {
  const int w = record.width_px;
  const int h = record.height_px;
  std::vector<std::vector<std::uint32_t>> rows(static_cast<std::size_t>(h));
  core::parallel_for(h, [&](int y) {
    const std::uint32_t* here = &record.drawable[static_cast<std::size_t>(y) * w];
    const std::uint32_t* above = y > 0 ? here - w : here;
    const std::uint32_t* below = y + 1 < h ? here + w : here;
    for (int x = 0; x < w; ++x) {
      const std::uint32_t c = here[x];
      const int l = std::max(x - 1, 0);
      const int r = std::min(x + 1, w - 1);
      // One expression without branches: most pixels have nine equal neighbours.
      const std::uint32_t differs = (here[l] ^ c) | (here[r] ^ c) | (above[l] ^ c) |
                                    (above[x] ^ c) | (above[r] ^ c) | (below[l] ^ c) |
                                    (below[x] ^ c) | (below[r] ^ c);
      if (differs != 0) rows[y].push_back(static_cast<std::uint32_t>(y * w + x));
    }
  });
  std::vector<std::uint32_t> pixels;
  for (const auto& row : rows) pixels.insert(pixels.end(), row.begin(), row.end());
  return pixels;
}

// What rays through the pixels' centres meet.
std::vector<Candidate> cast_pixels(const CameraView& view, const RayCaster& caster,
                                   const VisibilityRecord& record,
                                   const std::vector<std::uint32_t>& pixels) {
  std::vector<Candidate> out(pixels.size());
  if (record.by_rays) {
    for (std::size_t k = 0; k < pixels.size(); ++k) {
      out[k] = {record.drawable[pixels[k]], record.triangle[pixels[k]]};
    }
    return out;
  }
  RayBatch rays;
  rays.resize(pixels.size());
  for (std::size_t k = 0; k < pixels.size(); ++k) {
    rays.set(k, view.ray_at(static_cast<int>(pixels[k]) % record.width_px,
                            static_cast<int>(pixels[k]) / record.width_px));
  }
  RayHits hits;
  caster.intersect(rays, RayKind::kSensor, true, hits);
  for (std::size_t k = 0; k < pixels.size(); ++k) out[k] = {hits.drawable[k], hits.triangle[k]};
  return out;
}

// Corners of the triangles met last: a pixel and those around it, on this row and the next, name
// the same ones again and again.
class RecentTriangles {
 public:
  explicit RecentTriangles(const TriangleSource& source) : source_(source) {}

  const std::array<math::Vec3d, 3>& corners(Candidate c, std::int64_t stamp_ns) {
    const std::size_t slot = (c.triangle * 2654435761u ^ c.drawable * 40503u) % kSlots;
    Entry& e = entries_[slot];
    if (e.drawable != c.drawable || e.triangle != c.triangle || e.stamp_ns != stamp_ns) {
      e = {c.drawable, c.triangle, stamp_ns, source_.corners(c.drawable - 1, c.triangle, stamp_ns)};
    }
    return e.corners;
  }

 private:
  static constexpr std::size_t kSlots = 4096;  // what a few rows of foliage name
  struct Entry {
    std::uint32_t drawable = 0;
    std::uint32_t triangle = 0;
    std::int64_t stamp_ns = 0;
    std::array<math::Vec3d, 3> corners{};
  };
  const TriangleSource& source_;
  std::vector<Entry> entries_ = std::vector<Entry>(kSlots);
};

// Triangles of other drawables than the ray caster's answer that the neighbourhood of a pixel
// names, each once. Which triangle of its own drawable it is, the caster knows as well as anyone.
struct Neighbourhood {
  std::uint32_t own = 0;
  std::array<Candidate, 9> seen{};
  std::size_t count = 0;

  void add(Candidate c) {
    if (c.drawable == 0 || c.drawable == own) return;
    for (std::size_t k = 0; k < count; ++k) {
      if (seen[k].drawable == c.drawable && seen[k].triangle == c.triangle) return;
    }
    seen[count++] = c;
  }
};

// The caster's answer counts also where its ray passes just beside the triangle: in single
// precision it may name the neighbour across a shared edge, and what lies behind both must not win.
Candidate decide(RecentTriangles& triangles, const CameraView& view, const VisibilityRecord& record,
                 std::uint32_t pixel, Candidate cast) {
  const int w = record.width_px;
  const int x = static_cast<int>(pixel) % w;
  const int y = static_cast<int>(pixel) / w;
  Neighbourhood near{cast.drawable, {}, 0};
  for (int j = std::max(y - 1, 0); j <= std::min(y + 1, record.height_px - 1); ++j) {
    for (int i = std::max(x - 1, 0); i <= std::min(x + 1, w - 1); ++i) {
      const std::size_t at = static_cast<std::size_t>(j) * w + i;
      near.add({record.drawable[at], record.triangle[at]});
    }
  }
  if (near.count == 0) return cast;
  const ViewRay ray = view.ray_at(x, y);
  const auto corners = [&](Candidate c) -> const std::array<math::Vec3d, 3>& {
    return triangles.corners(c, ray.stamp_ns);
  };
  constexpr double kNever = std::numeric_limits<double>::infinity();
  Candidate best = cast;
  double best_t = cast.drawable == 0
                      ? kNever
                      : hit_as_cast(ray.origin, ray.direction, corners(cast)).value_or(kNever);
  for (std::size_t k = 0; k < near.count; ++k) {
    const auto t = hit_inside(ray.origin, ray.direction, corners(near.seen[k]));
    if (t && *t < best_t) {
      best_t = *t;
      best = near.seen[k];
    }
  }
  return best;
}

}  // namespace

std::size_t resolve_edges(const world::SceneWindow& window, const CameraView& view,
                          const RayCaster& caster, VisibilityRecord& record) {
  const std::vector<std::uint32_t> pixels = mixed_pixels(record);
  const std::vector<Candidate> cast = cast_pixels(view, caster, record, pixels);
  const TriangleSource triangles(window);
  std::vector<Candidate> decided(pixels.size());
  core::parallel_chunks(pixels.size(), 4096, [&](std::size_t begin, std::size_t end) {
    RecentTriangles recent(triangles);
    for (std::size_t k = begin; k != end; ++k) {
      decided[k] = decide(recent, view, record, pixels[k], cast[k]);
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
                       out.range_m.pixels[at] = static_cast<float>(t * glm::length(ray.direction));
                     }
                   });
  return out;
}

namespace {

// One value per drawable, looked up at every pixel; 0 where nothing is seen.
template <typename T, typename Of>
capture::Image<T> drawable_image(const world::SceneWindow& window, const VisibilityRecord& record,
                                 const Of& of) {
  std::vector<T> values{0};
  for (const world::Drawable& d : window.drawables) values.push_back(of(d));
  capture::Image<T> image(record.width_px, record.height_px);
  core::parallel_for(record.height_px, [&](int y) {
    const std::size_t first = static_cast<std::size_t>(y) * record.width_px;
    for (std::size_t i = first; i < first + record.width_px; ++i) {
      image.pixels[i] = values[record.drawable[i]];
    }
  });
  return image;
}

}  // namespace

capture::Image<std::uint16_t> instance_image(const world::SceneWindow& window,
                                             const VisibilityRecord& record) {
  return drawable_image<std::uint16_t>(window, record, [](const world::Drawable& d) {
    return d.instance.value;
  });
}

capture::Image<std::uint8_t> class_image(const world::SceneWindow& window,
                                         const VisibilityRecord& record) {
  return drawable_image<std::uint8_t>(window, record, [](const world::Drawable& d) {
    return d.class_id.value;
  });
}

}  // namespace oddroad::scene
