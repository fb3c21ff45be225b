#include <algorithm>
#include <cmath>

#include "engine/verify/check_alone.h"
#include "engine/verify/check_calibration.h"
#include "engine/verify/check_camera_lidar.h"
#include "engine/verify/check_clip.h"
#include "engine/verify/check_compensated.h"
#include "engine/verify/check_flow.h"
#include "engine/verify/check_gnss.h"
#include "engine/verify/check_keypoints.h"
#include "engine/verify/check_lanes.h"
#include "engine/verify/check_mask_boxes.h"
#include "engine/verify/check_motion.h"
#include "engine/verify/check_observed.h"
#include "engine/verify/check_pixels.h"
#include "engine/verify/check_point_counts.h"
#include "engine/verify/check_point_geometry.h"
#include "engine/verify/check_points.h"
#include "engine/verify/check_radar.h"
#include "engine/verify/check_rays.h"
#include "engine/verify/check_world_objects.h"
#include "engine/verify/json_fields.h"
#include "engine/verify/load_clip.h"
#include "engine/verify/readers.h"
#include "engine/verify/verify.h"

namespace oddroad::verify {
namespace {

bool is_imported(const std::filesystem::path& folder) {
  const auto found = read_json<bool>(folder / "clip.json", [](const Json& json) {
    return text(json.at("identity").at("visibility")) == "imported";
  });
  return found && *found;
}

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

// Instants outside the clip have no world, and nothing looks at it for more than a second; says so.
bool inside_clip(const ClipContext& context, const FrameRecord& frame, std::int64_t begin_ns,
                 std::int64_t end_ns, Report& report) {
  const bool short_enough = end_ns - begin_ns <= 1'000'000'000;
  if (begin_ns >= 0 && end_ns <= context.rebuilt.timeline.end_ns && short_enough) return true;
  report["frames"].disagree(1e9, [&] {
    return Disagreement{frame.file, "exposed",
                        std::to_string(begin_ns) + " to " + std::to_string(end_ns) + " ns",
                        "within the clip's " + std::to_string(context.rebuilt.timeline.end_ns) +
                            " ns, and in a second"};
  });
  return false;
}

void verify_camera_frame(const ClipContext& context, const CameraRecord& camera,
                         const FrameRecord& frame, const std::vector<SweptPoints>& sweeps,
                         MeshTrees& trees, Report& report) {
  const View view(camera, context.ego(), frame.stamp_ns);
  if (!inside_clip(context, frame, view.begin_ns(), view.end_ns(), report)) return;
  const FrameImages images =
      read_images(context.folder, context.clip, camera, frame.file_tick, report);
  const world::SceneBuilder builder(context.rebuilt.timeline, context.rebuilt.stage);
  const CameraScene scene(builder, trees, view);
  const SeenImage seen = check_pixels(scene, context.ontology, images, report);
  for (const SweptPoints& swept : sweeps) {
    if (swept.stamp_ns == frame.stamp_ns) check_camera_lidar(scene, images, swept, report);
  }
  if (context.clip.has("flow")) check_flow(context, camera, frame, scene, trees, report);
  if (context.clip.has("lanes")) check_lanes(context, camera, frame, scene, seen, report);
  if (context.clip.has("keypoints")) {
    check_keypoints(scene, context.ego(), frame, report);
    check_keypoints_3d(scene.window(), context.ego(), frame, report);
  }
  if (!context.clip.has("boxes")) return;
  const Masks masks(images, seen, camera.width_px, camera.height_px);
  check_mask_boxes(scene, masks, frame, report);
  check_alone(scene, masks, frame, report);
  check_world_objects(context, scene.window(), camera.T_ego_camera, frame, report);
  check_observed(scene, context.ego(), frame, report);
}

// A misaligned device sits beside where its calibration says.
LidarRecord as_mounted(const LidarRecord& nominal, const FrameRecord& frame) {
  LidarRecord out = nominal;
  for (const MisalignmentRecord& m : frame.misalignments) {
    const auto turn = [](double angle, const math::Vec3d& axis) {
      return glm::angleAxis(angle, axis);
    };
    out.T_ego_lidar.rotation = out.T_ego_lidar.rotation * turn(m.yaw_rad, {0, 0, 1}) *
                               turn(m.pitch_rad, {0, 1, 0}) * turn(m.roll_rad, {1, 0, 0});
  }
  return out;
}

void verify_lidar_frame(const ClipContext& context, const LidarRecord& nominal,
                        const FrameRecord& frame, MeshTrees& trees,
                        std::vector<SweptPoints>& sweeps, Report& report) {
  const LidarRecord lidar = as_mounted(nominal, frame);
  const std::int64_t begin = frame.stamp_ns - lidar.sweep_ns / 2;
  if (!inside_clip(context, frame, begin, begin + lidar.sweep_ns, report)) return;
  const world::SceneBuilder builder(context.rebuilt.timeline, context.rebuilt.stage);
  const Sweep sweep(builder, trees, context.ego(), lidar, frame.stamp_ns);
  check_world_objects(context, sweep.window(), lidar.T_ego_lidar, frame, report);
  const std::string file = frame_prefix(lidar.name, frame.file_tick) + ".pcd";
  auto points = read_points(context.folder / file, context.clip.has("lidar_compensated"),
                            context.clip.has("lidar_geometry"));
  if (!points) {
    report["files"].disagree(1, [&] {
      return Disagreement{file, "", core::to_string(points.error()), "a file that can be read"};
    });
    return;
  }
  report["files"].agree();
  PointHits hits = check_points(sweep, *points, file, report);
  check_compensated(sweep, *points, file, report);
  check_point_geometry(context, sweep, *points, hits, file, report);
  if (context.clip.has("keypoints")) {
    check_keypoints_3d(sweep.window(), context.ego(), frame, report);
  }
  if (context.clip.has("lidar_rays")) {
    const std::string rays = frame_prefix(lidar.name, frame.file_tick) + ".rays.npy";
    check_rays(sweep, *points, context.folder / rays, rays, report);
  }
  check_point_counts(sweep, *points, hits, frame, report);
  check_observed(sweep, context.ego(), *points, frame, report);
  sweeps.push_back(
      {file, lidar, frame.stamp_ns, std::move(*points), sweep.window(), std::move(hits)});
}

void verify_radar_frame(const ClipContext& context, const capture::RadarCalibration& radar,
                        const FrameRecord& frame, MeshTrees& trees, Report& report) {
  std::int64_t begin = frame.stamp_ns, end = frame.stamp_ns;
  for (const capture::RadarScan& s : radar.scans) {
    begin = std::min(begin, frame.stamp_ns + s.offset_ns);
    end = std::max(end, frame.stamp_ns + s.offset_ns);
  }
  end += world::kMillisecondNs;  // tells how fast things move
  if (!inside_clip(context, frame, begin, end, report)) return;
  const world::SceneBuilder builder(context.rebuilt.timeline, context.rebuilt.stage);
  const world::SceneWindow window = builder.window(begin, end, frame.stamp_ns);
  check_world_objects(context, window, radar.T_ego_radar, frame, report);
  check_radar(context, radar, frame, window, trees, report);
}

// Camera frames against the sweeps of their stamp, all of them: it costs nothing.
void check_counts_of_cameras(const ClipContext& context, Report& report) {
  std::map<std::int64_t, std::vector<const FrameRecord*>> sweeps;
  for (const LidarRecord& lidar : context.calibration.lidars) {
    for (const FrameRecord& frame : context.frames.at(lidar.name)) {
      sweeps[frame.stamp_ns].push_back(&frame);
    }
  }
  for (const CameraRecord& camera : context.calibration.cameras) {
    for (const FrameRecord& frame : context.frames.at(camera.name)) {
      check_shared_counts(sweeps[frame.stamp_ns], frame, report);
    }
  }
}

}  // namespace

ClipReport verify_clip(const std::filesystem::path& folder, const capture::Ontology& ontology,
                       const Options& options) {
  ClipReport out;
  out.clip = folder.filename().string();
  out.imported = is_imported(folder);
  if (out.imported) {
    const auto manifest = read_manifest(folder / "manifest.json");
    if (manifest) check_manifest(folder, *manifest, out.report);
    if (manifest) return out;  // else load_clip() tells what is wrong
  }
  const auto context = load_clip(folder, ontology, out.report);
  if (!context) return out;
  check_manifest(folder, context->manifest, out.report);
  check_clip(*context, out.report);
  check_timeline(*context, out.report);
  check_calibration(*context, out.report);
  check_frames(*context, out.report);
  check_sightings(*context, out.report);
  check_facts(*context, out.report);
  check_tracks(*context, out.report);
  check_turns(*context, out.report);
  check_counts_of_cameras(*context, out.report);
  // The world made again is another one than was recorded: frames can prove nothing.
  const auto differs = [&](const char* check) {
    return out.report[check].disagreements() > 0;
  };
  if (differs("clip") && differs("timeline")) return out;
  check_motion(*context, out.report);
  MeshTrees trees;
  std::vector<SweptPoints> sweeps;
  for (const LidarRecord& lidar : context->calibration.lidars) {
    const auto& frames = context->frames[lidar.name];
    for (const std::size_t i : spread(frames.size(), options.frames_per_clip)) {
      verify_lidar_frame(*context, lidar, frames[i], trees, sweeps, out.report);
      ++out.frames;
    }
  }
  for (const capture::RadarCalibration& radar : context->calibration.radars) {
    const auto& frames = context->frames[radar.name];
    for (const std::size_t i : spread(frames.size(), options.frames_per_clip)) {
      verify_radar_frame(*context, radar, frames[i], trees, out.report);
      ++out.frames;
    }
  }
  check_gnss(*context, trees, out.report);
  for (const CameraRecord& camera : context->calibration.cameras) {
    const auto& frames = context->frames[camera.name];
    for (const std::size_t i : spread(frames.size(), options.frames_per_clip)) {
      verify_camera_frame(*context, camera, frames[i], sweeps, trees, out.report);
      ++out.frames;
    }
  }
  return out;
}

}  // namespace oddroad::verify
