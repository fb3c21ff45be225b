// What the benchmarks measured: one table at the end of the run.
#pragma once

#include <string>

namespace oddroad::bench {

struct Row {
  std::string name;
  double ratio = 0;
  std::string ours;  // the two values behind the ratio, with their units
  std::string yardstick;
  std::string bound;  // what the ratio should be; empty where nothing is promised
};

void report(const Row& row);

// Ours over the yardstick, each a time per frame. Returns the ratio.
double report_times(const std::string& name, double ours_s, double yardstick_s,
                    const std::string& bound = "");

std::string milliseconds(double seconds);
// "%.3g" and a unit.
std::string quantity(double value, const std::string& unit);

}  // namespace oddroad::bench
