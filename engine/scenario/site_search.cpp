#include "engine/scenario/site_search.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "engine/core/quantity.h"
#include "engine/road/geo_reference.h"

namespace oddroad::scenario {

namespace {

constexpr double kFirstOffset = 5;
constexpr double kCandidateStep = 10;
constexpr double kSampleStep = 5;
constexpr double kLeastLaneWidth = 1;
constexpr double kPi = 3.14159265358979323846;
constexpr double kLargestTurn = 6 * kPi / 180;

// In the order in which they are looked at; each counts only where all before it hold.
enum Criterion { kNoJunction, kRoadType, kLanesBeside, kLaneCount, kWidth, kShape, kCriteria };
// How far ahead of a start every criterion and those before it hold.
using Reach = std::array<double, kCriteria>;

bool type_matches(const std::string& wanted, const std::string& stated) {
  if (wanted.empty() || stated.empty() || stated == "unknown") return true;
  if (wanted == "town") return stated.starts_with("town") || stated == "lowSpeed";
  if (wanted == "low_speed") return stated == "lowSpeed" || stated == "townPlayStreet";
  return stated == wanted;
}

class Search {
 public:
  Search(const road::LaneGraph& graph, const SiteQuery& query) : graph_(graph), query_(query) {}

  core::Result<std::vector<Site>> run() {
    for (const road::LaneNode& lane : graph_.lanes()) {
      if (!road::is_drivable(lane.type) || graph_.road_of(lane.id).is_connecting()) continue;
      any_lane_ = true;
      for (double offset = kFirstOffset; offset < lane.length_m; offset += kCandidateStep) {
        try_start({lane.id, offset});
      }
    }
    if (sites_.empty()) return core::fail(reason());
    return std::move(sites_);
  }

 private:
  void try_start(const road::LanePosition& start) {
    const Reach reach = measure(start);
    for (std::size_t i = 0; i < kCriteria; ++i) best_[i] = std::max(best_[i], reach[i]);
    if (reach[kCriteria - 1] < query_.length_m) return;
    const road::LaneNode& lane = graph_.lane(start.lane);
    sites_.push_back({graph_.road_of(lane.id).id, graph_.s_of(start), lane.lane, query_.length_m});
  }

  Reach measure(const road::LanePosition& start) const {
    Reach reach{};
    std::array<bool, kCriteria> holds;
    holds.fill(true);
    const double heading = graph_.pose(start).heading_rad;
    double done = -start.offset_m;  // distance from the start to the entry of the lane
    for (const road::LaneId id : graph_.lanes_ahead(start, query_.length_m)) {
      const road::LaneNode& lane = graph_.lane(id);
      const double begin = std::max(0.0, -done);
      const double end = std::min(lane.length_m, query_.length_m - done);
      for (double offset = begin;; offset = std::min(offset + kSampleStep, end)) {
        hold_criteria(lane, offset, heading, holds);
        for (std::size_t i = 0; i < kCriteria && holds[i]; ++i) reach[i] = done + offset;
        if (offset >= end || !holds[kNoJunction]) break;
      }
      if (!holds[kNoJunction]) break;
      done += lane.length_m;
    }
    return reach;
  }

  // Clears each criterion that fails here, and all behind it.
  void hold_criteria(const road::LaneNode& lane, double offset, double start_heading,
                     std::array<bool, kCriteria>& holds) const {
    const road::Road& on = graph_.road_of(lane.id);
    const road::LanePose pose = graph_.pose({lane.id, offset});
    const double turn = std::remainder(pose.heading_rad - start_heading, 2 * kPi);
    const bool curved =
        query_.min_radius_m > 0 && std::abs(pose.curvature_1pm) * query_.min_radius_m > 1;
    const std::array<bool, kCriteria> now = {
        !on.is_connecting(),
        type_matches(query_.road_type, on.type_at(pose.s_m)),
        has_lanes(lane, pose.s_m),
        lane_count(lane.id) >= query_.min_lanes,
        pose.width_m >= query_.min_lane_width_m,
        !curved && !(query_.straight && std::abs(turn) > kLargestTurn)};
    bool all = true;
    for (std::size_t i = 0; i < kCriteria; ++i) {
      all = all && now[i];
      holds[i] = holds[i] && all;
    }
  }

