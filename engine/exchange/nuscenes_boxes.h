// What nuScenes annotates at one keyframe.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/dataset/clip_info.h"
#include "engine/dataset/frame_json.h"
#include "engine/exchange/format.h"
#include "engine/exchange/nuscenes_sensors.h"

namespace oddroad::exchange {

// Things of a clip as nuScenes counts them: a rider is part of what it rides.
class NuscenesThings {
 public:
  NuscenesThings(const dataset::ClipInfo& info, const FormatContext& context);

  // The thing that an id belongs to: the mount of a rider, else itself.
  [[nodiscard]] core::InstanceId whole(core::InstanceId id) const;
  // Of a class of ours and a catalog name; kNoClass: left out.
  [[nodiscard]] std::string category(core::ClassId class_id, const std::string& type) const;
  [[nodiscard]] bool pixels_are_counted() const { return counted_; }
  [[nodiscard]] bool has_rider(core::InstanceId id) const { return ridden_.contains(id); }
  // lidarseg's number, and the number of the thing within the clip, from 1; 0: stuff and noise.
  struct PointLabel {
    int index = 0, instance = 0;
  };
  [[nodiscard]] PointLabel point(std::uint8_t class_id, std::uint16_t instance) const {
    const bool actor = instance < by_instance_.size() && by_instance_[instance];
    return actor ? *by_instance_[instance] : by_class_[class_id];
  }

 private:
  const FormatContext& context_;
  bool counted_;
  std::map<core::InstanceId, core::InstanceId> mount_;  // of riders
  std::map<core::InstanceId, bool> ridden_;
  // By number: they are asked for every point.
  std::vector<std::optional<PointLabel>> by_instance_;  // actors
  std::vector<PointLabel> by_class_;                    // of what belongs to no actor
};

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
