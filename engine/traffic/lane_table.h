// The lanes that traffic uses, sampled evenly so that a pose costs one look-up. Lanes are numbered
// as in road::LaneGraph, from 0: index = LaneId - 1. Offsets run with the traffic, in metres.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/math/affine.h"
#include "engine/road/lane_graph.h"

namespace oddroad::traffic {

inline constexpr std::uint32_t kNoLane = 0xffffffff;

// One cache line. The tangent is horizontal and of unit length.
struct LaneSample {
  double x, y, z;
  double heading_rad;  // continuous along the lane
  double s_m;          // road coordinate
  float tangent_x, tangent_y;
  float slope;     // dz per horizontal metre
  float roll_rad;  // positive lifts the left
  float half_width_m;
  float curvature_1pm;
};

// A stretch of a lane (8 m or less) for looking ahead quickly.
struct SpeedPiece {
  float limit_mps;  // posted, or what is usual on such a road
  float bend_mps;   // sqrt(1 / largest curvature): times sqrt(lateral acceleration) = speed
};

struct Lane {
  bool usable = false;        // vehicles may drive here, and a car can (followable.h)
  bool for_bicycles = false;  // and nothing else
  bool ends = false;          // usable, but vehicles cannot go on and must change before the end
  bool map_ends = false;      // vehicles leave the map at its end
  bool map_begins = false;    // vehicles come onto the map at its start
  bool left_hand = false;     // of traffic
  int road = -1;
  int junction = -1;  // index into RoadMap::junctions; -1: none
  double length_m = 0;
  double begin_m = 0, end_m = 0;  // where it is wide enough to be driven on
  double min_width_m = 0;         // between them
  double turn_rad = 0;            // change of heading over its length
  double spacing_m = 0, per_spacing_1pm = 0;
  std::uint32_t first_sample = 0, samples = 0;
  std::uint32_t first_piece = 0, pieces = 0;
  double per_piece_1pm = 0;
  std::uint32_t left = kNoLane, right = kNoLane;  // neighbours that vehicles can change to
  std::vector<std::uint32_t> next, previous;      // straightest first
};

struct LanePoint {
  math::Vec3d position{0};
  double heading_rad = 0;
  double curvature_1pm = 0;
  double slope = 0;
  double roll_rad = 0;
  double half_width_m = 0;
};

class LaneTable {
 public:
  explicit LaneTable(const road::LaneGraph& graph);

  [[nodiscard]] const std::vector<Lane>& lanes() const { return lanes_; }
  [[nodiscard]] const Lane& operator[](std::uint32_t lane) const { return lanes_[lane]; }
  [[nodiscard]] const LaneSample* samples(const Lane& lane) const {
    return samples_.data() + lane.first_sample;
  }
  // Beyond its ends a lane runs on straight.
  [[nodiscard]] LanePoint at(std::uint32_t lane, double offset_m) const;
  // Height of the surface, lateral_m to the left of the centre.
  [[nodiscard]] double height(std::uint32_t lane, double offset_m, double lateral_m) const;
  [[nodiscard]] const SpeedPiece& piece(const Lane& lane, int index) const {
    return pieces_[lane.first_piece + static_cast<std::uint32_t>(index)];
  }
  // The place beside `offset_m` on a neighbour of the same road section.
  [[nodiscard]] double across(std::uint32_t from, double offset_m, std::uint32_t to) const;
  // Lowers the limit of the lane from `from_m` on (a sign).
  void limit_from(std::uint32_t lane, double from_m, double limit_mps);

 private:
  void sample(const road::LaneGraph& graph, const road::LaneNode& node, Lane& lane);
  void add_pieces(const road::LaneGraph& graph, const road::LaneNode& node, Lane& lane);
  void link(const road::LaneGraph& graph);
  void inherit_limits(const road::LaneGraph& graph);

  std::vector<Lane> lanes_;
  std::vector<LaneSample> samples_;
  std::vector<SpeedPiece> pieces_;
};

// What is usual where no limit is posted, by OpenDRIVE road type.
double usual_limit_mps(const std::string& road_type);

}  // namespace oddroad::traffic
