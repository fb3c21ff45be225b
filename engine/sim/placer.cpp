#include "engine/sim/placer.h"

#include <algorithm>
#include <utility>

#include "engine/sim/lane_track.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;
using scenario::Placement;
using scenario::PlacementKind;
using scenario::VariantActor;

}  // namespace

Placer::Placer(const scenario::Variant& variant, const road::LaneGraph& graph,
               const math::Vec3d& origin, const Ground& ground, const road::LanePosition& base,
               Bodies& bodies)
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

core::Result<Stageplan> Placer::run() {
  place_all();
  if (!problems_.has_errors()) check_overlaps();
  if (problems_.has_errors()) return tl::unexpected(problems_);
  return std::move(plan_);
}

void Placer::place_all() {
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
        if (placed_[i]) spread_out(i);
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

bool Placer::is_ready(std::size_t i) const {
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

void Placer::report_unresolved(const std::vector<std::size_t>& left) {
  for (const std::size_t i : left) {
    const VariantActor& actor = variant_.actors[i];
    const bool exists = actor.at.other.empty() || find(actor.at.other).has_value();
    problems_.error(
        actor.at.where,
        exists
            ? "the place of '" + actor.name + "' depends on itself through '" + actor.at.other + "'"
            : "'" + actor.name + "' is placed by an unknown actor '" + actor.at.other + "'");
  }
}

std::optional<std::size_t> Placer::find(const std::string& name) const {
  for (std::size_t i = 0; i < bodies_.size(); ++i) {
    if (bodies_[i].name == name) return i;
  }
  return std::nullopt;
}

bool Placer::fail(const Placement& at, const std::string& message, const std::string& hint) {
  problems_.error(at.where, message, hint);
  return false;
}

bool Placer::place_one(std::size_t i) {
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
      return put_on(i, *find(at.other));
  }
  return false;
}

Shadow Placer::shadow(std::size_t i) const {
  return shadow_on_track(*plan_.base, station_[i], bodies_[i]);
}

TrackPoint Placer::on_base(std::size_t i) const {
  return plan_.base->project(Vec2d(bodies_[i].position), station_[i]);
}

void Placer::check_overlaps() {
  for (std::size_t i = 0; i < bodies_.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (!touches(bodies_[i], bodies_[k])) continue;
      problems_.error(
          variant_.actors[i].at.where,
          "'" + bodies_[i].name + "' and '" + bodies_[k].name + "' overlap at the start",
          "give one of them another distance, lane or 'lateral'");
    }
  }
}

}  // namespace oddroad::sim
