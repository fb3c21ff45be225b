#include "render/scene/visibility.h"

#include <cmath>
#include <limits>

#include "engine/world/main_light.h"

namespace oddroad::scene {

void RayBatch::resize(std::size_t n) {
  for (auto* values :
       {&origin_x, &origin_y, &origin_z, &direction_x, &direction_y, &direction_z, &t_max}) {
    values->resize(n);
  }
  stamp_ns.resize(n);
}

void RayBatch::set(std::size_t i, const ViewRay& ray) {
  if (math::is_ray(ray.direction_camera)) {
    set(i, ray.origin, ray.direction, ray.stamp_ns, std::numeric_limits<float>::infinity());
  } else {
    set(i, ray.origin, math::Vec3d(0, 0, 1), ray.stamp_ns, -1);  // ends before it starts
  }
}

ViewRay CameraView::ray(double u, double v) const {
  return make_ray(at_row(static_cast<int>(std::floor(v))), camera.direction(u, v));
}

math::Vec3d sun_direction(const world::Environment& environment) {
  const world::MainLight light = world::main_light(environment);
  const double e = light.elevation_rad;
  const double a = light.azimuth_rad;
  return {std::cos(e) * std::cos(a), std::cos(e) * std::sin(a), std::sin(e)};
}

}  // namespace oddroad::scene
