#include "engine/verify/loose_hulls.h"

#include "engine/asset/prop_physics.h"

namespace oddroad::verify {
namespace {

int round_about(asset::PropPhysics::Hull hull) {
  switch (hull) {
    case asset::PropPhysics::kBox:
      return -1;
    case asset::PropPhysics::kCylinderX:
      return 0;
    case asset::PropPhysics::kCylinderY:
      return 1;
    case asset::PropPhysics::kCylinderZ:
      return 2;
    case asset::PropPhysics::kSphere:
      return 3;
  }
  return -1;
}

// What the catalogue says of it; what else is carried or acts by itself counts as its box.
std::optional<LooseHull> hull_of(const scenario::VariantActor& actor, const asset::Model& model) {
  if (model.deformer != nullptr || model.wheelbase_m > 0) return std::nullopt;
  if (const auto known = asset::prop_physics(actor.model)) {
    return LooseHull{known->centre_m, known->half_extent_m, round_about(known->hull)};
  }
  const bool carried = actor.at.kind == scenario::PlacementKind::kOn;
  if (actor.drive || (!carried && actor.actions.empty())) return std::nullopt;
  return LooseHull{model.box.centre(), 0.5 * model.box.size(), -1};
}

}  // namespace

std::vector<std::optional<LooseHull>> loose_hulls(const RebuiltClip& clip) {
  std::vector<std::optional<LooseHull>> out;
  for (const world::Actor& actor : clip.timeline.actors) {
    out.emplace_back();
    for (const scenario::VariantActor& said : clip.variant.actors) {
      if (said.name == actor.name) out.back() = hull_of(said, *actor.model);
    }
  }
  return out;
}

}  // namespace oddroad::verify
