#include "engine/sim/placement.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "engine/core/random.h"
#include "engine/sim/lane_track.h"
#include "engine/sim/longitudinal.h"
#include "engine/sim/person_mover.h"
#include "engine/sim/relations.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;
using scenario::Placement;
using scenario::PlacementKind;
using scenario::VariantActor;

constexpr double kClearance_m = 0.3;  // that a row keeps from things that stand in its way

std::string metres(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f m", value);
  return text;
}

class Placer {
 public:
  Placer(const scenario::Variant& variant, const road::LaneGraph& graph, const math::Vec3d& origin,
         const Ground& ground, const road::LanePosition& base, Bodies& bodies)
      : variant_(variant),
        graph_(graph),
        origin_(origin),
        ground_(ground),
        base_(base),
        bodies_(bodies),
        placed_(bodies.size(), false),
        station_(bodies.size(), 0) {
    plan_.base = std::make_shared<Track>(lane_track(graph, base, 300, 1500, origin));
    plan_.lanes.resize(bodies.size());
  }

  core::Result<Stageplan> run() {
    place_all();
    if (!problems_.has_errors()) check_overlaps();
    if (problems_.has_errors()) return tl::unexpected(problems_);
    return std::move(plan_);
  }

 private:
  // Rows come last: they make room for whoever stands in their way.
  void place_all() {
    std::vector<std::size_t> waiting;
    for (const bool rows : {false, true}) {
      for (std::size_t i = 0; i < bodies_.size(); ++i) {
        if ((variant_.actors[i].at.kind == PlacementKind::kAlong) == rows) waiting.push_back(i);
      }
    }
    while (!waiting.empty()) {
      std::vector<std::size_t> later;
      for (const std::size_t i : waiting) {
        if (is_ready(i)) {
          placed_[i] = place_one(i);
          failed_ = failed_ || !placed_[i];
        } else {
          later.push_back(i);
        }
      }
      if (later.size() == waiting.size()) {
        if (!failed_) report_unresolved(later);
        return;
      }
      waiting = std::move(later);
    }
  }

  [[nodiscard]] bool is_ready(std::size_t i) const {
    const Placement& at = variant_.actors[i].at;
    const bool refers = at.kind != PlacementKind::kSite && at.kind != PlacementKind::kRoad;
    if (refers) {
      const auto other = find(at.other);
      if (!other || !placed_[*other]) return false;
    }
    // Side gaps and aimed starts are measured from the ego.
    const bool needs_ego = at.side_gap_m || at.kind == PlacementKind::kBeside;
    return !needs_ego || i == variant_.ego || placed_[variant_.ego];
  }

  void report_unresolved(const std::vector<std::size_t>& left) {
    for (const std::size_t i : left) {
      const VariantActor& actor = variant_.actors[i];
      const bool exists = actor.at.other.empty() || find(actor.at.other).has_value();
      problems_.error(
          actor.at.where,
          exists ? "the place of '" + actor.name + "' depends on itself through '" +
                       actor.at.other + "'"
                 : "'" + actor.name + "' is placed by an unknown actor '" + actor.at.other + "'");
    }
  }

  [[nodiscard]] std::optional<std::size_t> find(const std::string& name) const {
    for (std::size_t i = 0; i < bodies_.size(); ++i) {
      if (bodies_[i].name == name) return i;
    }
    return std::nullopt;
  }

  bool fail(const Placement& at, const std::string& message, const std::string& hint = {}) {
    problems_.error(at.where, message, hint);
    return false;
  }

  bool place_one(std::size_t i) {
    const Placement& at = variant_.actors[i].at;
    switch (at.kind) {
      case PlacementKind::kSite:
        return put_in_lane(i, at.offset_m, at.lane == "same" ? "driving" : at.lane);
      case PlacementKind::kRoad:
        return put_on_road(i);
      case PlacementKind::kAheadOf:
        return put_at_gap(i, *find(at.other), at.by_m, +1);
      case PlacementKind::kBehind:
        return put_at_gap(i, *find(at.other), at.by_m, -1);
      case PlacementKind::kBeside:
        return at.lane == "same" ? put_beside(i, *find(at.other)) : put_abreast(i, *find(at.other));
      case PlacementKind::kAlong:
        return put_in_row(i);
      case PlacementKind::kOn:
        return fail(at, "placement 'on' is not supported yet ('" + variant_.actors[i].name + "')");
    }
    return false;
  }

