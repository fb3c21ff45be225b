#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/road/check.h"

namespace oddroad::road {
namespace {

using math::Vec3d;

constexpr double kBorderGap_m = 0.01;
constexpr double kProfileStep_m = 0.01;
constexpr double kRollStep_rad = 0.01;
constexpr double kNoWidth_m = 0.01;

std::string number(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof(buffer), "%.3f", value);
  return buffer;
}

class Consistency {
 public:
  explicit Consistency(const LaneGraph& graph) : graph_(graph), map_(graph.map()) {}

  core::Diagnostics run() {
    for (const Road& road : map_.roads) {
      profiles(road);
      one_sided_links(road);
    }
    for (const LaneJoin& join : graph_.joins()) borders(join);
    links_without_width();
    level_lanes();
    crowded_ends();
    repeated_connections();
    dead_ends();
    ids();
    return std::move(out_);
  }

 private:
  void tell(const Road& road, const std::string& what) {
    out_.warning(road.where, "road \"" + road.id + "\": " + what);
  }

  void steps(const Road& road, const CubicProfile& profile, const char* name, double limit,
             const char* unit) {
    const auto& records = profile.records();
    for (std::size_t i = 1; i < records.size(); ++i) {
      const double s = records[i].s_m;
      if (s <= 0 || s >= road.length_m) continue;
      const double step = records[i].a - records[i - 1].value(s);
      if (std::abs(step) > limit) {
        tell(road,
             std::string(name) + " jumps by " + number(step) + " " + unit + " at s = " + number(s));
      }
    }
  }

  void profiles(const Road& road) {
    steps(road, road.elevation, "elevation", kProfileStep_m, "m");
    steps(road, road.superelevation, "superelevation", kRollStep_rad, "rad");
    steps(road, road.lane_offset, "lane offset", kProfileStep_m, "m");
  }

  void one_sided_links(const Road& road) {
    for (const RoadLink* link : {&road.predecessor, &road.successor}) {
      if (link->kind != LinkKind::kRoad || link->side_s_m) continue;
      const Road* other = map_.find_road(link->id);
      // At junctions the other side names the junction, and between two connecting roads nothing.
      if (other == nullptr || road.is_connecting()) continue;
      const auto back = [&](const RoadLink& of) {
        return of.kind == LinkKind::kRoad && of.id == road.id;
      };
      if (back(other->predecessor) || back(other->successor)) continue;
      tell(road, "links to road \"" + other->id + "\", which does not link back; taken as mutual");
    }
  }

  // The border points of a lane at that end of it which the join touches, as the driver sees them.
  struct Edge {
    Vec3d left, right;
  };
  [[nodiscard]] Edge edge(LaneId id, bool leaving) const {
    const LaneNode& node = graph_.lane(id);
    const Road& road = graph_.road_of(id);
    const LaneSection& section = road.sections[static_cast<std::size_t>(node.section)];
    const bool at_end = (node.direction > 0) == leaving;
    const double s = at_end ? section.end_m : section.s_m;
    const Vec3d inner = road.lane_point(node.section, node.lane, s, 0);
    const Vec3d outer = road.lane_point(node.section, node.lane, s, 1);
    const bool outer_is_left = (node.lane > 0) == (node.direction > 0);
    return outer_is_left ? Edge{outer, inner} : Edge{inner, outer};
  }

  void borders(const LaneJoin& join) {
    const Edge a = edge(join.from, true);
    const Edge b = edge(join.to, false);
    const double gap = std::max(glm::length(a.left - b.left), glm::length(a.right - b.right));
    if (!(gap > kBorderGap_m)) return;
    const Road& from = graph_.road_of(join.from);
    const Road& to = graph_.road_of(join.to);
    tell(from, "lane " + std::to_string(graph_.lane(join.from).lane) + " and lane " +
                   std::to_string(graph_.lane(join.to).lane) + " of road \"" + to.id +
                   "\" are linked but their borders are " + number(gap) + " m apart");
  }

