#include "engine/road/placed_signals.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "engine/road/signal_lanes.h"
#include "engine/road/stop_lines.h"

namespace oddroad::road {
namespace {

using math::Vec3d;

struct Size {
  double width_m, height_m;
};

// Boards of town roads: round 0.6 m, triangles 0.9 m, octagon 0.9 m (VwV-StVO, size 2); heads with
// lenses of 0.2 m.
Size usual_size(SignalKind kind) {
  switch (kind) {
    case SignalKind::kTrafficLight:
    case SignalKind::kTrafficLightOther:
      return {0.35, 0.95};
    case SignalKind::kTrafficLightPedestrian:
    case SignalKind::kTrafficLightBicycle:
      return {0.35, 0.65};
    case SignalKind::kStop:
    case SignalKind::kYield:
    case SignalKind::kWarning:
    case SignalKind::kChildren:
    case SignalKind::kCurve:
    case SignalKind::kPedestrians:
    case SignalKind::kRoadWorks:
    case SignalKind::kSlippery:
      return {0.9, 0.9};
    case SignalKind::kTownSign:
    case SignalKind::kTownSignEnd:
      return {1.0, 0.65};
    case SignalKind::kDirection:
      return {1.5, 0.4};
    case SignalKind::kSupplementary:
      return {0.6, 0.33};
    case SignalKind::kStopLine:
      return {3.5, 0.5};
    default:
      return {0.6, 0.6};
  }
}

class SignalPlacer {
 public:
  explicit SignalPlacer(const LaneGraph& graph)
      : graph_(graph), map_(graph.map()), faces_orientation_(map_.header.vendor == "VectorZero") {}

  PlacedSignals run() {
    for (std::size_t i = 0; i < map_.controllers.size(); ++i) {
      for (const std::string& id : map_.controllers[i].signal_ids) {
        controller_.emplace(id, static_cast<int>(i));
      }
    }
    for (std::size_t road = 0; road < map_.roads.size(); ++road) {
      const auto& signals = map_.roads[road].signals;
      for (std::size_t i = 0; i < signals.size(); ++i) {
        add(static_cast<int>(road), static_cast<int>(i), signals[i]);
      }
    }
    for (std::size_t road = 0; road < map_.roads.size(); ++road) {
      for (const SignalReference& r : map_.roads[road].signal_references) {
        refer(static_cast<int>(road), r);
      }
    }
    use_stop_lines(graph_, out_.signals);
    list_by_lane();
    return std::move(out_);
  }

 private:
  [[nodiscard]] const Road& road_at(int road) const {
    return map_.roads[static_cast<std::size_t>(road)];
  }
  [[nodiscard]] static std::string named(const std::string& id, const Road& road) {
    return "signal \"" + id + "\" of road \"" + road.id + "\"";
  }

  void add(int road, int index, const RoadSignal& signal) {
    PlacedSignal placed;
    placed.road = road;
    placed.signal = index;
    const SignalMeaning meaning = meaning_of(signal);
    placed.kind = meaning.kind;
    placed.country = meaning.country;
    placed.speed_mps = meaning.speed_mps;
    placed.arrows = arrows_of(signal);
    placed.dynamic = signal.dynamic || is_light(meaning.kind);
    if (const auto found = controller_.find(signal.id); found != controller_.end()) {
      placed.controller = found->second;
    }
    const Size usual = usual_size(meaning.kind);
    placed.width_m = signal.width_m > 0 ? signal.width_m : usual.width_m;
    placed.height_m = signal.height_m > 0 ? signal.height_m : usual.height_m;
    placed.size_said = signal.width_m > 0 && signal.height_m > 0;
    tell_unknown(road_at(road), signal, meaning);
    stand(signal, placed);
    if (!by_id_.emplace(signal.id, static_cast<int>(out_.signals.size())).second) {
      out_.warnings.warning(signal.where, named(signal.id, road_at(road)) +
                                              ": this id occurs twice; references mean the first");
    }
    govern(placed, {road, signal.s_m, flowing(signal.orientation), &signal.validities}, signal.id,
           signal.where, false);
    out_.signals.push_back(std::move(placed));
  }

  void tell_unknown(const Road& road, const RoadSignal& signal, const SignalMeaning& meaning) {
    // A sign without any code is not wrong; it only cannot be told what it is.
    if (meaning.kind != SignalKind::kOther && !meaning.by_name) return;
    const auto key = std::pair(signal.country + " " + signal.type, signal.subtype);
    if (meaning.kind != SignalKind::kOther || !told_.insert(key).second) return;
    out_.warnings.warning(signal.where, named(signal.id, road) + " has the unknown type \"" +
                                            signal.type + "\", subtype \"" + signal.subtype +
                                            "\" of country \"" + signal.country +
                                            "\"; it becomes a grey board");
  }

