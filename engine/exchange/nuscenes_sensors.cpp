#include "engine/exchange/nuscenes_sensors.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/dataset/sweep_motion.h"

namespace oddroad::exchange {
namespace {

static_assert(sizeof(NuscenesPoint) == 20);

struct Slot {
  const char* channel;
  double yaw_deg;
};
constexpr Slot kCameras[] = {{"CAM_FRONT", 0},         {"CAM_FRONT_LEFT", 55},
                             {"CAM_FRONT_RIGHT", -55}, {"CAM_BACK_LEFT", 110},
                             {"CAM_BACK_RIGHT", -110}, {"CAM_BACK", 180}};
constexpr Slot kRadars[] = {{"RADAR_FRONT", 0},
                            {"RADAR_FRONT_LEFT", 90},
                            {"RADAR_FRONT_RIGHT", -90},
                            {"RADAR_BACK_LEFT", 175},
                            {"RADAR_BACK_RIGHT", -175}};
constexpr double kFarthestDeg = 45;

// A channel for a sensor that looks to `yaw_deg`; empty: none is free near it.
template <std::size_t N>
std::string choose(const Slot (&slots)[N], const std::string& name, double yaw_deg,
                   std::set<std::string>& taken) {
  std::string best;
  double least = kFarthestDeg;
  for (const Slot& slot : slots) {
    if (taken.contains(slot.channel)) continue;
    if (name == slot.channel) {
      best = slot.channel;
      break;
    }
    const double off = std::abs(std::remainder(yaw_deg - slot.yaw_deg, 360.0));
    if (off < least) {
      least = off;
      best = slot.channel;
    }
  }
  if (!best.empty()) taken.insert(best);
  return best;
}

// Sensors with a channel's name first, so that no other takes it.
template <typename Sensor, std::size_t N>
std::vector<const Sensor*> named_first(const std::vector<Sensor>& sensors, const Slot (&slots)[N]) {
  std::vector<const Sensor*> out;
  for (const auto& one : sensors) out.push_back(&one);
  std::stable_partition(out.begin(), out.end(), [&](const Sensor* one) {
    return std::any_of(std::begin(slots), std::end(slots), [&](const Slot& slot) {
      return one->name == slot.channel;
    });
  });
  return out;
}

double degrees(const math::Vec3d& direction) {
  return std::atan2(direction.y, direction.x) * 180 / M_PI;
}

// Ours (x forward, y left) from theirs (x right, y forward).
math::Pose T_ours_theirs() {
  return {math::from_yaw_pitch_roll(-M_PI / 2), math::Vec3d(0)};
}

}  // namespace

std::vector<NuscenesChannel> nuscenes_channels(const capture::Calibration& rig,
                                               std::vector<std::string>& left_out) {
  std::vector<NuscenesChannel> out;
  std::set<std::string> taken;
  const capture::LidarCalibration* top = rig.lidars.empty() ? nullptr : &rig.lidars.front();
  for (const auto& lidar : rig.lidars) {
    if (lidar.name == "LIDAR_TOP") top = &lidar;
  }
  for (const auto& lidar : rig.lidars) {
    if (&lidar != top) left_out.push_back(lidar.name);
  }
  if (top != nullptr) {
    out.push_back({"LIDAR_TOP", Modality::kLidar, top->name, top->T_ego_lidar * T_ours_theirs(),
                   nullptr, top});
  }
  for (const auto* camera : named_first(rig.cameras, kCameras)) {
    const double yaw = degrees(camera->T_ego_camera.rotation * math::Vec3d(0, 0, 1));
    const bool pinhole = camera->camera.lens == math::Lens::kPinhole;
    const std::string channel = pinhole ? choose(kCameras, camera->name, yaw, taken) : "";
    if (channel.empty()) {
      left_out.push_back(camera->name);
    } else {
      out.push_back({channel, Modality::kCamera, camera->name, camera->T_ego_camera, camera});
    }
  }
  for (const auto* radar : named_first(rig.radars, kRadars)) {
    const double yaw = degrees(radar->T_ego_radar.rotation * math::Vec3d(1, 0, 0));
    const std::string channel = choose(kRadars, radar->name, yaw, taken);
    if (channel.empty()) {
      left_out.push_back(radar->name);
    } else {
      out.push_back({channel, Modality::kRadar, radar->name, radar->T_ego_radar});
    }
  }
  return out;
}

std::int64_t sweep_end_ns(const capture::LidarCalibration& lidar, std::int64_t stamp_ns) {
  return stamp_ns + lidar.scan.sweep_ns / 2;
}

NuscenesCloud nuscenes_cloud(const capture::PointCloud& cloud, std::int64_t sweep_stamp_ns,
                             const capture::LidarCalibration& lidar, const world::Actor& ego) {
  const auto points =
      dataset::points_at(sweep_end_ns(lidar, sweep_stamp_ns), lidar.T_ego_lidar * T_ours_theirs(),
                         cloud, sweep_stamp_ns, lidar.T_ego_lidar, ego);
  NuscenesCloud out;
  out.points.reserve(cloud.size());
  out.index.reserve(cloud.size());
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    if (!(cloud.range_m[i] > 0)) continue;
    const math::Vec3f& p = points[i];
    out.points.push_back({p.x, p.y, p.z, 255 * std::clamp(cloud.intensity[i], 0.0f, 1.0f),
                          static_cast<float>(cloud.ring[i])});
    out.index.push_back(static_cast<std::uint32_t>(i));
  }
  return out;
}

}  // namespace oddroad::exchange
