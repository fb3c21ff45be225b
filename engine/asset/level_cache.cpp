#include "engine/asset/level_cache.h"

namespace oddroad::asset {

std::shared_ptr<const Model> LevelCache::get(const std::shared_ptr<const Model>& full, int level) {
  {
    const std::scoped_lock lock(mutex_);
    for (const Known& known : known_) {
      if (known.level == level && known.full.lock() == full) {
        return known.model ? known.model : full;
      }
    }
  }
  auto made = make_level(full, level);  // outside the lock: two threads may make the same twice
  const std::scoped_lock lock(mutex_);
  known_.push_back({full, level, made == full ? nullptr : made});
  if (known_.size() > capacity_) known_.pop_front();
  return made;
}

}  // namespace oddroad::asset
