#include "engine/road/lane_joins.h"

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace oddroad::road {
namespace {

// A missing link is derived where the centres are this close.
constexpr double kDerive_m = 0.5;
// Lanes narrower than this at their end have nothing to lead onto.
constexpr double kNoWidth_m = 0.05;
// A lane section that begins this near to where a virtual junction's road leaves begins there.
constexpr double kSameStation_m = 0.002;

// An end of a lane section where lanes of other roads may join: mostly the road's own.
struct RoadTip {
  int road = 0;
  int section = 0;
  bool at_end = false;
};

class JoinFinder {
 public:
  JoinFinder(const RoadMap& map, core::Diagnostics& warnings) : map_(map), warnings_(warnings) {}

  std::vector<TipJoin> run() {
    for (int road = 0; road < count(); ++road) join_sections(road);
    for (const Junction& junction : map_.junctions) join_junction(junction);
    for (int road = 0; road < count(); ++road) {
      join_roads(road_tip(road, false), at(road).predecessor);
      join_roads(road_tip(road, true), at(road).successor);
    }
    return std::move(joins_);
  }

 private:
  [[nodiscard]] int count() const { return static_cast<int>(map_.roads.size()); }
  [[nodiscard]] const Road& at(int road) const {
    return map_.roads[static_cast<std::size_t>(road)];
  }
  [[nodiscard]] RoadTip road_tip(int road, bool at_end) const {
    return {road, at_end ? static_cast<int>(at(road).sections.size()) - 1 : 0, at_end};
  }
  [[nodiscard]] const LaneSection& cross(int road, int section) const {
    return at(road).sections[static_cast<std::size_t>(section)];
  }
  [[nodiscard]] bool exists(const LaneTip& tip) const {
    return tip.lane != 0 && cross(tip.road, tip.section).find(tip.lane) != nullptr;
  }
  [[nodiscard]] double width(const LaneTip& tip) const {
    const LaneSection& c = cross(tip.road, tip.section);
    return at(tip.road).strip(tip.section, tip.lane, tip.at_end ? c.end_m : c.s_m).width_m();
  }
  // +1 if traffic runs out of the lane at this tip, -1 if it runs in.
  [[nodiscard]] int flow(const LaneTip& tip) const {
    const Lane* lane = cross(tip.road, tip.section).find(tip.lane);
    return at(tip.road).driving_direction(*lane) * (tip.at_end ? 1 : -1);
  }

  [[nodiscard]] bool drivable(const LaneTip& tip) const {
    return is_drivable(cross(tip.road, tip.section).find(tip.lane)->type);
  }

  void add(LaneTip a, LaneTip b, bool derived, bool through_junction) {
    const Road& road = at(a.road);
    if (!exists(a) || !exists(b)) {
      warnings_.warning(road.where, "lane " + std::to_string(exists(a) ? b.lane : a.lane) +
                                        " of road \"" + at(exists(a) ? b.road : a.road).id +
                                        "\" is linked but does not exist; ignored");
      return;
    }
    if (flow(a) == flow(b)) {
      // Pavements turn corners from one side's sign to the other's; only vehicles mind.
      if (!drivable(a) || !drivable(b)) return;
      warnings_.warning(road.where, "lanes " + std::to_string(a.lane) + " of road \"" + road.id +
                                        "\" and " + std::to_string(b.lane) + " of road \"" +
                                        at(b.road).id +
                                        "\" are linked against their traffic; ignored");
      return;
    }
    if (b < a) std::swap(a, b);
    if (!seen_.insert({a, b}).second) return;
    ++degree_[a];
    ++degree_[b];
    const double gap = glm::length(tip_position(map_, a) - tip_position(map_, b));
    joins_.push_back({a, b, gap, derived, through_junction});
  }

  // Joins every still loose lane of tips a with the nearest of tips b. Between plain road ends the
  // partner must be loose too; at a junction many connecting roads share one lane.
  void derive(const std::vector<LaneTip>& a, const std::vector<LaneTip>& b, bool b_must_be_loose,
              bool through_junction) {
    struct Candidate {
      const LaneTip* tip;
      math::Vec3d position;
    };
    std::vector<Candidate> candidates;
    bool gathered = false;
    for (const LaneTip& tip : a) {
      if (degree_.count(tip) != 0 || width(tip) < kNoWidth_m) continue;
      if (!gathered) {
        gathered = true;
        for (const LaneTip& other : b) {
          if (width(other) >= kNoWidth_m) candidates.push_back({&other, tip_position(map_, other)});
        }
      }
      const math::Vec3d p = tip_position(map_, tip);
      const LaneTip* best = nullptr;
      double nearest = kDerive_m;
      for (const Candidate& other : candidates) {
        const double distance = glm::length(other.position - p);
        if (!(distance < nearest)) continue;
        if (b_must_be_loose && degree_.count(*other.tip) != 0) continue;
        if (flow(*other.tip) == flow(tip) || !alike(tip, *other.tip)) continue;
        nearest = distance;
        best = other.tip;
      }
      if (best != nullptr) add(tip, *best, true, through_junction);
    }
  }
  [[nodiscard]] bool alike(const LaneTip& a, const LaneTip& b) const {
    const LaneType type_a = cross(a.road, a.section).find(a.lane)->type;
    const LaneType type_b = cross(b.road, b.section).find(b.lane)->type;
    return type_a == type_b || (is_drivable(type_a) && is_drivable(type_b));
  }

  [[nodiscard]] std::vector<LaneTip> tips(int road, int section, bool at_end) const {
    std::vector<LaneTip> out;
    for (const Lane& lane : cross(road, section).lanes) {
      if (lane.id != 0) out.push_back({road, section, lane.id, at_end});
    }
    return out;
  }

  void join_sections(int road) {
    const int n = static_cast<int>(at(road).sections.size());
    for (int i = 0; i + 1 < n; ++i) {
      for (const Lane& lane : cross(road, i).lanes) {
        if (lane.id != 0 && lane.successor) {
          add({road, i, lane.id, true}, {road, i + 1, *lane.successor, false}, false, false);
        }
      }
      for (const Lane& lane : cross(road, i + 1).lanes) {
        if (lane.id != 0 && lane.predecessor) {
          add({road, i, *lane.predecessor, true}, {road, i + 1, lane.id, false}, false, false);
        }
      }
      derive(tips(road, i, true), tips(road, i + 1, false), true, false);
    }
  }

  [[nodiscard]] std::vector<LaneTip> tips(const RoadTip& tip) const {
    return tips(tip.road, tip.section, tip.at_end);
  }
  [[nodiscard]] math::Vec3d road_tip_position(const RoadTip& tip) const {
    const LaneSection& section = cross(tip.road, tip.section);
    return at(tip.road).position(tip.at_end ? section.end_m : section.s_m, 0);
  }
  // What a link may mean: the end it names; the nearer one if the file does not say; both sides of
  // the place where a virtual junction's road leaves another.
  [[nodiscard]] std::vector<RoadTip> linked_tips(const RoadTip& from, int to,
                                                 const RoadLink& link) const {
    if (link.side_s_m) return side_tips(to, *link.side_s_m);
    if (link.contact) return {road_tip(to, *link.contact == ContactPoint::kEnd)};
    const math::Vec3d p = road_tip_position(from);
    const double start = glm::length(road_tip_position(road_tip(to, false)) - p);
    return {road_tip(to, glm::length(road_tip_position(road_tip(to, true)) - p) < start)};
  }
  [[nodiscard]] std::vector<RoadTip> side_tips(int road, double s_m) const {
    const auto& sections = at(road).sections;
    // The section that begins nearest to s.
    int after = at(road).section_at(s_m + kSameStation_m);
    if (std::abs(sections[static_cast<std::size_t>(after)].s_m - s_m) > kSameStation_m) ++after;
    std::vector<RoadTip> out;
    if (after > 0) out.push_back({road, after - 1, true});
    if (after < static_cast<int>(sections.size())) out.push_back({road, after, false});
    return out;
  }
  [[nodiscard]] const RoadLink& link_of(const RoadTip& tip) const {
    return tip.at_end ? at(tip.road).successor : at(tip.road).predecessor;
  }
  static std::optional<int> lane_link(const Lane& lane, bool at_end) {
    return at_end ? lane.successor : lane.predecessor;
  }

  // Joins lane `a` with lane `id` at that of the tips where traffic can run on.
  void add_at(const LaneTip& a, int id, const std::vector<RoadTip>& tips) {
    for (const RoadTip& tip : tips) {
      const LaneTip b{tip.road, tip.section, id, tip.at_end};
      const bool last = &tip == &tips.back();
      if (!last && (!exists(a) || !exists(b) || flow(a) == flow(b))) continue;
      return add(a, b, false, tips.size() > 1 || is_junction_join(a, b));
    }
  }
  [[nodiscard]] bool is_junction_join(const LaneTip& a, const LaneTip& b) const {
    return at(a.road).is_connecting() || at(b.road).is_connecting();
  }

  void tell(const Road& road, const std::string& what) {
    warnings_.warning(road.where, "road \"" + road.id + "\" " + what);
  }

  void join_roads(const RoadTip& from, const RoadLink& link) {
    if (link.kind == LinkKind::kJunction && map_.find_junction(link.id) == nullptr) {
      tell(at(from.road), "links to junction \"" + link.id + "\", which does not exist");
    }
    if (link.kind != LinkKind::kRoad) return;
    const int to_road = map_.road_index(link.id);
    if (to_road < 0) {
      return tell(at(from.road), "links to road \"" + link.id + "\", which does not exist");
    }
    const std::vector<RoadTip> to = linked_tips(from, to_road, link);
    for (const Lane& lane : cross(from.road, from.section).lanes) {
      const auto id = lane_link(lane, from.at_end);
      if (lane.id != 0 && id) add_at({from.road, from.section, lane.id, from.at_end}, *id, to);
    }
    const bool through = at(from.road).is_connecting() || at(to_road).is_connecting();
    if (to.size() > 1) return derive(tips(from), both(to), false, true);
    // The other side's lane links mean this road only if its road link does or names nobody.
    const RoadTip& tip = to.front();
    const RoadLink& back = link_of(tip);
    const bool to_us = back.kind == LinkKind::kNone ||
                       (back.kind == LinkKind::kRoad && back.id == at(from.road).id);
    for (const Lane& lane : cross(tip.road, tip.section).lanes) {
      const auto id = lane_link(lane, tip.at_end);
      if (to_us && lane.id != 0 && id) {
        add({from.road, from.section, *id, from.at_end},
            {tip.road, tip.section, lane.id, tip.at_end}, false, through);
      }
    }
    derive(tips(from), tips(tip), to_us, through);
  }
  [[nodiscard]] std::vector<LaneTip> both(const std::vector<RoadTip>& of) const {
    std::vector<LaneTip> out;
    for (const RoadTip& tip : of) {
      const std::vector<LaneTip> more = tips(tip);
      out.insert(out.end(), more.begin(), more.end());
    }
    return out;
  }

  // The end of the incoming road that touches the junction.
  [[nodiscard]] std::vector<RoadTip> incoming_tips(const Junction& junction, int incoming,
                                                   const RoadTip& connecting) const {
    const auto touches = [&](const RoadLink& link) {
      return link.kind == LinkKind::kJunction && link.id == junction.id;
    };
    const bool start = touches(at(incoming).predecessor);
    const bool end = touches(at(incoming).successor);
    if (start != end) return {road_tip(incoming, end)};
    const RoadLink& link = link_of(connecting);
    if (link.kind == LinkKind::kRoad && link.id == at(incoming).id) {
      return linked_tips(connecting, incoming, link);
    }
    if (!start && !end && junction.kind != JunctionKind::kDirect) return {};
    const math::Vec3d p = road_tip_position(connecting);
    const double from_start = glm::length(road_tip_position(road_tip(incoming, false)) - p);
    return {road_tip(incoming,
                     glm::length(road_tip_position(road_tip(incoming, true)) - p) < from_start)};
  }

  void join_junction(const Junction& junction) {
    for (const JunctionConnection& c : junction.connections) {
      const int incoming = map_.road_index(c.incoming_road);
      const int connecting = map_.road_index(c.connecting_road);
      const auto warn = [&](const std::string& what) {
        warnings_.warning(
            c.where, "connection \"" + c.id + "\" of junction \"" + junction.id + "\" " + what);
      };
      if (incoming < 0 || connecting < 0) {
        warn("names road \"" + (incoming < 0 ? c.incoming_road : c.connecting_road) +
             "\", which does not exist; ignored");
        continue;
      }
      const RoadTip to = road_tip(connecting, c.contact == ContactPoint::kEnd);
      const auto from = incoming_tips(junction, incoming, to);
      if (from.empty()) {
        warn("comes from road \"" + c.incoming_road +
             "\", which does not touch the junction; ignored");
        continue;
      }
      for (const LaneLink& link : c.lane_links) {
        const LaneTip b{connecting, to.section, link.to, to.at_end};
        if (from.size() > 1) {
          add_at(b, link.from, from);
        } else {
          add({incoming, from[0].section, link.from, from[0].at_end}, b, false, true);
        }
      }
    }
  }

  const RoadMap& map_;
  core::Diagnostics& warnings_;
  std::vector<TipJoin> joins_;
  std::set<std::pair<LaneTip, LaneTip>> seen_;
  std::map<LaneTip, int> degree_;
};

}  // namespace

math::Vec3d tip_position(const RoadMap& map, const LaneTip& tip) {
  const Road& road = map.roads[static_cast<std::size_t>(tip.road)];
  const LaneSection& section = road.sections[static_cast<std::size_t>(tip.section)];
  return road.lane_point(tip.section, tip.lane, tip.at_end ? section.end_m : section.s_m, 0.5);
}

std::vector<TipJoin> find_joins(const RoadMap& map, core::Diagnostics& warnings) {
  return JoinFinder(map, warnings).run();
}

}  // namespace oddroad::road
