// Labels of SemanticKITTI by name (config/semantic-kitti.yaml of its API).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/capture/ontology.h"
#include "engine/dataset/clip_info.h"
#include "engine/exchange/class_names.h"
#include "engine/world/timeline.h"

namespace oddroad::exchange {

inline constexpr std::uint16_t kOutlierLabel = 1;

const std::vector<std::string>& semantickitti_names();
// The name that a class of ours has there; "unlabeled" where it has none.
std::string semantickitti_name(const capture::OntologyClass& one);

// Of all points of a clip: by class of the surface and id of the thing.
class SemanticKittiLabels {
 public:
  SemanticKittiLabels(const dataset::ClipInfo& info, const world::Timeline& timeline,
                      const ClassNames& names);
  // instance << 16 | label
  [[nodiscard]] std::uint32_t of(std::uint8_t class_id, std::uint16_t instance) const;

 private:
  void set(core::InstanceId id, std::uint32_t label);

  // By number: it is asked for every point.
  std::vector<std::uint16_t> by_class_;                    // of all else
  std::vector<std::optional<std::uint32_t>> by_instance_;  // actors, and things that stand
};

}  // namespace oddroad::exchange
