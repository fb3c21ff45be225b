#include "sensors/camera/spray.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "engine/core/parallel.h"
#include "sensors/camera/record_distance.h"
#include "sensors/camera/streaks.h"

namespace oddroad::camera {

using math::Vec3d;
using math::Vec3f;

namespace {

constexpr double kSlowest_mps = 8;
constexpr double kFastest_mps = 25;
constexpr double kLeastWheelbase_m = 1.8;
constexpr int kPuffs = 14;  // a wheel
constexpr double kLife_s = 1.1;

// Droplets about a point, normally distributed.
struct Puff {
  Vec3d centre;  // world
  double spread_m = 0.3;
  double extinction_per_m = 0;  // in the middle
};

struct PixelBox {
  int x0 = 1 << 30, y0 = 1 << 30, x1 = -1, y1 = -1;
};

std::vector<Puff> puffs_of(const world::InstanceInfo& thing, std::int64_t stamp_ns,
                           double film_mm) {
  std::vector<Puff> out;
  const world::ActorState state = world::state_at(*thing.actor, stamp_ns);
  const double speed = glm::length(state.velocity_mps);
  if (speed < kSlowest_mps) return out;
  const math::Affine3d pose = world::pose_at(*thing.actor, stamp_ns);
  const math::Aabb box = thing.model->box;
  const double width = box.upper.y - box.lower.y;
  const double heavy = std::clamp((box.upper.z - 1.2) / 2.0, 0.3, 1.0);
  const double pace = std::min(speed / kFastest_mps, 1.3);
  const double thrown = 0.5 * heavy * pace * pace * std::min(film_mm, 1.5);
  for (const double side : {-0.40, 0.40}) {
    for (int k = 0; k < kPuffs; ++k) {
      const double age = kLife_s * (k + 0.5) / kPuffs;
      // Drag stops the droplets within a few tenths of a second; the wake still draws them along.
      const double left_behind = speed * (age - 0.35 * (1 - std::exp(-age / 0.35)));
      Puff puff;
      puff.spread_m = (0.16 + 0.55 * age) * (0.6 + 0.6 * heavy);
      puff.centre = pose.point({box.lower.x - 0.1, side * width, 0.25 + 0.45 * age * heavy});
      puff.centre -= state.velocity_mps / speed * left_behind;
      const double thinned = 0.16 / (0.16 + 0.55 * age);
      puff.extinction_per_m = thrown * thinned * std::exp(-age / 0.5);
      out.push_back(puff);
    }
  }
  return out;
}

PixelBox box_of(const std::vector<Puff>& puffs, const scene::CameraView& view) {
  const math::Affine3d T_camera_world = view.T_world_camera.inverse();
  PixelBox out;
  for (const Puff& puff : puffs) {
    const Vec3d at = T_camera_world.point(puff.centre);
    const auto p = at.z > 0.5 ? view.camera.project(at) : std::nullopt;
    if (!p) continue;
    const int reach = static_cast<int>(3 * puff.spread_m * view.camera.fx_px / at.z) + 1;
    out.x0 = std::min(out.x0, static_cast<int>(p->x) - reach);
    out.y0 = std::min(out.y0, static_cast<int>(p->y) - reach);
    out.x1 = std::max(out.x1, static_cast<int>(p->x) + reach);
    out.y1 = std::max(out.y1, static_cast<int>(p->y) + reach);
  }
  out.x0 = std::max(out.x0, 0);
  out.y0 = std::max(out.y0, 0);
  out.x1 = std::min(out.x1, view.camera.width_px - 1);
  out.y1 = std::min(out.y1, view.camera.height_px - 1);
  return out;
}

// Optical depth of the puffs along a ray, as far as `distance_m`.
double depth_along(const std::vector<Puff>& puffs, const Vec3d& origin, const Vec3d& direction,
                   double distance_m) {
  double depth = 0;
  for (const Puff& puff : puffs) {
    const Vec3d to = puff.centre - origin;
    const double along = glm::dot(to, direction);
    const double off2 = glm::dot(to, to) - along * along;
    const double s = puff.spread_m;
    if (along < 0 || off2 > 9 * s * s) continue;
    // The integral of a normal distribution, cut at the surface behind (logistic approximation).
    const double reached = 1 / (1 + std::exp(-1.7 * (distance_m - along) / s));
    depth += puff.extinction_per_m * std::sqrt(2 * std::numbers::pi) * s *
             std::exp(-0.5 * off2 / (s * s)) * reached;
  }
  return depth;
}

}  // namespace

void add_spray(const world::SceneWindow& window, const scene::CameraView& view,
               const scene::VisibilityRecord& record, capture::Image<Vec3f>& radiance) {
  const RecordDistance surface(window, view, record);
  const Surroundings lit = surroundings_of(radiance, record);
  const Vec3f light = 0.5f * (lit.around + lit.above);
  for (const world::InstanceInfo& thing : window.instances) {
    if (thing.actor == nullptr || thing.is_ego || thing.model->wheelbase_m < kLeastWheelbase_m) {
      continue;
    }
    const auto puffs = puffs_of(thing, view.stamp_ns, window.environment.water_film_mm);
    const PixelBox box = box_of(puffs, view);
    if (puffs.empty() || box.x1 < box.x0 || box.y1 < box.y0) continue;
    core::parallel_for(static_cast<std::size_t>(box.y1 - box.y0 + 1), [&](std::size_t row) {
      const int y = box.y0 + static_cast<int>(row);
      for (int x = box.x0; x <= box.x1; ++x) {
        const scene::ViewRay ray = view.ray_at(x, y);
        const double length = glm::length(ray.direction);
        if (!(length > 0)) continue;
        const Vec3d direction = ray.direction / length;
        if (depth_along(puffs, ray.origin, direction, 1e9) < 2e-3) continue;
        const auto left = static_cast<float>(
            std::exp(-depth_along(puffs, ray.origin, direction, surface.at(x, y))));
        Vec3f& c = radiance.at(x, y);
        c = c * left + light * (1 - left);
      }
    });
  }
}

}  // namespace oddroad::camera
