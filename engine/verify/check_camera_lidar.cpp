#include "engine/verify/check_camera_lidar.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "engine/capture/tolerances.h"
#include "engine/verify/appearance.h"
#include "engine/verify/text.h"

namespace oddroad::verify {

using math::Vec3d;

namespace {

// Ranges of a 3x3 neighbourhood that shows one thing.
struct Patch {
  std::uint16_t id = 0;
  double nearest_m = 0, farthest_m = 0;
};

std::optional<Patch> patch_at(const View& view, const FrameImages& images, int x, int y) {
  const int w = images.ids.width_px, h = images.ids.height_px;
  if (x < 1 || y < 1 || x + 1 >= w || y + 1 >= h) return std::nullopt;
  Patch out{images.ids.at(x, y), std::numeric_limits<double>::infinity(), 0};
  for (int j = y - 1; j <= y + 1; ++j) {
    for (int i = x - 1; i <= x + 1; ++i) {
      if (images.ids.at(i, j) != out.id) return std::nullopt;
      const auto ray = view.ray(i, j);
      // Depth says little where the ray runs along the image plane.
      if (!ray || std::abs(ray->camera.z) < 0.05) return std::nullopt;
      const double range = images.depth_m.at(i, j) / ray->camera.z;
      out.nearest_m = std::min(out.nearest_m, range);
      out.farthest_m = std::max(out.farthest_m, range);
    }
  }
  return out;
}

// The point pushed to its true range where the clip has it, so that noise does not count.
Vec3d true_point(const Sweep& sweep, const Points& points, std::size_t i) {
  const auto shot = sweep.shot(points.ring[i], points.time_ns[i]);
  if (!shot || !points.geometry) return points.position_m[i];
  return shot->origin + shot->direction * points.geometry->true_range_m[i];
}

// The pixel's centre is right, and the point lies on something thinner than a pixel that a ray just
// there does meet.
bool between_centres(const CameraScene& scene, const Appearance& there, const Vec3d& p,
                     double range_m, double noise_m, int x, int y, std::uint16_t pixel_id) {
  if (scene.at_centre(x, y).id != pixel_id) return false;
  const Vec3d origin = there.T_world_camera.translation;
  const auto hit = scene.tracer().nearest({origin, (p - origin) / range_m, there.stamp_ns});
  return hit && hit->t <= range_m + noise_m;
}

}  // namespace

void check_camera_lidar(const ClipContext& context, const CameraRecord& camera,
                        const FrameRecord& frame, const Sweep& sweep, const Points& points,
                        MeshTrees& trees, Report& report) {
  Report unread;  // files are booked where the frame itself is checked
  const FrameImages images =
      read_images(context.folder, context.clip, camera, frame.file_tick, unread);
  if (images.ids.empty() || images.depth_m.empty()) return;
  const View view(camera, context.ego(), frame.stamp_ns);
  const LidarRecord& l = sweep.lidar();
  const double noise = points.geometry ? 0.01
                                       : capture::kNoiseSigmas *
                                                 std::hypot(l.noise_m, capture::kRangeJitterM) +
                                             l.range_step_m;
  Check& check = report["camera_lidar"];
  std::unique_ptr<CameraScene> scene;  // only where pixels and point seem to disagree
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto* info = sweep.window().find(core::InstanceId(points.instance[i]));
    if (info == nullptr || info->actor != nullptr) continue;
    const Vec3d p = sweep.T_world_lidar(points.time_ns[i]).point(true_point(sweep, points, i));
    const auto there =
        find_appearance(view, context.ego(), false, [&](std::int64_t) { return p; });
    if (!there) continue;
    const auto x = static_cast<int>(std::floor(there->image.x));
    const auto y = static_cast<int>(std::floor(there->image.y));
    const auto patch = patch_at(view, images, x, y);
    if (!patch) continue;
    const double range = glm::length(p - there->T_world_camera.translation);
    // Something nearer hides the point from this camera, be it another part of the same thing.
    if (patch->nearest_m < range - noise) {
      check.agree();
      continue;
    }
    const double spread = patch->farthest_m - patch->nearest_m;
    if (patch->id == points.instance[i] && patch->nearest_m <= range + spread + noise) {
      check.agree();
      continue;
    }
    if (!scene) {
      const world::SceneBuilder builder(context.rebuilt.timeline, context.rebuilt.stage);
      scene = std::make_unique<CameraScene>(builder, trees, view);
    }
    if (between_centres(*scene, *there, p, range, noise, x, y, patch->id)) {
      check.agree_on_edge();
      continue;
    }
    check.disagree(std::abs(range - patch->nearest_m), [&] {
      return Disagreement{frame.file,
                          "point " + std::to_string(i) + " at pixel " + to_text(there->image.x) +
                              ", " + to_text(there->image.y),
                          "id " + std::to_string(patch->id) + ", range " +
                              to_text(patch->nearest_m) + " to " + to_text(patch->farthest_m) +
                              " m",
                          "id " + std::to_string(points.instance[i]) + ", range " +
                              to_text(range) + " m or something nearer"};
    });
  }
}

}  // namespace oddroad::verify
