#include "engine/verify/lying_bodies.h"

#include <vector>

namespace oddroad::verify {

std::optional<math::Aabb> LyingBodies::box(const world::Actor& actor, std::int64_t stamp_ns) {
  const asset::Model& model = *actor.model;
  if (model.deformer == nullptr || model.class_name != "pedestrian") return std::nullopt;
  const asset::Articulation& now = actor.state(stamp_ns / world::kStepNs).articulation;
  if (now.rest_weight <= 0.5) return std::nullopt;
  const auto [entry, is_new] = known_.try_emplace({&actor, now.rest});
  if (is_new) {
    asset::Articulation down;
    down.rest = now.rest;
    down.rest_weight = 1;
    std::vector<math::Vec3f> positions, normals;
    model.deformer->deform(down, positions, normals);
    for (const math::Vec3f& p : positions) entry->second.include(math::Vec3d(p));
  }
  return entry->second;
}

}  // namespace oddroad::verify
