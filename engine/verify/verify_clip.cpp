#include <algorithm>
#include <cmath>

#include "engine/verify/check_clip.h"
#include "engine/verify/check_image_objects.h"
#include "engine/verify/check_pixels.h"
#include "engine/verify/check_points.h"
#include "engine/verify/check_world_objects.h"
#include "engine/verify/load_clip.h"
#include "engine/verify/verify.h"

namespace oddroad::verify {
namespace {

// Indices of up to `wanted` of `count` frames, spread evenly; 0 = all.
std::vector<std::size_t> spread(std::size_t count, int wanted) {
  std::vector<std::size_t> picked;
  const auto n = static_cast<std::size_t>(wanted);
  if (wanted <= 0 || n >= count) {
    for (std::size_t i = 0; i < count; ++i) picked.push_back(i);
    return picked;
  }
  for (std::size_t i = 0; i < n; ++i) {
    picked.push_back(n == 1 ? count / 2 : (i * (count - 1) + (n - 1) / 2) / (n - 1));
  }
  return picked;
}

void verify_camera_frame(const ClipContext& context, const CameraRecord& camera,
                         const FrameRecord& frame, MeshTrees& trees, Report& report) {
  const FrameImages images =
      read_images(context.folder, context.clip, camera, frame.file_tick, report);
  const world::SceneBuilder builder(context.rebuilt.timeline, context.rebuilt.stage);
  const CameraScene scene(builder, trees, View(camera, context.ego(), frame.stamp_ns));
  const SeenImage seen = check_pixels(scene, context.ontology, images, report);
  if (!context.clip.has("boxes")) return;
  check_image_objects(scene, images, seen, frame, report);
  check_world_objects(context, scene.window(), camera.T_ego_camera, frame, report);
}

void verify_lidar_frame(const ClipContext& context, const LidarRecord& lidar,
                        const FrameRecord& frame, MeshTrees& trees, Report& report) {
  const world::SceneBuilder builder(context.rebuilt.timeline, context.rebuilt.stage);
  const Sweep sweep(builder, trees, context.ego(), lidar, frame.stamp_ns);
  check_world_objects(context, sweep.window(), lidar.T_ego_lidar, frame, report);
  const std::string file = frame_prefix(lidar.name, frame.file_tick) + ".pcd";
  const auto points = read_points(context.folder / file, context.clip.has("lidar_geometry"));
  if (!points) {
    report["files"].disagree(1, [&] {
      return Disagreement{file, "", core::to_string(points.error()), "a file that can be read"};
    });
    return;
  }
  report["files"].agree();
  check_points(sweep, *points, file, report);
}

}  // namespace

ClipReport verify_clip(const std::filesystem::path& folder, const capture::Ontology& ontology,
                       const Options& options) {
  ClipReport out;
  out.clip = folder.filename().string();
  const auto context = load_clip(folder, ontology, options.roots, out.report);
  if (!context) return out;
  check_manifest(folder, context->manifest, out.report);
  check_clip(*context, out.report);
  check_timeline(*context, out.report);
  check_frames(*context, out.report);
  check_tracks(*context, out.report);
  MeshTrees trees;
  for (const CameraRecord& camera : context->calibration.cameras) {
    const auto& frames = context->frames[camera.name];
    for (const std::size_t i : spread(frames.size(), options.frames_per_clip)) {
      verify_camera_frame(*context, camera, frames[i], trees, out.report);
      ++out.frames;
    }
  }
  for (const LidarRecord& lidar : context->calibration.lidars) {
    const auto& frames = context->frames[lidar.name];
    for (const std::size_t i : spread(frames.size(), options.frames_per_clip)) {
      verify_lidar_frame(*context, lidar, frames[i], trees, out.report);
      ++out.frames;
    }
  }
  return out;
}

}  // namespace oddroad::verify