  // --- where things are along the base line ---

  [[nodiscard]] Shadow shadow(std::size_t i) const {
    return shadow_on_track(*plan_.base, station_[i], bodies_[i]);
  }

  // Of the model origin. The base line may pass the same place twice: the hint tells which.
  [[nodiscard]] TrackPoint on_base(std::size_t i) const {
    return plan_.base->project(Vec2d(bodies_[i].position), station_[i]);
  }

  // The lane that the actor's word means at a station of the base line.
  std::optional<road::LanePosition> lane_at(std::size_t i, double station,
                                            const std::string& word) {
    const Placement& at = variant_.actors[i].at;
    const auto base = graph_.advance(base_, station);
    if (!base) {
      fail(at, "'" + variant_.actors[i].name + "' would stand " + metres(station) +
                   " along the lane, where the map ends");
      return std::nullopt;
    }
    std::optional<road::LaneId> lane;
    if (word == "same") {
      const auto other = find(at.other);
      const auto& place = plan_.lanes[*other].at;
      // The other's own lane, or the lane of its word if the section has changed.
      if (!place) {
        lane = base->lane;
      } else {
        const auto& own = graph_.lane(place->lane);
        const auto& here = graph_.lane(base->lane);
        lane = graph_.find(here.road, here.section, own.lane);
        if (!*lane) lane.reset();
      }
    } else {
      lane = lane_by_word(graph_, base->lane, word);
    }
    if (!lane) {
      fail(at,
           "no '" + word + "' lane beside the site's lane for '" + variant_.actors[i].name + "'",
           is_lane_word(word) ? ""
                              : "lanes are same, driving, left, right, parking, sidewalk, "
                                "shoulder, opposite");
      return std::nullopt;
    }
    return graph_.across(*base, *lane);
  }

  // --- setting bodies ---

  [[nodiscard]] double facing_yaw(const Placement& at, double own_heading, double base_heading,
                                  double base_lateral) const {
    if (at.facing == "along") return base_heading;
    if (at.facing == "against") return base_heading + glm::pi<double>();
    if (at.facing == "road") {
      return base_heading + (base_lateral > 0 ? -0.5 : 0.5) * glm::pi<double>();
    }
    return own_heading;
  }

  void set_on_lane(std::size_t i, const road::LanePosition& at, double lateral) {
    Body& body = bodies_[i];
    const road::LanePose pose = graph_.pose(at, lateral);
    body.position = pose.position - origin_;
    if (body.kind == BodyKind::kPerson) {  // may be put far aside, onto a raised pavement
      body.position.z = ground_.height(body.position).value_or(body.position.z);
    }
    const TrackPoint beside = on_base(i);
    const double yaw = facing_yaw(variant_.actors[i].at, pose.heading_rad,
                                  plan_.base->at(beside.s_m).heading_rad, beside.lateral_m);
    body.yaw_rad = math::wrap_angle(yaw);
    const double turned = yaw - pose.heading_rad;
    body.pose = {math::from_yaw_pitch_roll(body.yaw_rad), body.position};
    if (body.kind != BodyKind::kPerson) {
      body.pose.rotation =
          math::from_yaw_pitch_roll(pose.heading_rad, -pose.pitch_rad, pose.roll_rad) *
          math::from_yaw_pitch_roll(turned);
    }
    if (body.kind == BodyKind::kVehicle) stand_on_wheels(body);
    plan_.lanes[i] = {at, lateral, std::cos(turned) < 0};
  }

  // A vehicle that stands with two wheels on the kerb leans: the plane through its wheels' contacts
  // replaces the lane's where they differ.
  void stand_on_wheels(Body& body) const {
    constexpr double kTyreInset_m = 0.12;
    constexpr double kLevel_m = 0.01;
    const double half_track = 0.5 * body.footprint.width_m() - kTyreInset_m;
    double height[2][2];  // [rear, front][right, left]
    double most = 0;
    for (const int front : {0, 1}) {
      for (const int left : {0, 1}) {
        const math::Vec3d on_plane =
            body.pose * math::Vec3d(front * body.wheelbase_m, (2 * left - 1) * half_track, 0);
        const auto z = ground_.height(on_plane);
        if (!z) return;
        height[front][left] = *z;
        most = std::max(most, std::abs(*z - on_plane.z));
      }
    }
    if (most < kLevel_m) return;
    const double rear = 0.5 * (height[0][0] + height[0][1]);
    const double ahead = 0.5 * (height[1][0] + height[1][1]) - rear;
    const double across = 0.5 * (height[0][1] + height[1][1] - height[0][0] - height[1][0]);
    body.position.z = rear;
    body.pose = {math::from_yaw_pitch_roll(body.yaw_rad, -std::atan2(ahead, body.wheelbase_m),
                                           std::atan2(across, 2 * half_track)),
                 body.position};
  }

