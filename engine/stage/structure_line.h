// The line of a bridge or tunnel: its cross sections in order, and where a point lies beside it.
#pragma once

#include <vector>

#include "engine/stage/profile.h"

namespace oddroad::stage {

struct StructureSection {
  double from_start_m = 0;  // along s from where the structure begins
  double to_end_m = 0;      // and to where it ends; the region may cut a line before it does
  math::Vec3d left{0};      // outermost borders of the road, world
  math::Vec3d right{0};
  math::Vec2d aside{0, 1};  // horizontal unit vector to the left

  [[nodiscard]] math::Vec3d middle() const { return .5 * (left + right); }
  [[nodiscard]] double half_width_m() const { return .5 * glm::length(math::Vec2d(left - right)); }
  [[nodiscard]] double low_m() const { return std::min(left.z, right.z); }
  [[nodiscard]] double high_m() const { return std::max(left.z, right.z); }
};

class StructureLine {
 public:
  // Of a run that has a structure; sections at most max_step_m apart.
  explicit StructureLine(const Run& run, double max_step_m = 3);

  [[nodiscard]] const std::vector<StructureSection>& sections() const { return sections_; }
  [[nodiscard]] const road::RoadStructure& structure() const { return *structure_; }
  [[nodiscard]] bool is_bridge() const {
    return structure_->kind == road::RoadStructure::Kind::kBridge;
  }
  // Does the line hold that end of the structure?
  [[nodiscard]] bool begins() const { return sections_.front().from_start_m < .01; }
  [[nodiscard]] bool ends() const { return sections_.back().to_end_m < .01; }
  // At a distance from the structure's start, between the sections.
  [[nodiscard]] StructureSection at(double from_start_m) const;

  struct Beside {
    StructureSection section;  // the nearest
    double aside_m = 0;        // distance from its middle, never negative
    bool within = false;       // not before or beyond the line
  };
  [[nodiscard]] Beside beside(const math::Vec2d& p) const;
  // Farther from the line than this nothing lies; cheap.
  [[nodiscard]] bool is_near(const math::Vec2d& p, double reach_m) const;

 private:
  const road::RoadStructure* structure_;
  std::vector<StructureSection> sections_;
  math::Vec2d lower_{0}, upper_{0};
};

}  // namespace oddroad::stage
