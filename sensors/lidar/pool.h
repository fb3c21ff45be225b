// Memory that is used again and again by whoever has work to do.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

namespace oddroad::lidar {

// Thread-safe; grows to as many as are in use at once.
template <typename Thing>
class Pool {
 public:
  std::unique_ptr<Thing> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<Thing>();
    auto out = std::move(free_.back());
    free_.pop_back();
    return out;
  }
  void give(std::unique_ptr<Thing> thing) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(thing));
  }
  // Of those that nobody uses.
  template <typename Work>
  void each(const Work& work) {
    const std::lock_guard lock(mutex_);
    for (auto& thing : free_) work(*thing);
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Thing>> free_;
};

}  // namespace oddroad::lidar
