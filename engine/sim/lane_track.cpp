#include "engine/sim/lane_track.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace oddroad::sim {
namespace {

using road::LaneGraph;
using road::LaneId;
using road::LaneNode;
using road::LaneType;

constexpr double kStation_m = 0.5;

// A stretch of one lane, offsets running with the traffic.
struct Stretch {
  LaneId lane;
  double begin_m = 0;
  double end_m = 0;
};

// The straightest way back from the start of a lane.
std::vector<Stretch> stretches_before(const LaneGraph& graph, LaneId from, double back) {
  std::vector<Stretch> out;
  LaneId id = from;
  while (back > 0 && out.size() < 200) {
    const auto& predecessors = graph.lane(id).predecessors;
    if (predecessors.empty()) break;
    id = predecessors.front();
    const double length = graph.lane(id).length_m;
    out.push_back({id, std::max(0.0, length - back), length});
    back -= length;
  }
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<Stretch> stretches(const LaneGraph& graph, const road::LanePosition& start, double back,
                               double ahead) {
  std::vector<Stretch> out = stretches_before(graph, start.lane, back - start.offset_m);
  double left = ahead + start.offset_m;  // still to go, from the entry of the lane
  for (const LaneId id : graph.lanes_ahead(start, ahead)) {
    const double length = graph.lane(id).length_m;
    const double begin = id == start.lane ? std::max(0.0, start.offset_m - back) : 0.0;
    out.push_back({id, begin, std::min(length, left)});
    left -= length;
    if (left <= 0) break;
  }
  return out;
}

TrackStation station_at(const LaneGraph& graph, const road::LanePosition& at,
                        const math::Vec3d& origin) {
  const road::LanePose pose = graph.pose(at);
  TrackStation out;
  out.position = pose.position - origin;
  out.heading_rad = pose.heading_rad;
  out.bank_rad = pose.roll_rad;
  out.lane_width_m = pose.width_m;
  return out;
}

Track track_over(const LaneGraph& graph, const std::vector<Stretch>& parts,
                 const road::LanePosition& start, const math::Vec3d& origin) {
  std::vector<TrackStation> stations;
  std::vector<TrackLane> lanes;
  double entry = 0;  // s of the entry of the lane at hand, relative to the first lane's entry
  double start_s = 0;
  for (const Stretch& part : parts) {
    if (part.lane == start.lane) start_s = entry + start.offset_m;
    lanes.push_back({part.lane, entry});
    const double length = part.end_m - part.begin_m;
    const int n = std::max(1, static_cast<int>(std::ceil(length / kStation_m)));
    for (int i = 0; i <= n; ++i) {
      const double offset = part.begin_m + length * i / n;
      TrackStation station = station_at(graph, {part.lane, offset}, origin);
      station.s_m = entry + offset;
      const bool first_of_part = i == 0 && !stations.empty();
      if (first_of_part || (!stations.empty() && station.s_m - stations.back().s_m < 1e-3))
        continue;
      stations.push_back(station);
    }
    entry += graph.lane(part.lane).length_m;
  }
  for (TrackStation& station : stations) station.s_m -= start_s;
  for (TrackLane& lane : lanes) lane.s_m -= start_s;
  if (stations.size() < 2) {  // the lane ends right here: a metre of straight line
    const TrackStation here = station_at(graph, start, origin);
    return straight_track(here.position, here.heading_rad, 1.0);
  }
  return Track(std::move(stations), std::move(lanes));
}

std::vector<LaneId> drivable(const LaneGraph& graph, const std::vector<LaneId>& lanes) {
  std::vector<LaneId> out;
  for (const LaneId id : lanes) {
    if (road::is_drivable(graph.lane(id).type)) out.push_back(id);
  }
  return out;
}

bool is_turn(const std::string& word) {
  return word == "left" || word == "right" || word == "straight";
}

// How far a lane turns between its ends, + left.
double turn_of(const LaneGraph& graph, LaneId id) {
  const double length = graph.lane(id).length_m;
  return math::wrap_angle(graph.pose({id, length}).heading_rad - graph.pose({id, 0}).heading_rad);
}

// The road itself, or one that leads right into it.
bool leads_to_road(const LaneGraph& graph, LaneId id, const std::string& road) {
  if (graph.road_of(id).id == road) return true;
  const auto& next = graph.lane(id).successors;
  return std::any_of(next.begin(), next.end(), [&](LaneId n) {
    return graph.road_of(n).id == road;
  });
}

// Of the ways on: the one that a word of a route means. A turn is more than 30 degrees.
std::optional<LaneId> choose(const LaneGraph& graph, const std::vector<LaneId>& choices,
                             const std::string& word) {
  constexpr double kTurn_rad = 0.52;
  std::optional<LaneId> best;
  double best_score = 0;
  for (const LaneId id : choices) {
    if (!is_turn(word)) {
      if (leads_to_road(graph, id, word)) return id;
      continue;
    }
    const double turn = turn_of(graph, id);
    const bool fits = word == "left"
                          ? turn > kTurn_rad
                          : (word == "right" ? turn < -kTurn_rad : std::abs(turn) <= kTurn_rad);
    const double score = -std::abs(turn);  // the mildest that fits
    if (fits && (!best || score > best_score)) {
      best = id;
      best_score = score;
    }
  }
  return best;
}

LaneType type_of(const std::string& word) {
  if (word == "parking") return LaneType::kParking;
  if (word == "sidewalk") return LaneType::kSidewalk;
  return LaneType::kShoulder;
}

// Walks across the road from lane to lane, to the driver's right or left of `base`, until `wanted`
// says yes. The lanes of oncoming traffic see left and right exchanged.
template <typename Wanted>
std::optional<LaneId> scan(const LaneGraph& graph, LaneId base, bool to_right, Wanted wanted) {
  const int direction = graph.lane(base).direction;
  LaneId id = base;
  for (int guard = 0; guard < 64; ++guard) {
    const LaneNode& node = graph.lane(id);
    const bool right_of_node = (node.direction == direction) == to_right;
    id = right_of_node ? node.right : node.left;
    if (!id) return std::nullopt;
    if (wanted(graph.lane(id))) return id;
  }
  return std::nullopt;
}

}  // namespace

Track lane_track(const LaneGraph& graph, const road::LanePosition& start, double back, double ahead,
                 const math::Vec3d& origin) {
  return track_over(graph, stretches(graph, start, back, ahead), start, origin);
}

Track lane_track_against(const LaneGraph& graph, const road::LanePosition& start, double back,
                         double ahead, const math::Vec3d& origin) {
  const Track with = lane_track(graph, start, ahead, back, origin);
  std::vector<TrackStation> stations(with.stations().rbegin(), with.stations().rend());
  for (TrackStation& station : stations) {
    station.s_m = -station.s_m;
    station.heading_rad = math::wrap_angle(station.heading_rad + glm::pi<double>());
    station.bank_rad = -station.bank_rad;
  }
  return Track(std::move(stations));
}

Track route_track(const LaneGraph& graph, const road::LanePosition& start, double back,
                  double ahead, const math::Vec3d& origin, const std::vector<std::string>& route,
                  std::string* missed) {
  std::vector<Stretch> parts = stretches_before(graph, start.lane, back - start.offset_m);
  parts.push_back(
      {start.lane, std::max(0.0, start.offset_m - back), graph.lane(start.lane).length_m});
  double left = ahead - (parts.back().end_m - start.offset_m);
  LaneId id = start.lane;
  std::size_t next = 0;
  while (left > 0 && parts.size() < 2000) {
    const auto choices = drivable(graph, graph.lane(id).successors);
    if (choices.empty()) break;
    id = choices.front();
    if (next < route.size() && (choices.size() > 1 || graph.road_of(id).is_connecting())) {
      const auto wanted = choose(graph, choices, route[next]);
      if (wanted) {
        id = *wanted;
        ++next;
      } else if (is_turn(route[next])) {
        break;  // this junction has no such turn
      }
    }
    const double length = graph.lane(id).length_m;
    parts.push_back({id, 0, std::min(length, left)});
    left -= length;
  }
  if (next < route.size() && missed != nullptr) *missed = route[next];
  if (left > 0 && next < route.size()) {  // on as the road leads, from the last lane that fits
    const road::LanePosition at{id, graph.lane(id).length_m};
    for (const LaneId more : graph.lanes_ahead(at, left)) {
      if (more == id) continue;
      const double length = graph.lane(more).length_m;
      parts.push_back({more, 0, std::min(length, left)});
      left -= length;
      if (left <= 0) break;
    }
  }
  return track_over(graph, parts, start, origin);
}

bool is_lane_word(const std::string& word) {
  static constexpr std::array<const char*, 8> kWords = {
      "same", "driving", "left", "right", "parking", "sidewalk", "shoulder", "opposite"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::optional<LaneId> lane_by_word(const LaneGraph& graph, LaneId base, const std::string& word) {
  const auto or_none = [](LaneId id) {
    return id ? std::optional(id) : std::nullopt;
  };
  if (word == "driving") return base;
  if (word == "left") return or_none(graph.drivable_left(base));
  if (word == "right") return or_none(graph.drivable_right(base));
  if (word == "opposite") return or_none(graph.opposite(base));
  if (word != "parking" && word != "sidewalk" && word != "shoulder") return std::nullopt;
  const bool kerb_on_right = graph.road_of(base).rule == road::TrafficRule::kRightHand;
  const auto wanted = [type = type_of(word)](const LaneNode& node) {
    return node.type == type;
  };
  const auto found = scan(graph, base, kerb_on_right, wanted);
  return found ? found : scan(graph, base, !kerb_on_right, wanted);
}

}  // namespace oddroad::sim
