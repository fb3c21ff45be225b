// The inside of a car or van that no line of sight passes: what it hides can be told without its
// mesh, which takes a third of a second.
#pragma once

#include <memory>
#include <optional>

#include "engine/asset/catalog.h"

namespace oddroad::asset {

class BodyField;

class VehicleCore {
 public:
  // Nothing where the inside cannot be told: types that are no cars or vans, pickups (open beds),
  // cars whose door opens, requests that make_vehicle refuses.
  static std::optional<VehicleCore> of(const ModelRequest& request);

  // True only if the segment runs deep inside of the closed body, windows included, and so meets
  // its skin wherever the ends lie outside. Model frame.
  [[nodiscard]] bool blocks(const math::Vec3d& from, const math::Vec3d& to) const;

 private:
  explicit VehicleCore(std::shared_ptr<const BodyField> field);
  [[nodiscard]] bool is_deep(const math::Vec3d& p, double& distance_m) const;

  std::shared_ptr<const BodyField> field_;
  math::Aabb box_;
};

}  // namespace oddroad::asset
