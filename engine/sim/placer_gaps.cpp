// Places relative to others: free gaps ahead and behind, beside an end, in rows.
#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/random.h"
#include "engine/sim/lane_track.h"
#include "engine/sim/longitudinal.h"
#include "engine/sim/person_mover.h"
#include "engine/sim/placer.h"

namespace oddroad::sim {
namespace {

using scenario::Placement;
using scenario::PlacementKind;
using scenario::VariantActor;

constexpr double kClearance_m = 0.3;  // that a row keeps from things that stand in its way
constexpr double kSpare_m = 20;       // of a lane's line beyond what is to be placed

bool leads_over(const Track& way, road::LaneId lane) {
  return std::any_of(way.lanes().begin(), way.lanes().end(), [&](const TrackLane& one) {
    return one.lane == lane;
  });
}

}  // namespace

bool Placer::put_at_gap(std::size_t i, std::size_t other, double by, int sign) {
  Shadow there = shadow(other);
  const bool from_middle = variant_.actors[i].at.from_middle;
  if (from_middle) there.rear_m = there.front_m = 0.5 * (there.rear_m + there.front_m);
  const double target = sign > 0 ? there.front_m + by : there.rear_m - by;
  double station = target + sign * 0.5 * bodies_[i].footprint.length_m();
  const double lengths = bodies_[i].footprint.length_m() + bodies_[other].footprint.length_m();
  const std::shared_ptr<const Track> way = way_of(other, 1.5 * by + lengths + kSpare_m);
  for (int round = 0; round < 8; ++round) {
    if (!put_in_lane(i, station, variant_.actors[i].at.lane)) return false;
    // Within one lane the gap is what lies between the outlines; else it counts along the line.
    const bool same_lane =
        way && plan_.lanes[i].at && leads_over(*way, plan_.lanes[i].at->lane) && !from_middle;
    const Shadow here = shadow(i);
    const double along = sign > 0 ? here.rear_m - there.front_m : there.rear_m - here.front_m;
    const double gap =
        same_lane && along > 0 ? gap_m(bodies_[i], bodies_[other]) + detour(*way, i, other) : along;
    if (std::abs(gap - by) < 1e-4) break;
    station += sign * (by - gap);
  }
  return true;
}

std::shared_ptr<const Track> Placer::way_of(std::size_t i, double reach) const {
  const auto& at = plan_.lanes[i].at;
  if (!at) return nullptr;
  if (leads_over(*plan_.base, at->lane)) return plan_.base;
  return std::make_shared<Track>(lane_track(graph_, *at, reach, reach, origin_));
}

double Placer::detour(const Track& way, std::size_t a, std::size_t b) const {
  const auto on_way = [&](std::size_t k) {
    return shadow_on_track(way, &way == plan_.base.get() ? station_[k] : 0, bodies_[k]);
  };
  Shadow first = on_way(a), second = on_way(b);
  if (first.front_m > second.front_m) std::swap(first, second);
  const double along = second.rear_m - first.front_m;
  const double straight = glm::length(way.point(second.rear_m, 0) - way.point(first.front_m, 0));
  // Where the way is straight rounding moves nobody.
  return along - straight > 1e-6 ? along - straight : 0;
}

bool Placer::put_abreast(std::size_t i, std::size_t other) {
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

bool Placer::put_beside(std::size_t i, std::size_t other) {
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

double Placer::kerb_side(double lateral) const {
  if (std::abs(lateral) > 0.5) return lateral > 0 ? 1 : -1;
  return graph_.road_of(base_.lane).rule == road::TrafficRule::kRightHand ? -1 : 1;
}

double Placer::start_behind(std::size_t i, const Shadow& there, double half_width,
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
  const double run_m =
      distance_from_rest(person_accel_mps2(run), person_speed_mps(run, bodies_[i].height_m), time);
  const double street_side = there.lateral_m - kerb * (there.half_width_m - half_width);
  const double far_side = there.lateral_m + kerb * (there.half_width_m + 1.5);
  return std::clamp(aimed + kerb * run_m, std::min(street_side, far_side),
                    std::max(street_side, far_side));
}

bool Placer::put_in_row(std::size_t i) {
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

double Placer::obstruction(std::size_t i, int sign) const {
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

bool Placer::crosses(std::size_t k) const {
  const auto& actions = variant_.actors[k].actions;
  return std::any_of(actions.begin(), actions.end(), [](const scenario::Action& a) {
    return !a.across.empty();
  });
}

}  // namespace oddroad::sim
