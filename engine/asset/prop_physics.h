// What a rigid-body mover needs to know about a loose thing: mass, hull, friction, bounce, drag.
// Keyed by catalog type; size comes from the same numbers that make the model, so that a bigger
// carton is heavier.
//
// Masses and sizes are class averages of the things themselves (EUR pallet EN 13698-1: 25 kg,
// 200-litre drum ISO 15750, car tyre 9 kg); friction is kinetic, against dry asphalt, 0.3-0.8 by
// material; restitution 0.05-0.8; drag coefficients are those of bluff bodies (box 1.05, sphere
// 0.47, cylinder across the flow 0.8-1.1, plate 1.2: Hoerner, Fluid-Dynamic Drag, 1965).
#pragma once

#include <optional>

#include "engine/asset/catalog.h"
#include "engine/math/affine.h"

namespace oddroad::asset {

struct PropPhysics {
  double mass_kg = 0;
  // Half the hull's box along the model's axes. The model stands on z = 0: the hull's centre lies
  // at `centre_m` of the model frame.
  math::Vec3d half_extent_m{0};
  enum Hull {
    kBox,
    kCylinderX,  // round about the model's x axis (trunk, branch)
    kCylinderY,  // about y (a standing tyre or wheel)
    kCylinderZ,  // about z (barrel, bucket, lying tyre)
    kSphere
  } hull = kBox;
  double friction = 0.5;     // kinetic Coulomb coefficient against dry asphalt
  double restitution = 0.2;  // of a normal impact on asphalt
  double drag_area_m2 = 0;   // C_d times the mean projected area over the three axes
  math::Vec3d centre_m{0};   // middle of the hull in the model frame
};

// Empty for types that do not come loose (trees, houses, people, vehicles), for files, and for
// requests that model_size refuses.
std::optional<PropPhysics> prop_physics(const ModelRequest& request);

}  // namespace oddroad::asset
