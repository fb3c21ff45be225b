// What nuScenes annotates at one keyframe.
#pragma once

#include <string>
#include <vector>

#include "engine/dataset/frame_json.h"
#include "engine/exchange/format.h"
#include "engine/exchange/nuscenes_sensors.h"
#include "engine/exchange/nuscenes_things.h"

namespace oddroad::exchange {

struct NuscenesBox {
  core::InstanceId id;
  std::string category, attribute;  // attribute empty: none
  math::OrientedBox box_ego;        // at the keyframe's instant
  int visibility = 1;               // 1 to 4; 0: nobody knows
  std::int64_t lidar_points = 0, radar_points = 0;
};

struct NuscenesKeyframe {
  std::int64_t stamp_ns = 0;  // the end of the sweep
  const dataset::FrameLabels& sweep;
  const NuscenesCloud& cloud;
  math::Pose T_ego_lidar;                     // of the cloud's frame
  std::vector<dataset::FrameLabels> cameras;  // of this keyframe
  std::vector<dataset::FrameLabels> radars;
};

// In ascending id. Only what at least one point shows.
std::vector<NuscenesBox> nuscenes_boxes(const NuscenesKeyframe& at, const NuscenesThings& things,
                                        const world::Timeline& timeline,
                                        const FormatContext& context);

}  // namespace oddroad::exchange
