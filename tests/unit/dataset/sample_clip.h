// A small world of boxes on a plane, seen by closed-form ray casting: enough to fill a clip with
// captures whose geometry is known, without renderer or simulation.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/capture/frames.h"
#include "engine/capture/ontology.h"
#include "engine/capture/rig.h"
#include "engine/dataset/clip_writer.h"
#include "engine/dataset/dataset_header.h"
#include "engine/world/timeline.h"

namespace oddroad::test {

// A folder of its own for each test, gone afterwards.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    static int made = 0;  // a test may have several
    std::string name = std::string(info->test_suite_name()) + "_" + info->name() + "_" +
                       std::to_string(::getpid()) + "_" + std::to_string(made++);
    std::replace(name.begin(), name.end(), '/', '_');  // of tests with parameters
    path_ = std::filesystem::path(testing::TempDir()) / ("oddroad_" + name);
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline dataset::DatasetHeader sample_header() {
  const auto ontology = capture::load_ontology(ODDROAD_SOURCE_DIR "/assets/ontology.yaml");
  EXPECT_TRUE(ontology);
  return {"0.1.0-test", *ontology};
}

struct SampleThing {
  std::uint16_t id;
  std::uint8_t class_id;
  const char* name;
  math::Pose start;  // of the model origin: bottom centre of the box
  math::Vec3d size_m;
  math::Vec3d velocity_mps;
  std::uint16_t rides = 0;
};

// Ego (id 1) drives at 10 m/s along x and turns slowly; a car, a pedestrian and a cyclist ahead.
inline std::vector<SampleThing> sample_things() {
  using math::pose_xyz_yaw;
  return {{1, 13, "ego", pose_xyz_yaw(0, 0, 0, 0), {4.2, 1.8, 1.5}, {10, 0, 0}},
          {2, 13, "car", pose_xyz_yaw(22, 1.5, 0, 0.3), {4.4, 1.9, 1.6}, {0, 0, 0}},
          {3, 17, "child", pose_xyz_yaw(14, -4, 0, 1.57), {0.4, 0.5, 1.2}, {0, 2, 0}},
          {4, 19, "bicycle", pose_xyz_yaw(18, -2.5, 0, 0.1), {1.8, 0.5, 1.1}, {4, 0, 0}},
          {5, 18, "rider", pose_xyz_yaw(18, -2.5, 0.6, 0.1), {0.6, 0.5, 1.2}, {4, 0, 0}, 4}};
}

inline math::Pose thing_at(const SampleThing& thing, double t_s) {
  math::Pose pose = thing.start;
  pose.translation += thing.velocity_mps * t_s;
  if (thing.id == 1) pose.rotation = math::from_yaw_pitch_roll(0.2 * t_s);
  return pose;
}

inline math::OrientedBox box_at(const SampleThing& thing, double t_s) {
  math::Pose pose = thing_at(thing, t_s);
  pose.translation.z += 0.5 * thing.size_m.z;
  return {pose, thing.size_m};
}

inline world::Timeline sample_timeline(double duration_s = 1.0) {
  world::Timeline timeline;
  const int steps = static_cast<int>(duration_s * 100) + 1;
  for (const auto& thing : sample_things()) {
    world::Actor actor;
    actor.id = core::InstanceId(thing.id);
    actor.name = thing.name;
    actor.type = thing.name;
    actor.class_id = core::ClassId(thing.class_id);
    actor.rides = core::InstanceId(thing.rides);
    for (int k = 0; k < steps; ++k) {
      world::ActorState state;
      state.T_world_actor = thing_at(thing, k * 0.01);
      state.velocity_mps = thing.velocity_mps;
      actor.states.push_back(state);
    }
    timeline.actors.push_back(actor);
  }
  timeline.end_ns = (steps - 1) * world::kStepNs;
  timeline.events.push_back({500'000'000, "child.run started"});
  const double never = std::numeric_limits<double>::infinity();
  timeline.facts.collisions.push_back(
      {700'000'000, core::InstanceId(1), core::InstanceId(2), 8.25});
  timeline.facts.encounters.push_back({core::InstanceId(2), 0.5, 600'000'000, never, -1, 1.25});
  return timeline;
}

inline math::Pose forward_camera(double x, double y, double z) {
  return math::to_pose(
      {glm::dmat3(math::Vec3d(0, -1, 0), math::Vec3d(0, 0, -1), math::Vec3d(1, 0, 0)), {x, y, z}});
}

inline capture::LidarCalibration sample_lidar() {
  capture::LidarCalibration out;
  out.name = "lidar";
  out.model = "velodyne_hdl64e_s2";
  out.T_ego_lidar = math::pose_xyz_yaw(1.43, 0, 1.73, 0.02);
  out.unit = 7;
  out.scan = {100'000'000, 10, 99'999'000, 99'999, 3, 3.1, 6.2, {{120.5, 0.1, 0.2, -0.3}}};
  out.range_min_m = 0.5;
  out.range_max_m = 120;
  out.noise_m = 0.01;
  out.noise_per_m = 0.0004;
  out.range_step_m = 0.002;
  out.beams = {{-0.3, 0.01, 0.1, -0.02, 500, 0, 0.015, 2, -0.006}};
  return out;
}

inline capture::Calibration sample_calibration() {
  const math::CameraModel lens{320, 120, 200, 200, 160, 55};
  return {{{"cam_left", lens, forward_camera(1.7, 0.06, 1.65)},
           {"cam_right", lens, forward_camera(1.7, -0.47, 1.65)}},
          {sample_lidar()}};
}

struct SampleHit {
  double t = std::numeric_limits<double>::infinity();
  std::uint16_t id = 0;
  std::uint8_t class_id = 0;
};

// The nearest of ground (id 65535, road) and boxes along origin + t * direction at an instant.
// `only` != 0: nothing but that box.
inline SampleHit cast(const math::Vec3d& origin, const math::Vec3d& direction, double t_s,
                      std::uint16_t only = 0) {
  SampleHit hit;
  if (only == 0 && direction.z < 0) hit = {-origin.z / direction.z, 65535, 2};
  for (const auto& thing : sample_things()) {
    if (thing.id == 1 || (only != 0 && thing.id != only)) continue;
    const auto box = box_at(thing, t_s);
    const math::Pose inverse = box.pose.inverse();
    const math::Vec3d o = inverse * origin;
    const math::Vec3d d = inverse.rotation * direction;
    double enter = 0, leave = hit.t;
    for (int axis = 0; axis < 3; ++axis) {
      const double half = 0.5 * box.size_m[axis];
      double a = (-half - o[axis]) / d[axis], b = (half - o[axis]) / d[axis];
      if (a > b) std::swap(a, b);
      enter = std::max(enter, a);
      leave = std::min(leave, b);
    }
    if (enter < leave && enter > 0) hit = {enter, thing.id, thing.class_id};
  }
  return hit;
}

inline std::vector<capture::ObjectInWorld> sample_objects(double t_s) {
  const auto things = sample_things();
  const math::Pose T_ego_world = thing_at(things[0], t_s).inverse();
  std::vector<capture::ObjectInWorld> objects;
  for (const auto& thing : things) {
    if (thing.id == 1) continue;
    capture::ObjectInWorld object;
    object.id = core::InstanceId(thing.id);
    object.class_id = core::ClassId(thing.class_id);
    object.name = thing.name;
    object.type = thing.name;
    object.rides = core::InstanceId(thing.rides);
    object.box_world = box_at(thing, t_s);
    object.box_ego = {T_ego_world * object.box_world.pose, thing.size_m};
    object.track_size_m = thing.size_m;
    object.velocity_world_mps = thing.velocity_mps;
    objects.push_back(object);
  }
  return objects;
}

inline void grow(capture::Box2& box, double left, double top, double right, double bottom) {
  if (box.empty()) {
    box = {left, top, right, bottom};
    return;
  }
  box = {std::min(box.left, left), std::min(box.top, top), std::max(box.right, right),
         std::max(box.bottom, bottom)};
}

// Amodal boxes from the corners; visible and unoccluded pixels by casting.
inline capture::ObjectInImage sample_image_object(const capture::CameraFrame& frame,
                                                  const capture::CameraCalibration& camera,
                                                  const capture::ObjectInWorld& object,
                                                  double t_s) {
  const auto& lens = camera.camera;
  capture::ObjectInImage out;
  out.id = object.id;
  out.class_id = object.class_id;
  const math::Pose T_camera_ego = camera.T_ego_camera.inverse();
  for (const auto& corner : object.box_ego.corners()) {
    const math::Vec2d p = *lens.project(T_camera_ego * corner);
    grow(out.amodal_box_unclipped, p.x, p.y, p.x + 1e-9, p.y + 1e-9);
  }
  const auto& full = out.amodal_box_unclipped;
  out.amodal_box = {std::max(full.left, 0.0), std::max(full.top, 0.0),
                    std::min<double>(full.right, lens.width_px),
                    std::min<double>(full.bottom, lens.height_px)};
  const math::Pose T_world_camera = frame.stamp.T_world_ego * camera.T_ego_camera;
  for (int y = 0; y < lens.height_px; ++y) {
    for (int x = 0; x < lens.width_px; ++x) {
      if (frame.instance.at(x, y) == object.id.value) {
        ++out.visible_px;
        grow(out.box, x, y, x + 1, y + 1);
      }
      if (x + 1 < full.left || x > full.right || y + 1 < full.top || y > full.bottom) continue;
      const auto d = T_world_camera.rotation * lens.direction(x + 0.5, y + 0.5);
      out.in_frame_px += cast(T_world_camera.translation, d, t_s, object.id.value).id != 0;
    }
  }
  const double share = out.amodal_box.area() / full.area();
  out.truncation = 1 - share;
  out.unoccluded_px = std::llround(static_cast<double>(out.in_frame_px) / share);
  out.observed_ns = frame.stamp.stamp_ns;
  out.box_ego_observed = object.box_ego;
  return out;
}

inline capture::CameraFrame sample_camera_frame(const capture::CameraCalibration& camera, int tick,
                                                std::int64_t stamp_ns) {
  const double t_s = 1e-9 * static_cast<double>(stamp_ns);
  const auto& lens = camera.camera;
  capture::CameraFrame frame;
  frame.stamp = {camera.name, tick, stamp_ns, thing_at(sample_things()[0], t_s)};
  frame.rgb = {lens.width_px, lens.height_px};
  frame.instance = {lens.width_px, lens.height_px};
  frame.class_id = {lens.width_px, lens.height_px};
  frame.depth_m = {lens.width_px, lens.height_px};
  const math::Pose T_world_camera = frame.stamp.T_world_ego * camera.T_ego_camera;
  for (int y = 0; y < lens.height_px; ++y) {
    for (int x = 0; x < lens.width_px; ++x) {
      const auto d = T_world_camera.rotation * lens.direction(x + 0.5, y + 0.5);
      const SampleHit hit = cast(T_world_camera.translation, d, t_s);
      frame.instance.at(x, y) = hit.id;
      frame.class_id.at(x, y) = hit.class_id;
      frame.depth_m.at(x, y) = static_cast<float>(hit.t);
      const auto shade = static_cast<std::uint8_t>(80 + (x * 7 + y * 3) % 20);
      frame.rgb.at(x, y) = hit.id == 0      ? capture::Rgb8(120, 170, 220)
                           : hit.id > 60000 ? capture::Rgb8(shade)
                                            : capture::Rgb8(shade, hit.id * 40, 200 - hit.id * 30);
    }
  }
  frame.world = sample_objects(t_s);
  for (const auto& object : frame.world) {
    const auto one = sample_image_object(frame, camera, object, t_s);
    if (one.visible_px > 0) frame.objects.push_back(one);
  }
  return frame;
}

// 16 rings (0 = lowest), 1 degree steps, turning clockwise over 100 ms around the stamp.
inline capture::LidarFrame sample_lidar_frame(const capture::LidarCalibration& lidar, int tick,
                                              std::int64_t stamp_ns) {
  capture::LidarFrame frame;
  const auto ego = sample_things()[0];
  const double t0_s = 1e-9 * static_cast<double>(stamp_ns);
  frame.stamp = {lidar.name, tick, stamp_ns, thing_at(ego, t0_s)};
  frame.world = sample_objects(t0_s);
  auto& cloud = frame.cloud;
  for (int step = 0; step < 360; ++step) {
    const auto offset_ns = static_cast<std::int32_t>((step - 180) * (100'000'000.0 / 360));
    const double t_s = t0_s + 1e-9 * offset_ns;
    const math::Pose T_world_lidar = thing_at(ego, t_s) * lidar.T_ego_lidar;
    for (int ring = 0; ring < 16; ++ring) {
      const double azimuth = -step * M_PI / 180;
      const double elevation = (-20 + 1.5 * ring) * M_PI / 180;
      const math::Vec3d d(std::cos(elevation) * std::cos(azimuth),
                          std::cos(elevation) * std::sin(azimuth), std::sin(elevation));
      const SampleHit hit = cast(T_world_lidar.translation, T_world_lidar.rotation * d, t_s);
      if (!(hit.t < 100)) continue;
      for (auto& object : frame.world) object.returns_by_id += object.id.value == hit.id;
      cloud.x_m.push_back(static_cast<float>(d.x * hit.t));
      cloud.y_m.push_back(static_cast<float>(d.y * hit.t));
      cloud.z_m.push_back(static_cast<float>(d.z * hit.t));
      cloud.range_m.push_back(static_cast<float>(hit.t));
      cloud.intensity.push_back(0.05f * static_cast<float>(ring));
      cloud.ring.push_back(static_cast<std::uint16_t>(ring));
      cloud.column.push_back(static_cast<std::uint16_t>(step));
      cloud.echo.push_back(0);
      cloud.time_offset_ns.push_back(offset_ns);
      // A few beams meet the car that carries them.
      const bool own = step == 180 && ring < 4;
      cloud.instance.push_back(own ? ego.id : hit.id);
      cloud.class_id.push_back(own ? ego.class_id : hit.class_id);
      cloud.cause.push_back(static_cast<std::uint8_t>(own ? capture::PointCause::kEgo
                                                          : capture::PointCause::kTarget));
    }
  }
  return frame;
}

inline dataset::ClipInfo sample_info(std::uint32_t index = 3) {
  dataset::ClipInfo info;
  info.identity = {
      "child-behind-van", std::string(64, 'a'), 7, index, "0.1.0", "cast", "cpu", true};
  info.summary = "A child runs out";
  info.attempt = 2;
  info.parameters = {{"ego_speed", "36 km/h"}};
  info.parameter_values = {{"ego_speed", 10.0}};
  info.map_name = "town.xodr";
  info.rig_name = "kitti.yaml";
  info.site = {"12", 30.25, -1, 140};
  info.T_map_world.translation = {1e5, -2e4, 3};
  info.rate_hz = 10;
  info.kinds = {"rgb", "ids", "classes", "depth", "boxes", "lidar"};
  describe(sample_timeline(), info);
  return info;
}

// Writes and commits one clip with `ticks` ticks, 100 ms apart from 200 ms on.
inline dataset::Commit write_sample_clip(const std::filesystem::path& folder, int ticks = 2,
                                         std::uint32_t index = 3) {
  EXPECT_TRUE(dataset::open_for_writing(folder, sample_header()));
  const auto calibration = sample_calibration();
  auto writer = dataset::ClipWriter::create(
      folder, sample_info(index), calibration,
      {"scenario: child-behind-van\n", {{"map.xodr", "<OpenDRIVE/>"}}}, sample_timeline());
  EXPECT_TRUE(writer);
  for (int tick = 0; tick < ticks; ++tick) {
    const std::int64_t stamp_ns = 200'000'000 + tick * 100'000'000ll;
    for (const auto& camera : calibration.cameras) {
      EXPECT_TRUE(writer->write(sample_camera_frame(camera, tick, stamp_ns)));
    }
    // The sweep is not quite at the image's instant: exporters must compensate.
    EXPECT_TRUE(
        writer->write(sample_lidar_frame(calibration.lidars[0], tick, stamp_ns - 20'000'000)));
  }
  auto commit = writer->commit();
  EXPECT_TRUE(commit);
  return *commit;
}

}  // namespace oddroad::test
