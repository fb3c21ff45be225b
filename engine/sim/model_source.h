// Where the simulation gets its models from.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/asset/catalog.h"
#include "engine/asset/vehicle_bounds.h"
#include "engine/core/recent.h"

namespace oddroad::sim {

class ModelSource {
 public:
  virtual ~ModelSource() = default;
  virtual core::Result<std::shared_ptr<const asset::Model>> model(
      const asset::ModelRequest& request) = 0;
  // What motion alone needs, where that is cheaper: the same box and wheelbase; without parts and
  // class if it is not the model itself.
  virtual core::Result<std::shared_ptr<const asset::Model>> outline(
      const asset::ModelRequest& request) {
    return model(request);
  }
  // What it hides and what it leaves in view for certain, where that is told without a mesh.
  virtual std::optional<asset::VehicleBounds> bounds(const asset::ModelRequest& /*request*/) {
    return std::nullopt;
  }
  // Another clip, or another draw of one, begins: what earlier ones asked for may be forgotten.
  virtual void begin_clip() {}
};

// The models of all requests, in their order; made side by side, equal ones once. The source must
// be thread-safe.
std::vector<core::Result<std::shared_ptr<const asset::Model>>> make_models(
    ModelSource& source, const std::vector<asset::ModelRequest>& requests);

// The asset catalog, remembering the models of the last clips: parked cars repeat, and a dry run
// and the clip itself ask for the same ones. Thread-safe.
class CatalogModels : public ModelSource {
 public:
  core::Result<std::shared_ptr<const asset::Model>> model(
      const asset::ModelRequest& request) override;
  // Vehicles take a third of a second each and tell their exact size beforehand; people, bicycles
  // and props are made.
  core::Result<std::shared_ptr<const asset::Model>> outline(
      const asset::ModelRequest& request) override;
  std::optional<asset::VehicleBounds> bounds(const asset::ModelRequest& request) override {
    return asset::VehicleBounds::of(request);
  }
  void begin_clip() override { recent_.begin_round(); }

 private:
  static constexpr std::size_t kModels = 192, kClips = 4;
  core::Recent<asset::ModelRequest, std::shared_ptr<const asset::Model>> recent_{kModels, kClips};
};

}  // namespace oddroad::sim