  void set_on_base(std::size_t i, double station, double lateral) {
    Body& body = bodies_[i];
    station_[i] = station;
    body.position = plan_.base->point(station, lateral);
    body.position.z = ground_.height(body.position).value_or(body.position.z);
    const double heading = plan_.base->at(station).heading_rad;
    body.yaw_rad = math::wrap_angle(facing_yaw(variant_.actors[i].at, heading, heading, lateral));
    body.pose = {math::from_yaw_pitch_roll(body.yaw_rad), body.position};
    plan_.lanes[i] = {};
  }

  // Sideways offset from the lane's centre that leaves the free side gap to the ego's outline.
  double lateral_in_lane(std::size_t i, const road::LanePosition& at) {
    const Placement& placement = variant_.actors[i].at;
    if (!placement.side_gap_m || i == variant_.ego) return placement.lateral_m;
    set_on_lane(i, at, 0);
    const Shadow here = shadow(i);
    const Body& ego = bodies_[variant_.ego];
    const double ego_lateral = on_base(variant_.ego).lateral_m;
    const double side = here.lateral_m > ego_lateral ? 1 : -1;
    const double ego_reach = side > 0 ? ego.footprint.left_m : ego.footprint.right_m;
    const double wanted =
        ego_lateral + side * (ego_reach + *placement.side_gap_m + here.half_width_m);
    // To the lane's own left: oncoming lanes see the other way.
    const double same_way =
        std::cos(graph_.pose(at).heading_rad - plan_.base->at(here.rear_m).heading_rad) > 0 ? 1
                                                                                            : -1;
    return (wanted - here.lateral_m) * same_way;
  }

  bool put_in_lane(std::size_t i, double station, const std::string& word) {
    const auto at = lane_at(i, station, word);
    if (!at) return false;
    station_[i] = station;
    set_on_lane(i, *at, lateral_in_lane(i, *at));
    return true;
  }

  bool put_on_road(std::size_t i) {
    const Placement& at = variant_.actors[i].at;
    const auto place = graph_.at(at.road_id, at.s_m, at.lane_id);
    if (!place) {
      return fail(at, "the map has no lane " + std::to_string(at.lane_id) + " on road '" +
                          at.road_id + "' at s = " + metres(at.s_m));
    }
    const math::Vec3d p = graph_.pose(*place).position - origin_;
    station_[i] = i == variant_.ego ? 0 : plan_.base->project(Vec2d(p)).s_m;
    set_on_lane(i, *place, lateral_in_lane(i, *place));
    return true;
  }

  // `sign` +1: rear face `by` ahead of the other's front; -1: front face behind its rear.
  bool put_at_gap(std::size_t i, std::size_t other, double by, int sign) {
    const Shadow there = shadow(other);
    const double target = sign > 0 ? there.front_m + by : there.rear_m - by;
    double station = target + sign * 0.5 * bodies_[i].footprint.length_m();
    for (int round = 0; round < 4; ++round) {
      if (!put_in_lane(i, station, variant_.actors[i].at.lane)) return false;
      // Within one lane the gap is what lies between the outlines; else it counts along the line.
      const bool same_lane = plan_.lanes[i].at && plan_.lanes[other].at &&
                             same_way(plan_.lanes[i].at->lane, plan_.lanes[other].at->lane);
      const Shadow here = shadow(i);
      const double along = sign > 0 ? here.rear_m - there.front_m : there.rear_m - here.front_m;
      const double gap = same_lane && along > 0 ? gap_m(bodies_[i], bodies_[other]) : along;
      if (std::abs(gap - by) < 1e-4) break;
      station += sign * (by - gap);
    }
    return true;
  }

