#include "engine/exchange/imported.h"

#include <cmath>
#include <limits>

#include "engine/core/sha256.h"
#include "engine/dataset/jpeg.h"
#include "engine/dataset/png.h"

namespace oddroad::exchange {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

dataset::ClipInfo imported_info(const std::string& scenario, std::uint32_t index,
                                const std::string& content, const ImportContext& context) {
  dataset::ClipInfo info;
  info.identity = {
      scenario, core::sha256_hex(content), 0, index, context.software, "imported", "imported",
      true};
  return info;
}

world::Environment unknown_weather() {
  world::Environment out;
  for (const auto& [name, member] : world::kEnvironmentNumbers) out.*member = kNaN;
  return out;
}

world::ActorState imported_state(const math::Pose& T_world_actor) {
  world::ActorState state;
  state.T_world_actor = T_world_actor;
  state.velocity_mps = math::Vec3d(kNaN);
  state.acceleration_mps2 = state.yaw_rate_rps = state.steer_rad = state.rolled_m = kNaN;
  return state;
}

world::Actor imported_actor(const ImportedThing& thing) {
  world::Actor actor;
  actor.id = thing.id;
  actor.name = thing.name;
  actor.type = thing.type;
  actor.class_id = thing.class_id;
  return actor;
}

void add_sizes(const std::vector<ImportedThing>& things, dataset::ClipInfo& info) {
  for (auto& actor : info.actors) {
    for (const auto& thing : things) {
      if (thing.id != actor.id || actor.is_ego) continue;
      const math::Vec3d half = 0.5 * thing.size_m;
      actor.box.include({-half.x, -half.y, 0});
      actor.box.include({half.x, half.y, thing.size_m.z});
    }
  }
}

capture::ObjectInWorld imported_object(const ImportedThing& thing,
                                       const math::OrientedBox& box_world,
                                       const capture::FrameStamp& stamp,
                                       const math::Pose& T_ego_sensor) {
  capture::ObjectInWorld object;
  object.id = thing.id;
  object.class_id = thing.class_id;
  object.name = thing.name;
  object.type = thing.type;
  object.box_world = box_world;
  object.box_ego = {stamp.T_world_ego.inverse() * box_world.pose, box_world.size_m};
  object.box_sensor = {T_ego_sensor.inverse() * object.box_ego.pose, box_world.size_m};
  object.track_size_m = thing.size_m;
  object.velocity_world_mps = math::Vec3d(kNaN);
  object.acceleration_mps2 = object.yaw_rate_rps = kNaN;
  object.returns_by_id = kUnknownCount;
  object.observed_ns = stamp.stamp_ns;
  object.box_ego_observed = object.box_ego;
  return object;
}

capture::LidarCalibration imported_lidar(const std::string& name, const math::Pose& T_ego_lidar) {
  capture::LidarCalibration lidar;
  lidar.name = name;
  lidar.model = "unknown";
  lidar.T_ego_lidar = T_ego_lidar;
  lidar.range_min_m = lidar.range_max_m = kNaN;
  lidar.noise_m = lidar.noise_per_m = lidar.range_step_m = kNaN;
  lidar.divergence_h_rad = lidar.divergence_v_rad = kNaN;
  return lidar;
}

capture::RadarCalibration imported_radar(const std::string& name, const math::Pose& T_ego_radar) {
  capture::RadarCalibration radar;
  radar.name = name;
  radar.model = "unknown";
  radar.T_ego_radar = T_ego_radar;
  radar.frequency_hz = radar.false_alarm = kNaN;
  return radar;
}

void count_points(capture::LidarFrame& sweep) {
  const auto& cloud = sweep.cloud;
  for (auto& object : sweep.world) {
    object.points_in_box = 0;
    const math::Pose T_box_sensor = object.box_sensor.pose.inverse();
    const math::Vec3d half = 0.5 * object.box_sensor.size_m;
    for (std::size_t i = 0; i < cloud.size(); ++i) {
      const auto p = glm::abs(T_box_sensor * math::Vec3d(cloud.x_m[i], cloud.y_m[i], cloud.z_m[i]));
      object.points_in_box += p.x <= half.x && p.y <= half.y && p.z <= half.z;
    }
  }
}

void add_point(capture::PointCloud& cloud, math::Vec3f p, float intensity, std::uint16_t ring) {
  cloud.x_m.push_back(p.x);
  cloud.y_m.push_back(p.y);
  cloud.z_m.push_back(p.z);
  cloud.range_m.push_back(glm::length(p));
  cloud.intensity.push_back(intensity);
  cloud.ring.push_back(ring);
  cloud.column.push_back(0);
  cloud.echo.push_back(0);
  cloud.time_offset_ns.push_back(0);
  cloud.instance.push_back(0);
  cloud.class_id.push_back(0);
  cloud.cause.push_back(kUnknownCause);
}

core::Result<capture::Image<capture::Rgb8>> check_picture(const std::string& bytes, bool jpeg,
                                                          const std::filesystem::path& file) {
  return jpeg ? dataset::decode_jpeg(bytes, file.string())
              : dataset::decode_png_rgb(bytes, file.string());
}

}  // namespace oddroad::exchange
