#include "engine/exchange/clip_sensors.h"

#include <limits>

#include <nlohmann/json.hpp>

#include "engine/dataset/file_io.h"

namespace oddroad::exchange {
namespace {

core::Result<void> add(const dataset::ClipReader& clip, ClipSensor sensor,
                       std::vector<ClipSensor>& out) {
  auto ticks = capture_ticks(clip, sensor.name);
  if (!ticks) return core::forward_error(ticks);
  sensor.ticks = std::move(*ticks);
  if (!sensor.ticks.empty()) out.push_back(std::move(sensor));
  return {};
}

}  // namespace

core::Result<std::vector<ClipSensor>> recording_sensors(const dataset::ClipReader& clip) {
  const auto& rig = clip.calibration();
  std::vector<ClipSensor> out;
  core::Result<void> done;
  for (std::size_t i = 0; done && i < rig.cameras.size(); ++i) {
    const auto& one = rig.cameras[i];
    done = add(clip, {SensorKind::kCamera, one.name, one.T_ego_camera, i}, out);
  }
  for (std::size_t i = 0; done && i < rig.lidars.size(); ++i) {
    const auto& one = rig.lidars[i];
    done = add(clip, {SensorKind::kLidar, one.name, one.T_ego_lidar, i}, out);
  }
  for (std::size_t i = 0; done && i < rig.radars.size(); ++i) {
    const auto& one = rig.radars[i];
    done = add(clip, {SensorKind::kRadar, one.name, one.T_ego_radar, i}, out);
  }
  if (!done) return core::forward_error(done);
  if (out.empty()) {
    return core::fail_at({clip.folder().string()}, "no camera, LiDAR or radar recorded anything");
  }
  return out;
}

core::Result<std::set<core::InstanceId>> seen_by_lidars(const dataset::ClipReader& clip) {
  const char* name = "sightings.json";
  std::set<core::InstanceId> seen;
  if (!clip.has(name)) return seen;
  const auto file = clip.folder() / name;
  const auto text = dataset::read_file(file);
  if (!text) return core::forward_error(text);
  try {
    const auto json = nlohmann::json::parse(*text);
    for (const auto& lidar : clip.calibration().lidars) {
      const auto of_sensor = json.find(lidar.name);
      if (of_sensor == json.end()) continue;
      for (const auto& one : *of_sensor) {
        seen.insert(core::InstanceId(one.at("id").get<std::uint16_t>()));
      }
    }
  } catch (const nlohmann::json::exception& problem) {
    return core::fail_at({file.string()}, problem.what());
  }
  return seen;
}

std::int64_t half_period_ns(const ClipSensor& sensor) {
  if (sensor.ticks.size() < 2) return std::numeric_limits<std::int64_t>::max() / 4;
  return (sensor.ticks[1].stamp_ns - sensor.ticks[0].stamp_ns) / 2;
}

std::string clip_file(const ExportClip& clip, const char* extension) {
  return clip.split + "/" + clip.name + extension;
}

}  // namespace oddroad::exchange
