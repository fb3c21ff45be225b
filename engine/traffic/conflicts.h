// Where two lanes cannot be used at once: the strips that vehicles sweep along their centre lines
// overlap, in the plane and in height (a bridge is no conflict). Computed from geometry alone.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/traffic/lane_table.h"

namespace oddroad::traffic {

enum class ConflictKind : std::uint8_t {
  kCross,
  kMerge,    // both lanes end together
  kDiverge,  // both lanes start together: a matter of following, not of yielding
};

struct Interval {
  float begin_m = 0, end_m = 0;
};

// Strips of two widths: cars and narrower things; heavy vehicles, whose rear also cuts corners.
enum Swath : std::uint8_t { kSmall = 0, kLarge = 1 };

// As one of the two lanes sees it. Intervals are offsets of whatever part of a body, first index:
// one's own swath, second: the other's. An empty interval (end < begin): no overlap.
struct Conflict {
  std::uint32_t other = kNoLane;
  std::uint32_t twin = 0;  // the same conflict, as the other lane sees it (index into all)
  ConflictKind kind = ConflictKind::kCross;
  bool goes_first = false;  // vehicles of this lane before those of the other (right_of_way.h)
  Interval own[2][2];
  Interval theirs[2][2];

  [[nodiscard]] bool exists(Swath mine, Swath other_one) const {
    return own[mine][other_one].end_m >= own[mine][other_one].begin_m;
  }
};

class ConflictTable {
 public:
  explicit ConflictTable(const LaneTable& lanes);

  [[nodiscard]] const Conflict* begin(std::uint32_t lane) const {
    return all_.data() + first_[lane];
  }
  [[nodiscard]] const Conflict* end(std::uint32_t lane) const {
    return all_.data() + first_[lane + 1];
  }
  [[nodiscard]] const std::vector<Conflict>& all() const { return all_; }
  [[nodiscard]] Conflict& edit(std::size_t index) { return all_[index]; }
  // The stretches of the lane for which a vehicle must have the right to go on, ascending and
  // apart: all of it inside junctions, the zones elsewhere.
  [[nodiscard]] std::span<const Interval> guards(std::uint32_t lane) const {
    return {guards_.data() + first_guard_[lane], guards_.data() + first_guard_[lane + 1]};
  }
  // Start of the first of them that ends beyond this offset; infinite if there is none.
  [[nodiscard]] double guard_m(std::uint32_t lane, double beyond_m = 0) const;

 private:
  std::vector<Conflict> all_;               // by lane
  std::vector<std::uint32_t> first_;        // lanes + 1
  std::vector<Interval> guards_;            // by lane
  std::vector<std::uint32_t> first_guard_;  // lanes + 1
};

}  // namespace oddroad::traffic