  // The traffic that an orientation is for.
  [[nodiscard]] Orientation flowing(Orientation orientation) const {
    if (!faces_orientation_ || orientation == Orientation::kNone) return orientation;
    return orientation == Orientation::kWithS ? Orientation::kAgainstS : Orientation::kWithS;
  }

  void stand(const RoadSignal& signal, PlacedSignal& placed) const {
    const Road& road = road_at(placed.road);
    Vec3d origin = road.position(signal.s_m, signal.t_m, signal.z_offset_m);
    double reading = road.reference_frame(signal.s_m).heading_rad + signal.heading_rad;
    double pitch = signal.pitch_rad;
    double roll = signal.roll_rad;
    const bool against = signal.orientation == Orientation::kAgainstS && !faces_orientation_;
    if (against) reading += M_PI;
    if (signal.stands_at) {
      const PhysicalPosition& p = *signal.stands_at;
      pitch = p.pitch_rad;
      roll = p.roll_rad;
      if (p.road_id.empty()) {
        origin = {p.first_m, p.second_m, p.third_m};
        reading = p.heading_rad;
      } else if (const Road* other = map_.find_road(p.road_id)) {
        origin = other->position(p.first_m, p.second_m, p.third_m);
        reading =
            other->reference_frame(p.first_m).heading_rad + p.heading_rad + (against ? M_PI : 0.0);
      }
    }
    // Its front looks at who drives along `reading`.
    const double heading = math::wrap_angle(reading + M_PI);
    const double ch = std::cos(heading);
    const double sh = std::sin(heading);
    placed.heading_rad = heading;
    placed.T_map_signal.translation = origin;
    glm::dmat3& axes = placed.T_map_signal.linear;
    if (is_painted(placed.kind)) {
      const RoadFrame f = road.frame(signal.s_m, signal.t_m);
      const double turn = heading - f.heading_rad;
      axes[0] = std::cos(turn) * f.forward + std::sin(turn) * f.left;
      axes[2] = f.up;
      axes[1] = glm::cross(axes[2], axes[0]);
      return;
    }
    // Pitch and roll are those of the reading direction: seen from behind both change sign.
    axes[0] = Vec3d(ch * std::cos(pitch), sh * std::cos(pitch), -std::sin(pitch));
    const Vec3d level_left(-sh, ch, 0);
    const Vec3d upright = glm::cross(axes[0], level_left);
    axes[1] = std::cos(roll) * level_left - std::sin(roll) * upright;
    axes[2] = std::cos(roll) * upright + std::sin(roll) * level_left;
  }

  void govern(PlacedSignal& placed, const SignalPlace& place, const std::string& id,
              const core::SourceLocation& where, bool by_reference) {
    SignalLanes found = lanes_of(graph_, place, placed.kind);
    if (found.against_validity) {
      out_.warnings.warning(where, named(id, road_at(place.road)) +
                                       ": orientation and validity name lanes of opposite traffic; "
                                       "the validity holds");
    }
    for (GovernedLane lane : found.lanes) {
      lane.by_reference = by_reference;
      if (governed_.insert({{placed.road, placed.signal}, lane.lane}).second) {
        placed.lanes.push_back(lane);
      }
    }
  }

  void refer(int road, const SignalReference& reference) {
    const auto found = by_id_.find(reference.signal_id);
    if (found == by_id_.end()) {
      out_.warnings.warning(reference.where, "road \"" + road_at(road).id +
                                                 "\" refers to signal \"" + reference.signal_id +
                                                 "\", which does not exist");
      return;
    }
    govern(out_.signals[static_cast<std::size_t>(found->second)],
           {road, reference.s_m, flowing(reference.orientation), &reference.validities},
           reference.signal_id, reference.where, true);
  }

  void list_by_lane() {
    out_.on_lanes.resize(graph_.lanes().size());
    for (std::size_t i = 0; i < out_.signals.size(); ++i) {
      for (const GovernedLane& lane : out_.signals[i].lanes) {
        out_.on_lanes[lane.lane.value - 1].push_back({static_cast<int>(i), lane.stop_m});
      }
    }
    for (auto& list : out_.on_lanes) {
      std::stable_sort(list.begin(), list.end(), [](const LaneSignal& a, const LaneSignal& b) {
        return a.stop_m < b.stop_m;
      });
    }
  }

  const LaneGraph& graph_;
  const RoadMap& map_;
  bool faces_orientation_;
  PlacedSignals out_;
  std::map<std::string, int> controller_;
  std::map<std::string, int> by_id_;
  std::set<std::pair<std::string, std::string>> told_;
  std::set<std::pair<std::pair<int, int>, LaneId>> governed_;
};

}  // namespace

PlacedSignals place_signals(const LaneGraph& graph) {
  return SignalPlacer(graph).run();
}

}  // namespace oddroad::road