  [[nodiscard]] bool same_way(road::LaneId a, road::LaneId b) const {
    return a == b || (graph_.lane(a).lane == graph_.lane(b).lane &&
                      graph_.lane(a).road == graph_.lane(b).road);
  }

  // In another lane next to the other: fronts, middles or rears level, moved on by `by`.
  bool put_abreast(std::size_t i, std::size_t other) {
    const Placement& at = variant_.actors[i].at;
    const Shadow there = shadow(other);
    double station = 0.5 * (there.front_m + there.rear_m);
    for (int round = 0; round < 4; ++round) {
      if (!put_in_lane(i, station, at.lane)) return false;
      const Shadow here = shadow(i);
      double off = 0.5 * (there.front_m + there.rear_m - here.front_m - here.rear_m);
      if (at.end == "front") off = there.front_m - here.front_m;
      if (at.end == "rear") off = there.rear_m - here.rear_m;
      off += at.by_m;
      if (std::abs(off) < 1e-4) break;
      station += off;
    }
    return true;
  }

  // Next to one end of the other, or (middle) next to its kerb side.
  bool put_beside(std::size_t i, std::size_t other) {
    const Placement& at = variant_.actors[i].at;
    const Shadow there = shadow(other);
    const double kerb = kerb_side(there.lateral_m);
    const double middle = 0.5 * (there.rear_m + there.front_m);
    set_on_base(i, middle, there.lateral_m + 0.1 * kerb);  // fixes yaw, and so the reach
    const Shadow own = shadow(i);
    const double half = 0.5 * (own.front_m - own.rear_m);
    const double centre_offset = middle - 0.5 * (own.front_m + own.rear_m);
    if (at.end == "middle") {
      set_on_base(i, middle + centre_offset,
                  there.lateral_m + kerb * (there.half_width_m + at.gap_m + own.half_width_m));
      return true;
    }
    const double station =
        (at.end == "rear" ? there.rear_m - at.gap_m - half : there.front_m + at.gap_m + half) +
        centre_offset;
    const double lateral = start_behind(i, there, own.half_width_m, kerb);
    set_on_base(i, station, lateral + at.lateral_m);
    return true;
  }

  [[nodiscard]] double kerb_side(double lateral) const {
    if (std::abs(lateral) > 0.5) return lateral > 0 ? 1 : -1;
    return graph_.road_of(base_.lane).rule == road::TrafficRule::kRightHand ? -1 : 1;
  }

  // `beside` leaves open where across the other's width somebody waits. If an aimed run at a given
  // path_ttc follows, the place is chosen so that the run takes just that time, within the other's
  // shadow and 1.5 m of pavement behind it; else it is the other's middle.
  [[nodiscard]] double start_behind(std::size_t i, const Shadow& there, double half_width,
                                    double kerb) const {
    const VariantActor& actor = variant_.actors[i];
    if (actor.actions.empty()) return there.lateral_m;
    const scenario::Action& run = actor.actions.front();
    const bool timed = run.aim && run.across == bodies_[variant_.ego].name &&
                       run.when.kind == scenario::Condition::Kind::kCompare &&
                       run.when.quantity == "path_ttc";
    if (!timed) return there.lateral_m;
    Body ego = bodies_[variant_.ego];
    ego.lateral_m = on_base(variant_.ego).lateral_m;
    const double aimed = aimed_lateral_m(ego, *run.aim, kerb > 0 ? 1 : -1);
    // The trigger fires up to one step late: the run is shorter by that, and slows down to fit.
    const double time = std::max(run.when.value - kStep_s, 0.0);
    const double run_m = distance_from_rest(person_accel_mps2(run),
                                            person_speed_mps(run, bodies_[i].height_m), time);
    const double street_side = there.lateral_m - kerb * (there.half_width_m - half_width);
    const double far_side = there.lateral_m + kerb * (there.half_width_m + 1.5);
    return std::clamp(aimed + kerb * run_m, std::min(street_side, far_side),
                      std::max(street_side, far_side));
  }

  // --- rows ---

