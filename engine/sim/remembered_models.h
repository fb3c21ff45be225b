// Models whose requests are known again, so that outlines can be given their meshes later.
#pragma once

#include <map>
#include <mutex>

#include "engine/sim/model_source.h"

namespace oddroad::sim {

// Borrows `base`. Thread-safe.
class RememberedModels : public ModelSource {
 public:
  explicit RememberedModels(ModelSource& base) : base_(base) {}

  core::Result<std::shared_ptr<const asset::Model>> model(
      const asset::ModelRequest& request) override {
    return base_.model(request);
  }
  core::Result<std::shared_ptr<const asset::Model>> outline(
      const asset::ModelRequest& request) override {
    auto made = base_.outline(request);
    if (!made) return made;
    const std::scoped_lock lock(mutex_);
    requests_[made->get()] = request;
    return made;
  }
  std::optional<asset::VehicleBounds> bounds(const asset::ModelRequest& request) override {
    return base_.bounds(request);
  }
  void begin_clip() override { base_.begin_clip(); }
  // The model in full; `outline` is one that was made here and is still alive.
  core::Result<std::shared_ptr<const asset::Model>> in_full(
      const std::shared_ptr<const asset::Model>& outline) {
    if (!outline->parts.empty()) return outline;
    const auto request = request_of(outline);
    if (!request) return core::fail("'" + outline->name + "' has no mesh");
    return base_.model(*request);
  }
  std::optional<asset::VehicleBounds> bounds_of(
      const std::shared_ptr<const asset::Model>& outline) {
    const auto request = request_of(outline);
    return request ? base_.bounds(*request) : std::nullopt;
  }

 private:
  std::optional<asset::ModelRequest> request_of(
      const std::shared_ptr<const asset::Model>& outline) {
    const std::scoped_lock lock(mutex_);
    const auto found = requests_.find(outline.get());
    if (found == requests_.end()) return std::nullopt;
    return found->second;
  }

  ModelSource& base_;
  std::mutex mutex_;
  std::map<const asset::Model*, asset::ModelRequest> requests_;
};

}  // namespace oddroad::sim
