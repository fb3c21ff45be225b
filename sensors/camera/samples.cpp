#include "sensors/camera/samples.h"

#include <cmath>

#include "engine/core/parallel.h"
#include "sensors/camera/occlusion.h"

namespace oddroad::camera {

using math::Vec3d;

namespace {

// Rotated grid: no two samples share a row or a column.
constexpr float kRotatedGrid[kEdgeSamples][2] = {
    {0.375f, 0.125f}, {0.875f, 0.375f}, {0.125f, 0.625f}, {0.625f, 0.875f}};

// What must agree for two neighbouring pixels to be one surface.
struct Surface {
  std::uint32_t drawable = 0;
  std::uint16_t material = 0;
  math::Vec3f normal{0};  // of the face, mesh frame
};

bool same_surface(const Surface& a, const Surface& b) {
  return a.drawable == b.drawable && a.material == b.material &&
         (a.drawable == 0 || glm::dot(a.normal, b.normal) > 0.9f);
}

Surface surface_at(const world::SceneWindow& window, std::uint32_t drawable,
                   std::uint32_t triangle) {
  if (drawable == 0) return {};
  const world::Drawable& d = window.drawables[drawable - 1];
  const auto& positions = d.steps.empty() ? d.mesh->positions : d.steps.front()->positions;
  const auto& t = d.mesh->triangles[triangle];
  const math::Vec3f n =
      glm::cross(positions[t[1]] - positions[t[0]], positions[t[2]] - positions[t[0]]);
  const float length = glm::length(n);
  return {drawable, d.mesh->material[triangle], length > 0 ? n / length : n};
}

std::vector<std::uint32_t> find_edges(const world::SceneWindow& window,
                                      const scene::VisibilityRecord& record) {
  const int w = record.width_px;
  const int h = record.height_px;
  std::vector<Surface> surfaces(record.drawable.size());
  core::parallel_for(h, [&](int y) {
    for (int x = 0; x < w; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * w + x;
      surfaces[i] = i > 0 && x > 0 && record.drawable[i] == record.drawable[i - 1] &&
                            record.triangle[i] == record.triangle[i - 1]
                        ? surfaces[i - 1]
                        : surface_at(window, record.drawable[i], record.triangle[i]);
    }
  });
  std::vector<std::uint32_t> edges;
  for (int y = 0; y < h; ++y) {
    for (int x = 0; x < w; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * w + x;
      const Surface& s = surfaces[i];
      const bool edge = (x > 0 && !same_surface(s, surfaces[i - 1])) ||
                        (x + 1 < w && !same_surface(s, surfaces[i + 1])) ||
                        (y > 0 && !same_surface(s, surfaces[i - w])) ||
                        (y + 1 < h && !same_surface(s, surfaces[i + w]));
      if (edge) edges.push_back(static_cast<std::uint32_t>(i));
    }
  }
  return edges;
}

}  // namespace

SampleSet make_samples(const world::SceneWindow& window, const scene::CameraView& view,
                       const scene::RayCaster& caster, const scene::VisibilityRecord& record) {
  SampleSet set;
  const int w = record.width_px;
  set.edge_pixels = find_edges(window, record);
  set.first_edge_sample = record.drawable.size();
  const std::size_t count = set.first_edge_sample + set.edge_pixels.size() * kEdgeSamples;
  set.samples.reserve(count + count / 8);  // what lies behind panes comes after
  set.samples.resize(count);
  core::parallel_for(record.height_px, [&](int y) {
    for (int x = 0; x < w; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * w + x;
      scene::ShadeSample& s = set.samples[i];
      s.drawable = record.drawable[i];
      s.triangle = record.triangle[i];
      s.u_px = static_cast<float>(x) + 0.5f;
      s.v_px = static_cast<float>(y) + 0.5f;
    }
  });
  scene::RayBatch rays;
  rays.resize(set.edge_pixels.size() * kEdgeSamples);
  core::parallel_chunks(rays.size(), 4096, [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k != end; ++k) {
      const std::uint32_t pixel = set.edge_pixels[k / kEdgeSamples];
      const float* offset = kRotatedGrid[k % kEdgeSamples];
      scene::ShadeSample& s = set.samples[set.first_edge_sample + k];
      s.u_px = static_cast<float>(pixel % w) + offset[0];
      s.v_px = static_cast<float>(pixel / w) + offset[1];
      rays.set(k, view.ray(s.u_px, s.v_px));
    }
  });
  scene::RayHits hits;
  caster.intersect(rays, scene::RayKind::kSensor, true, hits);
  for (std::size_t k = 0; k < rays.size(); ++k) {
    set.samples[set.first_edge_sample + k].drawable = hits.drawable[k];
    set.samples[set.first_edge_sample + k].triangle = hits.triangle[k];
  }
  trace_occlusion(window, view, caster, {record.width_px, record.height_px, set.first_edge_sample},
                  set.samples);
  set.seen_through =
      look_through(window, view, caster, set.first_edge_sample, set.edge_pixels, set.samples);
  return set;
}

}  // namespace oddroad::camera
