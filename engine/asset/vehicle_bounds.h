// What a car or van hides for certain and what it leaves in view for certain, told without its
// mesh, which takes a tenth of a second.
#pragma once

#include <array>
#include <memory>
#include <optional>

#include "engine/asset/catalog.h"

namespace oddroad::asset {

class BodyField;

class VehicleBounds {
 public:
  // Nothing where it cannot be told: types that are no cars or vans, pickups (open beds), cars
  // whose door opens, requests that make_vehicle refuses.
  static std::optional<VehicleBounds> of(const ModelRequest& request);

  // True only if the segment runs deep inside of the closed body, windows included, of what hangs
  // underneath, or of a wheel, and so meets the mesh wherever the ends lie outside. Model frame.
  // Wheels count only where they are neither steered nor moved by their springs.
  [[nodiscard]] bool blocks(const math::Vec3d& from, const math::Vec3d& to,
                            bool wheels_at_rest) const;

  // True only if the segment meets nothing of it: body, mirrors, wheels (as far as they may be
  // turned and sprung, if they are not at rest), what hangs underneath and stands on the roof.
  [[nodiscard]] bool misses(const math::Vec3d& from, const math::Vec3d& to,
                            bool wheels_at_rest) const;

 private:
  explicit VehicleBounds(std::shared_ptr<const BodyField> field);
  [[nodiscard]] bool is_deep(const math::Vec3d& p, double& distance_m) const;
  [[nodiscard]] bool meets_wheels(const math::Vec3d& from, const math::Vec3d& along) const;
  [[nodiscard]] double room_m(const math::Vec3d& p, bool wheels_at_rest) const;

  std::shared_ptr<const BodyField> field_;
  math::Aabb inside_;
  math::Aabb floor_;
  math::Aabb around_;
  std::array<math::Aabb, 4> outer_;                  // mirrors, underneath, roof
  std::array<std::array<math::Aabb, 2>, 2> wheels_;  // of each axle; in any state, at rest
};

}  // namespace oddroad::asset