  void links_without_width() {
    for (const Road& road : map_.roads) {
      for (std::size_t i = 0; i < road.sections.size(); ++i) {
        const LaneSection& section = road.sections[i];
        for (const Lane& lane : section.lanes) {
          if (lane.id == 0) continue;
          for (const bool at_end : {false, true}) {
            if (!(at_end ? lane.successor : lane.predecessor)) continue;
            const double s = at_end ? section.end_m : section.s_m;
            if (road.strip(static_cast<int>(i), lane.id, s).width_m() > kNoWidth_m) continue;
            tell(road, "lane " + std::to_string(lane.id) + " has no width at s = " + number(s) +
                           " but is linked there");
          }
        }
      }
    }
  }

  // Lanes outside a level one are level, too, or the surface tears.
  void level_lanes() {
    for (const Road& road : map_.roads) {
      for (const LaneSection& section : road.sections) {
        for (const Lane& lane : section.lanes) {
          const Lane* outer = section.find(lane.id > 0 ? lane.id + 1 : lane.id - 1);
          if (lane.id == 0 || !lane.level || outer == nullptr || outer->level) continue;
          tell(road, "lane " + std::to_string(outer->id) + " lies outside the level lane " +
                         std::to_string(lane.id) + " at s = " + number(section.s_m) +
                         " but is not level");
        }
      }
    }
  }

  // Where several roads follow one end there must be a junction.
  void crowded_ends() {
    std::map<std::pair<std::string, bool>, std::vector<const Road*>> linking;
    for (const Road& road : map_.roads) {
      if (road.is_connecting()) continue;
      for (const RoadLink* link : {&road.predecessor, &road.successor}) {
        if (link->kind != LinkKind::kRoad || !link->contact || link->side_s_m) continue;
        linking[{link->id, *link->contact == ContactPoint::kEnd}].push_back(&road);
      }
    }
    for (const auto& [end, roads] : linking) {
      const Road* to = map_.find_road(end.first);
      if (roads.size() < 2 || to == nullptr || to->is_connecting()) continue;
      tell(*roads[1], "links, like road \"" + roads[0]->id + "\", to the " +
                          (end.second ? "end" : "start") + " of road \"" + end.first +
                          "\"; a junction is needed there");
    }
  }

  void repeated_connections() {
    for (const Junction& junction : map_.junctions) {
      std::set<std::pair<std::string, std::string>> seen;
      for (const JunctionConnection& c : junction.connections) {
        if (seen.emplace(c.incoming_road, c.connecting_road).second) continue;
        out_.warning(c.where, "junction \"" + junction.id + "\" connects road \"" +
                                  c.incoming_road + "\" with road \"" + c.connecting_road +
                                  "\" more than once");
      }
    }
  }

  void dead_ends() {
    for (const LaneNode& node : graph_.lanes()) {
      const Road& road = graph_.road_of(node.id);
      if (!road.is_connecting() || !is_drivable(node.type) || node.length_m <= 0) continue;
      const char* side = node.successors.empty()     ? "leads nowhere"
                         : node.predecessors.empty() ? "comes from nowhere"
                                                     : nullptr;
      if (side == nullptr) continue;
      tell(road, "driving lane " + std::to_string(node.lane) + " in junction \"" +
                     road.junction_id + "\" " + side);
    }
  }

  void ids() {
    std::set<std::string> objects;
    for (const Road& road : map_.roads) {
      if (road.is_connecting() && map_.find_junction(road.junction_id) == nullptr) {
        tell(road, "belongs to junction \"" + road.junction_id + "\", which does not exist");
      }
      for (const RoadObject& object : road.objects) {
        if (object.id.empty() || objects.insert(object.id).second) continue;
        out_.warning(object.where,
                     "road \"" + road.id + "\": object id \"" + object.id + "\" occurs twice");
      }
    }
  }

  const LaneGraph& graph_;
  const RoadMap& map_;
  core::Diagnostics out_;
};

}  // namespace

core::Diagnostics check_consistency(const LaneGraph& graph) {
  return Consistency(graph).run();
}

}  // namespace oddroad::road