  bool has_lanes(const road::LaneNode& lane, double s_m) const {
    return std::all_of(
        query_.has_lanes.begin(), query_.has_lanes.end(), [&](const std::string& word) {
          if (word == "opposite") return bool(graph_.opposite(lane.id));
          const road::LaneType type = road::lane_type_from(word);
          return lies_beside(lane, type, s_m, true) || lies_beside(lane, type, s_m, false);
        });
  }

  // Walks outwards to the next lane that vehicles drive in.
  bool lies_beside(const road::LaneNode& lane, road::LaneType type, double s_m,
                   bool to_right) const {
    const road::Road& on = graph_.road_of(lane.id);
    const road::LaneNode* here = &lane;
    while (true) {
      // Beyond lane 0 a lane's own right is this one's left.
      const bool turned = here->direction != lane.direction;
      const road::LaneId next = to_right != turned ? here->right : here->left;
      if (!next) return false;
      here = &graph_.lane(next);
      const bool wide = on.strip(here->section, here->lane, s_m).width_m() >= kLeastLaneWidth;
      if (here->type == type && wide) return true;
      if (road::is_drivable(here->type)) return false;
    }
  }

  int lane_count(road::LaneId id) const {
    int count = 1;
    for (auto left = graph_.drivable_left(id); left; left = graph_.drivable_left(left)) ++count;
    for (auto right = graph_.drivable_right(id); right; right = graph_.drivable_right(right)) {
      ++count;
    }
    return count;
  }

  [[nodiscard]] std::string reason() const {
    const std::string map = std::filesystem::path(graph_.map().source).filename().string();
    const std::string head = "site not found on " + map + ": no " + describe(query_);
    if (!any_lane_) return head + " (the map has no driving lane)";
    std::size_t failing = 0;
    while (failing + 1 < kCriteria && best_[failing] >= query_.length_m) ++failing;
    if (failing == kLanesBeside && best_[failing] <= 0) {
      return head + " (no driving lane has " + missing_lanes() + " beside it)";
    }
    const std::string longest =
        best_[failing] > 0
            ? "the longest is " + core::format_quantity(std::round(best_[failing]), core::kLength)
            : "there is none";
    return head + " (" + longest + failing_criterion(failing) + ")";
  }

  // Those of the lanes asked for that no driving lane has beside it; all, if each has its place but
  // never together.
  [[nodiscard]] std::string missing_lanes() const {
    std::string missing, all;
    for (const std::string& word : query_.has_lanes) {
      const std::string named = (word == "opposite" ? "an " : "a ") + word + " lane";
      all += (all.empty() ? "" : " and ") + named;
      SiteQuery alone{.road_type = query_.road_type, .length_m = 1};
      alone.has_lanes = {word};
      const bool found = query_.has_lanes.size() > 1 && Search(graph_, alone).run().has_value();
      if (!found) missing += (missing.empty() ? "" : " or ") + named;
    }
    return missing.empty() ? all : missing;
  }

  [[nodiscard]] std::string failing_criterion(std::size_t failing) const {
    switch (failing) {
      case kNoJunction:
        return " without junction";
      case kRoadType:
        return " on a " + query_.road_type + " road";
      case kLanesBeside:
        return " with the lanes beside it";
      case kLaneCount:
        return " with that many lanes";
      case kWidth:
        return " of that width";
      default:
        return query_.straight ? " that is straight" : " of that radius";
    }
  }

  const road::LaneGraph& graph_;
  const SiteQuery& query_;
  bool any_lane_ = false;
  std::array<double, kCriteria> best_{};
  std::vector<Site> sites_;
};

}  // namespace

std::optional<world::Place> RoadSiteFinder::place(const Site& site) const {
  const auto at = graph_.at(site.road_id, site.s_m, site.lane_id);
  if (!at) return std::nullopt;
  const auto place = road::place_of(graph_.map().header.geo_reference, graph_.pose(*at).position);
  if (!place) return std::nullopt;
  return world::Place{place->latitude_rad, place->longitude_rad};
}

struct RoadSiteFinder::Answer {
  SiteQuery query;
  core::Result<std::vector<Site>> sites;
};

core::Result<std::vector<Site>> RoadSiteFinder::find(const SiteQuery& query) const {
  {
    const std::scoped_lock lock(mutex_);
    if (last_ && last_->query == query) return last_->sites;
  }
  auto answer = std::make_shared<const Answer>(Answer{query, Search(graph_, query).run()});
  const std::scoped_lock lock(mutex_);
  last_ = answer;
  return answer->sites;
}

}  // namespace oddroad::scenario
