#include "engine/verify/check_camera_lidar.h"

#include <algorithm>
#include <cmath>

#include "engine/capture/tolerances.h"
#include "engine/verify/appearance.h"
#include "engine/verify/text.h"

namespace oddroad::verify {

using math::Vec3d;

namespace {

// Depths of a 3x3 neighbourhood that shows one thing.
struct Patch {
  std::uint16_t id = 0;
  double nearest_m = 0, farthest_m = 0;
};

std::optional<Patch> patch_at(const FrameImages& images, int x, int y) {
  const int w = images.ids.width_px, h = images.ids.height_px;
  if (x < 1 || y < 1 || x + 1 >= w || y + 1 >= h) return std::nullopt;
  Patch out{images.ids.at(x, y), std::numeric_limits<double>::infinity(), 0};
  for (int j = y - 1; j <= y + 1; ++j) {
    for (int i = x - 1; i <= x + 1; ++i) {
      if (images.ids.at(i, j) != out.id) return std::nullopt;
      const double depth = images.depth_m.at(i, j);
      out.nearest_m = std::min(out.nearest_m, depth);
      out.farthest_m = std::max(out.farthest_m, depth);
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

}  // namespace

void check_camera_lidar(const ClipContext& context, const CameraRecord& camera,
                        const FrameRecord& frame, const Sweep& sweep, const Points& points,
                        Report& report) {
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
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto* info = sweep.window().find(core::InstanceId(points.instance[i]));
    if (info == nullptr || info->actor != nullptr) continue;
    const Vec3d p =
        sweep.T_world_lidar(points.time_ns[i]).point(true_point(sweep, points, i));
    const auto there =
        find_appearance(view, context.ego(), false, [&](std::int64_t) { return p; });
    if (!there) continue;
    const auto patch = patch_at(images, static_cast<int>(std::floor(there->image.x)),
                                static_cast<int>(std::floor(there->image.y)));
    if (!patch) continue;
    const double depth = there->T_world_camera.inverse().point(p).z;
    // Something nearer hides the point from this camera.
    if (patch->nearest_m < depth - noise && patch->id != points.instance[i]) continue;
    const double spread = patch->farthest_m - patch->nearest_m;
    const bool seen = patch->id == points.instance[i] && depth <= patch->farthest_m + spread + noise;
    check.compare(seen ? 0 : 1, 0, [&] {
      return Disagreement{frame.file,
                          "point " + std::to_string(i) + " at pixel " +
                              to_text(there->image.x) + ", " + to_text(there->image.y),
                          "id " + std::to_string(patch->id) + ", depth " +
                              to_text(patch->nearest_m) + " to " + to_text(patch->farthest_m) + " m",
                          "id " + std::to_string(points.instance[i]) + ", depth " +
                              to_text(depth) + " m or something nearer"};
    });
  }
}

}  // namespace oddroad::verify
