// What passes cost on the device, by its own clock.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace oddroad::vulkan {

// Thread-safe.
class PassTimes {
 public:
  struct Total {
    std::uint64_t runs = 0;
    double seconds = 0;
  };
  void add(const std::string& pass, double seconds);
  [[nodiscard]] std::map<std::string, Total> totals() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Total> totals_;
};

// One line a pass: its name, how often it ran, milliseconds a run.
std::string to_string(const PassTimes& times);

}  // namespace oddroad::vulkan