  bool put_in_row(std::size_t i) {
    const Placement& at = variant_.actors[i].at;
    if (at.gaps_m.empty()) return fail(at, "a row piece without gaps: '" + bodies_[i].name + "'");
    const std::size_t piece = at.gaps_m.size() - 1;
    const int sign = piece % 2 == 0 ? -1 : +1;
    std::size_t neighbour = *find(at.other);
    if (piece >= 2) {
      const std::string& name = bodies_[i].name;
      const std::string row = name.substr(0, name.rfind('.'));
      const auto before = find(row + "." + std::to_string(piece - 1));  // pieces count from 1
      if (before && placed_[*before]) neighbour = *before;
    }
    double by = at.gaps_m.back();
    for (int tries = 0; tries < 100; ++tries) {
      if (!put_at_gap(i, neighbour, by, sign)) return false;
      const double more = obstruction(i, sign);
      if (more <= 0) break;
      by += more;
    }
    core::RandomStream draw(variant_.random_key, "sim/parked/" + bodies_[i].name);
    bodies_[i].steer_rad = draw.uniform(-0.06, 0.06);
    return true;
  }

  // How much farther a row piece must move to clear bodies that are no part of rows, and the lines
  // on which people will cross. 0 = free.
  [[nodiscard]] double obstruction(std::size_t i, int sign) const {
    const Shadow own = shadow(i);
    double more = 0;
    for (std::size_t k = 0; k < bodies_.size(); ++k) {
      if (k == i || !placed_[k] || variant_.actors[k].at.kind == PlacementKind::kAlong) continue;
      Shadow there = shadow(k);
      if (bodies_[k].name == variant_.actors[i].at.other) continue;
      if (crosses(k)) {  // everything on this side of the lane is in its way
        there.half_width_m += std::abs(there.lateral_m);
      }
      const bool apart =
          std::abs(there.lateral_m - own.lateral_m) > there.half_width_m + own.half_width_m + 0.05;
      if (apart) continue;
      const double room = sign > 0 ? own.rear_m - there.front_m : there.rear_m - own.front_m;
      const double passed = sign > 0 ? there.rear_m - own.front_m : own.rear_m - there.front_m;
      if (room < kClearance_m && passed < kClearance_m) {
        more = std::max(more, kClearance_m - room + 1e-3);
      }
    }
    return more;
  }

  [[nodiscard]] bool crosses(std::size_t k) const {
    const auto& actions = variant_.actors[k].actions;
    return std::any_of(actions.begin(), actions.end(), [](const scenario::Action& a) {
      return !a.across.empty();
    });
  }

  void check_overlaps() {
    for (std::size_t i = 0; i < bodies_.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (std::abs(bodies_[i].position.z - bodies_[k].position.z) > 3) continue;  // on a bridge
        if (!touches(bodies_[i], bodies_[k])) continue;
        problems_.error(
            variant_.actors[i].at.where,
            "'" + bodies_[i].name + "' and '" + bodies_[k].name + "' overlap at the start");
      }
    }
  }

  const scenario::Variant& variant_;
  const road::LaneGraph& graph_;
  math::Vec3d origin_;
  const Ground& ground_;
  road::LanePosition base_;
  Bodies& bodies_;
  std::vector<bool> placed_;
  std::vector<double> station_;  // roughly, on the base line
  bool failed_ = false;
  Stageplan plan_;
  core::Diagnostics problems_;
};

}  // namespace

core::Result<road::LanePosition> base_position(const scenario::Variant& variant,
                                               const road::LaneGraph& graph) {
  const Placement& ego = variant.actors.at(variant.ego).at;
  const bool absolute = ego.kind == PlacementKind::kRoad;
  const std::string& road = absolute ? ego.road_id : variant.site.road_id;
  const double s = absolute ? ego.s_m : variant.site.s_m;
  const int lane = absolute ? ego.lane_id : variant.site.lane_id;
  const auto at = graph.at(road, s, lane);
  if (!at) {
    return core::fail_at(ego.where, "the map has no lane " + std::to_string(lane) + " on road '" +
                                        road + "' at s = " + metres(s));
  }
  return *at;
}

core::Result<Stageplan> place(const scenario::Variant& variant, const road::LaneGraph& graph,
                              const math::Vec3d& origin, const Ground& ground, Bodies& bodies) {
  const auto base = base_position(variant, graph);
  if (!base) return core::forward_error(base);
  return Placer(variant, graph, origin, ground, *base, bodies).run();
}

}  // namespace oddroad::sim
