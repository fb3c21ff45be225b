// The sensors of a clip that recorded something, for formats that hold all of them.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "engine/exchange/captures.h"
#include "engine/exchange/format.h"

namespace oddroad::exchange {

enum class SensorKind { kCamera, kLidar, kRadar };

struct ClipSensor {
  SensorKind kind = SensorKind::kCamera;
  std::string name;
  math::Pose T_ego_sensor;
  std::size_t index = 0;    // into the rig's list of its kind
  std::vector<Tick> ticks;  // never empty
};

// Cameras, LiDARs, radars, each in the order of the rig. Error: nothing was recorded.
core::Result<std::vector<ClipSensor>> recording_sensors(const dataset::ClipReader& clip);

// Ids of all that returned a beam of any LiDAR. Error: sightings.json is none.
core::Result<std::set<core::InstanceId>> seen_by_lidars(const dataset::ClipReader& clip);

// Half the time between two captures: what is farther away belongs to another one.
std::int64_t half_period_ns(const ClipSensor& sensor);

// The place of a clip's one file: "<split>/<scenario>/<index>-<short id><extension>".
std::string clip_file(const ExportClip& clip, const char* extension);

}  // namespace oddroad::exchange
