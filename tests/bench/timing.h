// Medians of repetitions. What is compared is measured in turns within each repetition, so that
// whatever else the machine does weighs on all sides alike.
#pragma once

#include <algorithm>
#include <chrono>
#include <ctime>
#include <vector>

namespace oddroad::bench {

template <typename Work>
double seconds_of(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Processor time of all threads of the process: other processes do not weigh on it.
inline double process_seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

template <typename Work>
double core_seconds_of(const Work& work) {
  const double start = process_seconds();
  work();
  return process_seconds() - start;
}

inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// `pass` measures everything once and returns the values in a fixed order; the median of each comes
// back. With `warm_up` a first pass fills caches and does not count.
template <typename Pass>
std::vector<double> medians(int repetitions, bool warm_up, const Pass& pass) {
  if (warm_up) pass();
  std::vector<std::vector<double>> columns;
  for (int r = 0; r < repetitions; ++r) {
    const std::vector<double> values = pass();
    columns.resize(values.size());
    for (std::size_t c = 0; c < values.size(); ++c) columns[c].push_back(values[c]);
  }
  std::vector<double> out;
  for (const auto& column : columns) out.push_back(median(column));
  return out;
}

}  // namespace oddroad::bench
