#include "engine/sim/model_source.h"

namespace oddroad::sim {

core::Result<std::shared_ptr<const asset::Model>> CatalogModels::model(
    const asset::ModelRequest& request) {
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [key, value] : recent_) {
      if (key == request) return value;
    }
  }
  auto made = asset::make_model(request);  // outside the lock: two threads may make the same twice
  if (!made) return made;
  const std::scoped_lock lock(mutex_);
  recent_.emplace_back(request, *made);
  if (recent_.size() > capacity_) recent_.pop_front();
  return made;
}

}  // namespace oddroad::sim
