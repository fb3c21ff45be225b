// Levels of models, remembered from clip to clip: trees and cars repeat.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>

#include "engine/asset/detail_level.h"

namespace oddroad::asset {

// Remembers the levels made last; the full models are not kept alive. Thread-safe.
class LevelCache {
 public:
  explicit LevelCache(std::size_t capacity = 192) : capacity_(capacity) {}
  // make_level(full, level), made anew only where it is not known.
  std::shared_ptr<const Model> get(const std::shared_ptr<const Model>& full, int level);

 private:
  struct Known {
    std::weak_ptr<const Model> full;
    int level = 0;
    std::shared_ptr<const Model> model;  // null: the full model
  };
  std::mutex mutex_;
  std::size_t capacity_;
  std::deque<Known> known_;
};

}  // namespace oddroad::asset
