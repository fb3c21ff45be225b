#include "engine/asset/level_cache.h"

namespace oddroad::asset {

void LevelCache::begin_clip() {
  const std::scoped_lock lock(mutex_);
  ++clip_;
  std::erase_if(known_, [this](const Known& known) {
    return known.full.expired() || known.clip + kClips < clip_;
  });
}

std::shared_ptr<const Model> LevelCache::recall(const std::shared_ptr<const Model>& full,
                                                int level) {
  const std::scoped_lock lock(mutex_);
  for (Known& known : known_) {
    const bool same = !known.full.owner_before(full) && !full.owner_before(known.full);
    if (!same || known.level != level) continue;
    known.clip = clip_;
    return known.model ? known.model : full;
  }
  return nullptr;
}

std::shared_ptr<const Model> LevelCache::get(const std::shared_ptr<const Model>& full, int level) {
  if (auto known = recall(full, level)) return known;
  auto made = make_level(full, level);  // outside the lock: two threads may make the same twice
  const std::scoped_lock lock(mutex_);
  known_.push_back({full, level, made == full ? nullptr : made, clip_});
  return made;
}

}  // namespace oddroad::asset
