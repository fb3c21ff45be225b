// Levels of models, remembered from clip to clip: trees and cars repeat.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/asset/detail_level.h"

namespace oddroad::asset {

// Remembers levels while their full models live, which it does not keep alive, and while one of the
// last kClips clips asked for them: which levels of a tree that stands in every street are asked
// for hangs on where it stands. Thread-safe.
class LevelCache {
 public:
  static constexpr std::size_t kClips = 4;

  // Another clip begins.
  void begin_clip();
  // make_level(full, level), made anew only where it is not known.
  std::shared_ptr<const Model> get(const std::shared_ptr<const Model>& full, int level);

 private:
  struct Known {
    std::weak_ptr<const Model> full;
    int level = 0;
    std::shared_ptr<const Model> model;  // null: the full model
    std::size_t clip = 0;                // that asked for it last
  };
  std::shared_ptr<const Model> recall(const std::shared_ptr<const Model>& full, int level);

  std::mutex mutex_;
  std::vector<Known> known_;
  std::size_t clip_ = 0;
};

}  // namespace oddroad::asset
