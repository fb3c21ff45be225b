#include "render/scene/visibility.h"

#include <tbb/parallel_for.h>

#include <cmath>
#include <limits>

namespace oddroad::scene {

void RayBatch::resize(std::size_t n) {
  for (auto* values : {&origin_x, &origin_y, &origin_z, &direction_x, &direction_y, &direction_z,
                       &t_max}) {
    values->resize(n);
  }
  stamp_ns.resize(n);
}

void RayBatch::set(std::size_t i, const math::Vec3d& origin, const math::Vec3d& direction,
                   std::int64_t stamp, float limit) {
  origin_x[i] = static_cast<float>(origin.x);
  origin_y[i] = static_cast<float>(origin.y);
  origin_z[i] = static_cast<float>(origin.z);
  direction_x[i] = static_cast<float>(direction.x);
  direction_y[i] = static_cast<float>(direction.y);
  direction_z[i] = static_cast<float>(direction.z);
  t_max[i] = limit;
  stamp_ns[i] = stamp;
}

void RayBatch::set(std::size_t i, const ViewRay& ray) {
  if (math::is_ray(ray.direction_camera)) {
    set(i, ray.origin, ray.direction, ray.stamp_ns, std::numeric_limits<float>::infinity());
  } else {
    set(i, ray.origin, {0, 0, 1}, ray.stamp_ns, -1);  // ends before it starts
  }
}

ViewRay CameraView::ray(double u, double v) const {
  return make_ray(at_row(static_cast<int>(std::floor(v))), camera.direction(u, v));
}

VisibilityRecord cast_record(const RayCaster& caster, const CameraView& view) {
  // Packets of 4x4 pixels: their rays stay together. Tiles are cut to the image afterwards.
  constexpr int kTile = 4;
  const int w = view.camera.width_px;
  const int h = view.camera.height_px;
  const int tiles_x = (w + kTile - 1) / kTile;
  const int tiles_y = (h + kTile - 1) / kTile;
  const std::size_t tile_count = static_cast<std::size_t>(tiles_x) * tiles_y;
  RayBatch rays;
  rays.resize(tile_count * kTile * kTile);
  tbb::parallel_for(std::size_t{0}, tile_count, [&](std::size_t tile) {
    const int x0 = static_cast<int>(tile % tiles_x) * kTile;
    const int y0 = static_cast<int>(tile / tiles_x) * kTile;
    for (int k = 0; k < kTile * kTile; ++k) {
      // Tiles stick out of images that are no multiple of them: the last pixel again.
      const int x = std::min(x0 + k % kTile, w - 1);
      const int y = std::min(y0 + k / kTile, h - 1);
      rays.set(tile * kTile * kTile + k, view.ray_at(x, y));
    }
  });
  RayHits hits;
  caster.intersect(rays, RayKind::kSensor, true, hits);
  VisibilityRecord record{w, h, {}, {}};
  record.drawable.resize(static_cast<std::size_t>(w) * h);
  record.triangle.resize(record.drawable.size());
  for (std::size_t i = 0; i < hits.drawable.size(); ++i) {
    const std::size_t tile = i / (kTile * kTile);
    const int k = static_cast<int>(i % (kTile * kTile));
    const int x = static_cast<int>(tile % tiles_x) * kTile + k % kTile;
    const int y = static_cast<int>(tile / tiles_x) * kTile + k / kTile;
    if (x >= w || y >= h) continue;
    record.drawable[static_cast<std::size_t>(y) * w + x] = hits.drawable[i];
    record.triangle[static_cast<std::size_t>(y) * w + x] = hits.triangle[i];
  }
  return record;
}

math::Vec3d sun_direction(const world::Environment& environment) {
  const double e = environment.sun_elevation_rad;
  const double a = environment.sun_azimuth_rad;
  return {std::cos(e) * std::cos(a), std::cos(e) * std::sin(a), std::sin(e)};
}

}  // namespace oddroad::scene
