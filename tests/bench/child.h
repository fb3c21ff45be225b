// The program as its users start it: a process of its own, timed and weighed from outside.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace oddroad::bench {

struct Ended {
  int exit_code = -1;       // -1: died of a signal
  double seconds = 0;       // from start to end, or to the moment that `enough` named
  double core_seconds = 0;  // of all its threads, in the kernel as well
  double peak_mib = 0;      // resident, at its highest
  std::string output;       // what it said
};

// Runs ODDROAD_BINARY with the arguments. `enough` is asked every few milliseconds; where it says
// true the clock stops and the program is interrupted. Text goes to the file `log`.
Ended run_oddroad(const std::vector<std::string>& arguments, const std::string& log,
                  const std::function<bool()>& enough = nullptr);

// True once a clip's first capture lies complete on disk, though the clip is still growing.
bool has_first_capture(const std::string& dataset);

}  // namespace oddroad::bench
