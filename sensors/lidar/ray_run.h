// Some rays in the memory of one worker, small enough for its cache: set, cast, and what
// they meet.
#pragma once

#include <span>
#include <vector>

#include "render/scene/visibility.h"
#include "sensors/lidar/effects.h"
#include "sensors/lidar/ground_fields.h"
#include "sensors/lidar/leg.h"
#include "sensors/lidar/sweep_view.h"

namespace oddroad::lidar {

class RayRun {
 public:
  void begin(std::size_t count);
  // World; direction of about unit length.
  void set(std::size_t k, const math::Vec3d& origin, const math::Vec3d& direction,
           std::int64_t stamp_ns, double limit_m) {
    rays_[k] = {origin, direction, stamp_ns};
    batch_.set(k, origin, direction, stamp_ns, static_cast<float>(limit_m));
  }
  // coherent: neighbours go almost the same way.
  void cast(const SweepView& view, scene::RayKind kind, bool coherent);
  // Index + 1 of the drawable that ray k ends at; 0: none.
  [[nodiscard]] std::uint32_t drawable(std::size_t k) const { return hits_.drawable[k]; }
  // As if ray k met nothing.
  void drop(std::size_t k) { hits_.drawable[k] = 0; }
  // As many as there are rays; until the next run begins.
  std::span<const Met> meet(const SweepView& view, const Effects& effects);
  // Before the first run of another sweep.
  void forget() { cache_.forget(); }

 private:
  struct Ray {
    math::Vec3d origin, direction;
    std::int64_t stamp_ns;
  };
  void fetch_ahead(const FacetSource& facets, std::size_t k) const;
  void meet_surfaces(const SweepView& view);

  std::vector<Ray> rays_;
  scene::RayBatch batch_;
  scene::RayHits hits_;
  FacetCache cache_;
  std::vector<const asset::Material*> materials_;  // of each ray that met one
  std::vector<std::uint32_t> places_;              // of each ray, in fields_
  GroundFields fields_;
  std::vector<Met> met_;
};

}  // namespace oddroad::lidar
