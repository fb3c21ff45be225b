#include "render/vulkan/pass_times.h"

#include <cstdio>

namespace oddroad::vulkan {

void PassTimes::add(const std::string& pass, double seconds) {
  const std::scoped_lock lock(mutex_);
  Total& total = totals_[pass];
  ++total.runs;
  total.seconds += seconds;
}

std::map<std::string, PassTimes::Total> PassTimes::totals() const {
  const std::scoped_lock lock(mutex_);
  return totals_;
}

std::string to_string(const PassTimes& times) {
  std::string out;
  for (const auto& [pass, total] : times.totals()) {
    char line[120];
    std::snprintf(line, sizeof(line), "%-12s %8llu runs %10.3f ms a run\n", pass.c_str(),
                  static_cast<unsigned long long>(total.runs),
                  1e3 * total.seconds / static_cast<double>(total.runs));
    out += line;
  }
  return out;
}

}  // namespace oddroad::vulkan
