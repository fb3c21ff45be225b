// Watches the bodies of a run and writes down what came of it: collisions between any two, and how
// near the ego and the others came (world::Facts).
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "engine/sim/body.h"
#include "engine/world/timeline.h"

namespace oddroad::sim {

// Time until two outlines touch if both keep their velocities and headings: 0 if they touch now,
// infinite if they never will.
double collision_time_s(const Body& a, const Body& b);

class FactRecorder {
 public:
  FactRecorder(std::size_t ego, std::size_t bodies);

  // Once per step. Returns the pairs (lower index first) that have just come to touch.
  std::vector<std::pair<std::size_t, std::size_t>> observe(const Bodies& bodies,
                                                           std::int64_t stamp_ns);
  // Ids are indices + 1.
  [[nodiscard]] world::Facts facts() const;

 private:
  struct Nearness {
    double gap_m = 0;
    std::int64_t gap_ns = -1;
    double ttc_s = 0;
    std::int64_t ttc_ns = -1;
  };
  // Where a body was, now and then: enough for the time between two at one spot.
  struct Trace {
    std::vector<Outline> outlines;
    std::vector<std::pair<double, double>> heights_m;
  };

  void watch_ego(const Bodies& bodies, std::int64_t stamp_ns);
  [[nodiscard]] double post_encroachment_s(std::size_t other) const;

  std::size_t ego_;
  std::vector<Nearness> nearness_;
  std::vector<Trace> traces_;
  std::map<std::pair<std::size_t, std::size_t>, std::int64_t> touching_since_;
  std::vector<world::CollisionFact> collisions_;
  std::int64_t steps_ = 0;
};

}  // namespace oddroad::sim
