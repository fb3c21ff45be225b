// The boxes of people who lie, from their meshes.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "engine/world/timeline.h"

namespace oddroad::verify {

class LyingBodies {
 public:
  // In the actor's frame; none while he stands or is more up than down, and of who is no
  // pedestrian. The actor outlives this.
  std::optional<math::Aabb> box(const world::Actor& actor, std::int64_t stamp_ns);

 private:
  std::map<std::pair<const world::Actor*, asset::Articulation::Rest>, math::Aabb> known_;
};

}  // namespace oddroad::verify
