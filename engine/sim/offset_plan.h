// Sideways moves inside or beside a lane: smooth steps from one offset to another, one after the
// other (a swerve goes out, stays and comes back).
#pragma once

#include <vector>

namespace oddroad::sim {

class OffsetPlan {
 public:
  // Starts at an offset from the lane's centre (+ left) and stays there.
  explicit OffsetPlan(double offset_m = 0) : start_m_(offset_m) {}

  void move_to(double offset_m, double duration_s) { steps_.push_back({offset_m, duration_s}); }
  void stay(double duration_s) { move_to(end_m(), duration_s); }

  [[nodiscard]] double at(double time_s) const;
  [[nodiscard]] double end_m() const { return steps_.empty() ? start_m_ : steps_.back().to_m; }
  [[nodiscard]] double duration_s() const;

 private:
  struct Step {
    double to_m = 0;
    double duration_s = 0;
  };
  double start_m_ = 0;
  std::vector<Step> steps_;
};

}  // namespace oddroad::sim
