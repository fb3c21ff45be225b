#include "sensors/camera/image_motion.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/core/parallel.h"
#include "render/scene/pixel_runs.h"

namespace oddroad::camera {
namespace {

using math::Affine3d;
using math::Vec3d;

// Nothing is nearer to a camera than this.
constexpr double kNearestM = 1.5;

// Where things go from one instant to the begin and to the end of the exposure.
struct Course {
  Affine3d begin, end;
};

// By drawable; empty: it stands still.
std::vector<std::optional<Course>> courses(const world::SceneWindow& window, std::int64_t stamp_ns,
                                           std::int64_t half_ns) {
  std::vector<std::optional<Course>> out(window.drawables.size());
  for (const world::InstanceInfo& info : window.instances) {
    if (info.actor == nullptr) continue;
    const Affine3d back = world::pose_at(*info.actor, stamp_ns).inverse();
    const Course course{world::pose_at(*info.actor, stamp_ns - half_ns) * back,
                        world::pose_at(*info.actor, stamp_ns + half_ns) * back};
    for (const std::uint32_t d : info.drawables) out[d] = course;
  }
  return out;
}

// The camera at both ends of a row's exposure.
Course eyes(const world::SceneWindow& window, const Affine3d& mount, std::int64_t stamp_ns,
            std::int64_t half_ns) {
  return {(world::pose_at(*window.ego, stamp_ns - half_ns) * mount).inverse(),
          (world::pose_at(*window.ego, stamp_ns + half_ns) * mount).inverse()};
}

math::Vec2f way(const math::CameraModel& camera, const Vec3d& begin, const Vec3d& end) {
  const auto a = camera.project(begin), b = camera.project(end);
  return a && b ? math::Vec2f(*b - *a) : math::Vec2f(0);
}

}  // namespace

ImageMotion image_motion(const world::SceneWindow& window, const scene::CameraView& view,
                         const math::Pose& T_ego_camera, const scene::VisibilityRecord& record,
                         double exposure_s) {
  const auto cells = [](int size) {
    return (size + kMotionCell - 1) / kMotionCell;
  };
  ImageMotion out(cells(record.width_px), cells(record.height_px));
  const auto half_ns = static_cast<std::int64_t>(std::llround(exposure_s * 0.5e9));
  const Affine3d mount = math::to_affine(T_ego_camera);
  const auto moving = courses(window, view.stamp_ns, half_ns);
  const scene::TriangleSource triangles(window);
  core::parallel_chunks(out.height_px, 8, [&](std::size_t begin, std::size_t end) {
    scene::RunReader reader(triangles, view, record);
    for (std::size_t cy = begin; cy != end; ++cy) {
      const int y =
          std::min(static_cast<int>(cy) * kMotionCell + kMotionCell / 2, record.height_px - 1);
      const Course eye = eyes(window, mount, view.at_row(y).stamp_ns, half_ns);
      reader.read(y, [&](const scene::PixelRun& run, const scene::RowRays& rays) {
        // The first cell whose middle lies in the run.
        const int first = (run.x0 + kMotionCell - kMotionCell / 2 - 1) / kMotionCell;
        for (int cx = first; cx * kMotionCell + kMotionCell / 2 < run.x1; ++cx) {
          const int x = cx * kMotionCell + kMotionCell / 2;
          const scene::ViewRay ray = rays.at(x);
          if (!math::is_ray(ray.direction_camera)) continue;
          CellMotion& cell = out.at(cx, static_cast<int>(cy));
          if (run.plane == nullptr) {
            cell = {
                way(view.camera, eye.begin.vector(ray.direction), eye.end.vector(ray.direction)),
                std::numeric_limits<float>::infinity()};
            continue;
          }
          const double t = scene::RunDistances(run, rays).at(x);
          const Vec3d p = ray.origin + ray.direction * t;
          const auto& course = moving[run.drawable - 1];
          cell = {way(view.camera, eye.begin.point(course ? course->begin.point(p) : p),
                      eye.end.point(course ? course->end.point(p) : p)),
                  static_cast<float>(t * ray.direction_camera.z)};
        }
      });
    }
  });
  return out;
}

bool may_blur(const world::SceneWindow& window, const math::CameraModel& camera, double exposure_s,
              std::int64_t stamp_ns) {
  double fastest = glm::length(world::state_at(*window.ego, stamp_ns).velocity_mps);
  double turn = std::abs(world::state_at(*window.ego, stamp_ns).yaw_rate_rps);
  for (const world::InstanceInfo& info : window.instances) {
    if (info.actor == nullptr || info.is_ego) continue;
    const world::ActorState state = world::state_at(*info.actor, stamp_ns);
    fastest = std::max(fastest, 2 * glm::length(state.velocity_mps));
  }
  const double focal = std::max(camera.fx_px, camera.fy_px);
  return (fastest / kNearestM + turn) * exposure_s * focal > 0.5;
}

}  // namespace oddroad::camera
