// Watches the bodies of a run and writes down what came of it: collisions between any two, and how
// near the ego and the others came (world::Facts).
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/sim/body.h"
#include "engine/world/timeline.h"

namespace oddroad::sim {

// Time until two outlines touch if both keep their velocities and headings: 0 if they touch now,
// infinite if they never will.
double collision_time_s(const Body& a, const Body& b);

// Bodies by their place in the list, for one step.
using BodyPair = std::pair<std::size_t, std::size_t>;

class FactRecorder {
 public:
  explicit FactRecorder(std::string ego) : ego_(std::move(ego)) {}

  // Once per step, with everybody who is there then: traffic comes and goes, names stay. Returns
  // the pairs (lower index first) that have just come to touch.
  std::vector<BodyPair> observe(const std::vector<const Body*>& bodies, std::int64_t stamp_ns);
  // Ids are those of the actors of the same names; others are left out.
  [[nodiscard]] world::Facts facts(const std::vector<world::Actor>& actors) const;

 private:
  // What is known of one body.
  struct Trace {
    std::string name;
    double gap_m = 0;  // least, to the ego
    std::int64_t gap_ns = -1;
    double ttc_s = 0;
    std::int64_t ttc_ns = -1;
    // Where it was, now and then: enough for the time between two at one spot.
    std::int64_t first_sample = 0;
    std::vector<Outline> outlines;
    std::vector<std::pair<double, double>> heights_m;
  };
  struct Collision {
    std::int64_t stamp_ns = 0;
    std::size_t a = 0, b = 0;  // traces
    double relative_speed_mps = 0;
  };

  std::size_t trace_of(const Body& body);
  void watch_ego(const std::vector<const Body*>& bodies, std::int64_t stamp_ns);
  void sample(const std::vector<const Body*>& bodies);
  [[nodiscard]] double post_encroachment_s(const Trace& ego, const Trace& other) const;

  std::string ego_;
  std::vector<Trace> traces_;
  std::map<std::string, std::size_t> by_name_;
  std::vector<std::size_t> trace_;                   // of the bodies of this step
  std::map<BodyPair, std::int64_t> touching_since_;  // traces
  std::vector<Collision> collisions_;
  std::int64_t steps_ = 0;
};

}  // namespace oddroad::sim
