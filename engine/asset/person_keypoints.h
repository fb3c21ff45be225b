// The COCO 17 of a person: points fixed to bones, in the bind pose, and where a pose takes them.
#pragma once

#include <vector>

#include "engine/asset/keypoints.h"
#include "engine/asset/person_traits.h"
#include "engine/asset/skeleton.h"

namespace oddroad::asset {

struct BonePoint {
  std::string name;
  std::uint8_t bone = 0;
  math::Vec3d bind_m{0};  // model frame of the bind pose
  double reach_m = 0;     // as KeypointAnchor
};

// In COCO's order.
std::vector<BonePoint> person_keypoints(const PersonTraits& traits, const Skeleton& skeleton);

// The same points moved by a pose, model frame.
std::vector<math::Vec3d> posed(const std::vector<BonePoint>& points, const Skeleton& skeleton,
                               const SkeletonPose& pose);

}  // namespace oddroad::asset
