#include "engine/traffic/lane_table.h"

#include <algorithm>
#include <cmath>

#include "engine/traffic/followable.h"

namespace oddroad::traffic {
namespace {

using math::Vec3d;

constexpr double kSpacing_m = 0.5;
// A lane is driven on where it has this width, or nearly its own where it is never so wide.
constexpr double kDrivableWidth_m = 2.2;
constexpr double kShareOfOwnWidth = 0.8;
constexpr double kLeastWidth_m = 1.0;
constexpr double kLeastLength_m = 0.05;
// The inner side of a bend may shrink to a point, where the curvature is no measure of what is
// driven there.
constexpr double kSharpest_1pm = 1 / 1.5;

}  // namespace

LaneTable::LaneTable(const road::LaneGraph& graph) : lanes_(graph.lanes().size()) {
  for (const road::LaneNode& node : graph.lanes()) {
    Lane& lane = lanes_[node.id.value - 1];
    lane.road = node.road;
    const road::Road& road = graph.road_of(node.id);
    lane.left_hand = road.rule == road::TrafficRule::kLeftHand;
    for (std::size_t j = 0; j < graph.map().junctions.size() && road.is_connecting(); ++j) {
      if (graph.map().junctions[j].id == road.junction_id) lane.junction = static_cast<int>(j);
    }
    lane.for_bicycles = node.type == road::LaneType::kBiking;
    if (!road::is_drivable(node.type) && !lane.for_bicycles) continue;
    if (node.length_m < kLeastLength_m) continue;
    sample(graph, node, lane);
    if (lane.min_width_m < kLeastWidth_m || lane.end_m <= lane.begin_m) continue;
    if (!lane.for_bicycles && !is_followable(*this, node.id.value - 1)) continue;
    lane.usable = true;
    add_pieces(graph, node, lane);
  }
  link(graph);
  inherit_limits(graph);
}

void LaneTable::sample(const road::LaneGraph& graph, const road::LaneNode& node, Lane& lane) {
  const int count = static_cast<int>(std::ceil(node.length_m / kSpacing_m)) + 1;
  lane.length_m = node.length_m;
  lane.samples = static_cast<std::uint32_t>(std::max(2, count));
  lane.first_sample = static_cast<std::uint32_t>(samples_.size());
  lane.spacing_m = node.length_m / (lane.samples - 1);
  lane.per_spacing_1pm = 1 / lane.spacing_m;
  double heading = 0;
  double widest = 0;
  for (std::uint32_t i = 0; i < lane.samples; ++i) {
    const road::LanePose pose = graph.pose({node.id, i * lane.spacing_m});
    heading = i == 0 ? pose.heading_rad : heading + math::wrap_angle(pose.heading_rad - heading);
    widest = std::max(widest, pose.width_m);
    const double curvature = std::clamp(pose.curvature_1pm, -kSharpest_1pm, kSharpest_1pm);
    samples_.push_back(
        {pose.position.x, pose.position.y, pose.position.z, heading, pose.s_m,
         static_cast<float>(std::cos(heading)), static_cast<float>(std::sin(heading)),
         static_cast<float>(std::tan(pose.pitch_rad)), static_cast<float>(pose.roll_rad),
         static_cast<float>(0.5 * pose.width_m), static_cast<float>(curvature)});
  }
  const LaneSample* all = samples(lane);
  lane.turn_rad = all[lane.samples - 1].heading_rad - all[0].heading_rad;
  const double enough = std::min(kDrivableWidth_m, kShareOfOwnWidth * widest);
  const auto is_wide = [&](std::uint32_t i) {
    return 2 * all[i].half_width_m >= enough;
  };
  std::uint32_t first = 0;
  std::uint32_t last = lane.samples - 1;
  while (first < last && !is_wide(first)) ++first;
  while (last > first && !is_wide(last)) --last;
  lane.begin_m = first * lane.spacing_m;
  lane.end_m = last + 1 == lane.samples ? lane.length_m : last * lane.spacing_m;
  lane.min_width_m = widest;
  for (std::uint32_t i = first; i <= last; ++i) {
    lane.min_width_m = std::min(lane.min_width_m, 2.0 * all[i].half_width_m);
  }
}

LanePoint LaneTable::at(std::uint32_t index, double offset) const {
  const Lane& lane = lanes_[index];
  const LaneSample* all = samples(lane);
  const double inside = std::clamp(offset, 0.0, lane.length_m);
  const auto i =
      std::min(static_cast<std::uint32_t>(inside * lane.per_spacing_1pm), lane.samples - 2);
  const LaneSample& a = all[i];
  const LaneSample& b = all[i + 1];
  const double u = inside * lane.per_spacing_1pm - i;
  const double w = 1 - u;
  // Cubic Hermite in the plane: headings and positions agree where pieces meet.
  const double h = lane.spacing_m;
  const double hb = u * u * (3 - 2 * u);
  const double ha = 1 - hb;
  const double ta = h * u * w * w;
  const double tb = -h * u * u * w;
  LanePoint out;
  out.position = {ha * a.x + hb * b.x + ta * a.tangent_x + tb * b.tangent_x,
                  ha * a.y + hb * b.y + ta * a.tangent_y + tb * b.tangent_y, w * a.z + u * b.z};
  out.heading_rad = w * a.heading_rad + u * b.heading_rad;
  out.curvature_1pm = w * a.curvature_1pm + u * b.curvature_1pm;
  out.slope = w * a.slope + u * b.slope;
  out.roll_rad = w * a.roll_rad + u * b.roll_rad;
  out.half_width_m = w * a.half_width_m + u * b.half_width_m;
  if (offset != inside) {
    const double beyond = offset - inside;
    const LaneSample& end = beyond > 0 ? b : a;
    out.position += Vec3d(beyond * end.tangent_x, beyond * end.tangent_y, beyond * end.slope);
    out.curvature_1pm = 0;
  }
  return out;
}

double LaneTable::height(std::uint32_t index, double offset, double lateral) const {
  const Lane& lane = lanes_[index];
  const LaneSample* all = samples(lane);
  const double inside = std::clamp(offset, 0.0, lane.length_m);
  const auto i =
      std::min(static_cast<std::uint32_t>(inside * lane.per_spacing_1pm), lane.samples - 2);
  const LaneSample& a = all[i];
  const LaneSample& b = all[i + 1];
  const double u = inside * lane.per_spacing_1pm - i;
  const double roll = (1 - u) * a.roll_rad + u * b.roll_rad;
  return (1 - u) * a.z + u * b.z + (offset - inside) * (offset > inside ? b : a).slope +
         lateral * std::sin(roll);
}

double LaneTable::across(std::uint32_t from, double offset, std::uint32_t to) const {
  const Lane& lane = lanes_[from];
  const LaneSample* all = samples(lane);
  const double inside = std::clamp(offset, 0.0, lane.length_m);
  const auto i =
      std::min(static_cast<std::uint32_t>(inside * lane.per_spacing_1pm), lane.samples - 2);
  const double u = inside * lane.per_spacing_1pm - i;
  const double s = (1 - u) * all[i].s_m + u * all[i + 1].s_m;
  const Lane& other = lanes_[to];
  const LaneSample* first = samples(other);
  const LaneSample* last = first + other.samples - 1;
  const bool rising = last->s_m > first->s_m;
  const LaneSample* after =
      std::lower_bound(first + 1, last, s, [&](const LaneSample& p, double value) {
        return rising ? p.s_m < value : p.s_m > value;
      });
  const double span = after->s_m - (after - 1)->s_m;
  const double v = span != 0 ? (s - (after - 1)->s_m) / span : 0;
  return (static_cast<double>(after - 1 - first) + std::clamp(v, 0.0, 1.0)) * other.spacing_m +
         (offset - inside);
}

}  // namespace oddroad::traffic
