// Which lanes lead where, and how fast one may go on them.
#include <algorithm>
#include <cmath>

#include "engine/traffic/lane_table.h"

namespace oddroad::traffic {
namespace {

constexpr double kPiece_m = 8;
// Lanes that do not meet like this are not driven across.
constexpr double kLargestKink_rad = 0.8;
constexpr double kLargestGap_m = 3;
constexpr double kStraight_1pm = 1e-4;
// Two lanes whose centres come closer than this share of their widths are not side by side.
constexpr double kLeastSpacing_m = 1.2;

double limit_of(const road::Road& road, double s_m, int lane_id) {
  const double posted = road.speed_limit_mps(s_m, lane_id);
  return posted > 0 ? posted : 0;
}

}  // namespace

double usual_limit_mps(const std::string& type) {
  constexpr double kKmh = 1 / 3.6;
  if (type == "motorway") return 120 * kKmh;
  if (type == "rural") return 90 * kKmh;
  if (type == "townExpressway") return 70 * kKmh;
  if (type == "lowSpeed") return 30 * kKmh;
  if (type == "townPlayStreet" || type == "pedestrian") return 10 * kKmh;
  if (type == "bicycle" || type == "townPrivate") return 20 * kKmh;
  return 50 * kKmh;
}

void LaneTable::add_pieces(const road::LaneGraph& graph, const road::LaneNode& node, Lane& lane) {
  const road::Road& road = graph.road_of(node.id);
  lane.pieces = static_cast<std::uint32_t>(std::max(1.0, std::ceil(lane.length_m / kPiece_m)));
  lane.first_piece = static_cast<std::uint32_t>(pieces_.size());
  lane.per_piece_1pm = lane.pieces / lane.length_m;
  const LaneSample* all = samples(lane);
  for (std::uint32_t p = 0; p < lane.pieces; ++p) {
    const auto from = static_cast<std::uint32_t>(p / lane.per_piece_1pm * lane.per_spacing_1pm);
    const auto to = std::min(
        lane.samples - 1,
        static_cast<std::uint32_t>((p + 1) / lane.per_piece_1pm * lane.per_spacing_1pm) + 1);
    double curvature = kStraight_1pm;
    for (std::uint32_t i = from; i <= to; ++i) {
      curvature = std::max(curvature, std::abs(static_cast<double>(all[i].curvature_1pm)));
    }
    // Kinks between samples count as the bend that a driver makes of them.
    for (std::uint32_t i = from; i < to; ++i) {
      const double turn = std::abs(all[i + 1].heading_rad - all[i].heading_rad);
      curvature = std::max(curvature, turn / std::max(lane.spacing_m, 1.0));
    }
    pieces_.push_back({static_cast<float>(limit_of(road, all[(from + to) / 2].s_m, node.lane)),
                       static_cast<float>(std::sqrt(1 / curvature))});
  }
}

void LaneTable::limit_from(std::uint32_t index, double from_m, double limit) {
  const Lane& lane = lanes_[index];
  for (std::uint32_t p = 0; p < lane.pieces; ++p) {
    if ((p + 0.5) / lane.per_piece_1pm < from_m) continue;
    pieces_[lane.first_piece + p].limit_mps = static_cast<float>(limit);
  }
}

// A road without limit or type takes the limit of the road that leads onto it.
void LaneTable::inherit_limits(const road::LaneGraph& graph) {
  for (Lane& lane : lanes_) {
    const road::Road& road = graph.map().roads[static_cast<std::size_t>(lane.road)];
    for (std::uint32_t p = 0; p < lane.pieces; ++p) {
      float& limit = pieces_[lane.first_piece + p].limit_mps;
      if (limit > 0) continue;
      const std::string type = road.type_at(samples(lane)[lane.samples / 2].s_m);
      limit = static_cast<float>(usual_limit_mps(type));
      if (type != "unknown" || lane.previous.empty()) continue;
      const Lane& before = lanes_[lane.previous.front()];
      const float theirs = pieces_[before.first_piece + before.pieces - 1].limit_mps;
      if (theirs > 0) limit = theirs;
    }
  }
}

void LaneTable::link(const road::LaneGraph& graph) {
  const auto meets = [&](const Lane& a, const Lane& b) {
    const LaneSample& end = samples(a)[a.samples - 1];
    const LaneSample& start = samples(b)[0];
    const double kink = std::abs(math::wrap_angle(start.heading_rad - end.heading_rad));
    const double gap = glm::length(math::Vec3d(start.x - end.x, start.y - end.y, start.z - end.z));
    return kink < kLargestKink_rad && gap < kLargestGap_m;
  };
  for (const road::LaneNode& node : graph.lanes()) {
    Lane& lane = lanes_[node.id.value - 1];
    if (!lane.usable || lane.end_m < lane.length_m) continue;
    for (const road::LaneId id : node.successors) {
      Lane& next = lanes_[id.value - 1];
      if (!next.usable || next.begin_m > 0 || !meets(lane, next)) continue;
      if (next.for_bicycles && !lane.for_bicycles) continue;
      lane.next.push_back(id.value - 1);
      next.previous.push_back(node.id.value - 1);
    }
  }
  for (const road::LaneNode& node : graph.lanes()) {
    Lane& lane = lanes_[node.id.value - 1];
    if (!lane.usable) continue;
    const auto beside = [&](road::LaneId id) -> std::uint32_t {
      if (!id || lane.for_bicycles) return kNoLane;
      const Lane& other = lanes_[id.value - 1];
      const bool same = graph.lane(id).direction == node.direction;
      if (!same || !other.usable || other.for_bicycles) return kNoLane;
      const double middle = 0.5 * (std::max(lane.begin_m, 0.0) + lane.end_m);
      const LanePoint here = at(node.id.value - 1, middle);
      const LanePoint there = at(id.value - 1, across(node.id.value - 1, middle, id.value - 1));
      return glm::length(there.position - here.position) < kLeastSpacing_m ? kNoLane : id.value - 1;
    };
    lane.left = beside(node.left);
    lane.right = beside(node.right);
  }
  for (Lane& lane : lanes_) {
    if (!lane.usable) continue;
    const auto goes_on = [&](std::uint32_t Lane::*side) {
      for (std::uint32_t id = lane.*side; id != kNoLane; id = lanes_[id].*side) {
        if (!lanes_[id].next.empty()) return true;
      }
      return false;
    };
    const bool has_neighbour = lane.left != kNoLane || lane.right != kNoLane;
    lane.ends = lane.next.empty() && has_neighbour &&
                (lane.end_m < lane.length_m || goes_on(&Lane::left) || goes_on(&Lane::right));
    lane.map_ends = lane.next.empty() && !lane.ends;
    lane.map_begins = lane.previous.empty() && lane.begin_m <= 0 && lane.junction < 0;
  }
}

}  // namespace oddroad::traffic
