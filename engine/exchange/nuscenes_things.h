// Things of a clip as nuScenes counts them: a rider is part of what it rides, and whatever can be
// told one from another has a number of its own, parked cars as well as what drives.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/core/ids.h"
#include "engine/dataset/clip_info.h"
#include "engine/exchange/format.h"

namespace oddroad::exchange {

// The most that panoptic's category * 1000 + number can tell apart.
inline constexpr int kNuscenesMostThings = 999;

class NuscenesThings {
 public:
  // Numbers go to what is in `seen` first, so that a large map's cars leave some for those near the
  // ego.
  NuscenesThings(const dataset::ClipInfo& info, const std::set<core::InstanceId>& seen,
                 const FormatContext& context);

  // The thing that an id belongs to: the mount of a rider, else itself.
  [[nodiscard]] core::InstanceId whole(core::InstanceId id) const;
  // Of a class of ours and a catalog name; kNoClass: left out.
  [[nodiscard]] std::string category(core::ClassId class_id, const std::string& type) const;
  [[nodiscard]] bool pixels_are_counted() const { return counted_; }
  [[nodiscard]] bool has_rider(core::InstanceId id) const { return ridden_.contains(id); }

  // lidarseg's number, and the number of the thing among those of its category in the clip, from 1;
  // 0: stuff, noise, and things beyond the 999th.
  struct PointLabel {
    std::uint8_t index = 0;
    std::uint16_t number = 0;
    [[nodiscard]] std::uint16_t panoptic() const {
      return static_cast<std::uint16_t>(index * 1000 + number);
    }
  };
  [[nodiscard]] PointLabel point(std::uint8_t class_id, std::uint16_t instance) const {
    const bool own = instance < by_instance_.size() && by_instance_[instance].index != kByClass;
    return own ? by_instance_[instance] : by_class_[class_id];
  }
  [[nodiscard]] bool beyond_numbers(core::InstanceId id) const { return beyond_.contains(id); }
  [[nodiscard]] bool all_have_numbers() const { return beyond_.empty(); }

 private:
  static constexpr std::uint8_t kByClass = 255;

  using Labels = std::map<core::InstanceId, PointLabel>;
  [[nodiscard]] Labels things(const dataset::ClipInfo& info) const;
  void number(Labels& labels, const std::set<core::InstanceId>& seen);

  const FormatContext& context_;
  bool counted_;
  std::map<core::InstanceId, core::InstanceId> mount_;  // of riders
  std::map<core::InstanceId, bool> ridden_;
  std::set<core::InstanceId> beyond_;
  // By number: they are asked for every point.
  std::vector<PointLabel> by_instance_;  // things and the ego; kByClass: none of them
  std::vector<PointLabel> by_class_;     // of all else
};

}  // namespace oddroad::exchange
