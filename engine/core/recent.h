// What was made lately and may be asked for again.
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <utility>

namespace oddroad::core {

// Values by keys, for as long as they are asked for. Time goes in rounds: what was asked for in
// none of the last `rounds` is forgotten, so that a process that works for days holds what one of
// an hour does. Of what this round has not asked for, the last `capacity` are kept. Thread-safe.
template <typename Key, typename Value>
class Recent {
 public:
  Recent(std::size_t capacity, std::size_t rounds) : capacity_(capacity), rounds_(rounds) {}

  std::optional<Value> find(const Key& key) {
    const std::scoped_lock lock(mutex_);
    for (auto it = entries_.begin(); it != entries_.end(); ++it) {
      if (!(it->key == key)) continue;
      it->round = round_;
      entries_.splice(entries_.begin(), entries_, it);
      return it->value;
    }
    return std::nullopt;
  }

  void keep(Key key, Value value) {
    const std::scoped_lock lock(mutex_);
    entries_.push_front({std::move(key), std::move(value), round_});
    while (entries_.size() > capacity_ && entries_.back().round != round_) entries_.pop_back();
  }

  void begin_round() {
    const std::scoped_lock lock(mutex_);
    ++round_;
    while (!entries_.empty() && entries_.back().round + rounds_ < round_) entries_.pop_back();
  }

 private:
  struct Entry {
    Key key;
    Value value;
    std::size_t round = 0;  // that asked for it last
  };
  const std::size_t capacity_, rounds_;
  std::mutex mutex_;
  std::list<Entry> entries_;  // the one asked for last first
  std::size_t round_ = 0;
};

}  // namespace oddroad::core
