#include "engine/traffic/right_of_way.h"

#include <algorithm>
#include <cmath>

namespace oddroad::traffic {
namespace {

constexpr int kMaxHops = 16;
constexpr double kStraight_rad = 0.6;
constexpr double kOpposite_rad = 2.2;  // entering headings further apart than this face each other
constexpr double kSame_rad = 0.6;
// A road that may be driven this much faster is the greater one.
constexpr double kGreater_mps = 2.5;

struct Arm {
  SignRank sign = SignRank::kNone;
  double limit_mps = 0;
  int lanes = 0;        // of that direction
  bool through = true;  // at a junction of three: not the stem
};

struct Judge {
  const road::LaneGraph& graph;
  const LaneTable& lanes;
  const Controls& controls;
  std::vector<Movement> movements;
  std::vector<Arm> arms;  // by lane

  // Positive: a before b; negative: b before a; 0: this rule does not say.
  [[nodiscard]] int by_record(std::uint32_t a, std::uint32_t b) const {
    const int junction = lanes[a].junction;
    if (junction < 0 || junction != lanes[b].junction) return 0;
    const road::RoadMap& map = graph.map();
    const auto& ra = map.roads[static_cast<std::size_t>(lanes[a].road)].id;
    const auto& rb = map.roads[static_cast<std::size_t>(lanes[b].road)].id;
    for (const auto& p : map.junctions[static_cast<std::size_t>(junction)].priorities) {
      if (p.high_road == ra && p.low_road == rb) return 1;
      if (p.high_road == rb && p.low_road == ra) return -1;
    }
    return 0;
  }

  [[nodiscard]] static int compare(double a, double b, double margin) {
    return a > b + margin ? 1 : (b > a + margin ? -1 : 0);
  }

  [[nodiscard]] int by_sign(std::uint32_t a, std::uint32_t b) const {
    return compare(static_cast<int>(arms[a].sign), static_cast<int>(arms[b].sign), 0);
  }

  [[nodiscard]] int by_turn(std::uint32_t a, std::uint32_t b) const {
    const Movement& p = movements[a];
    const Movement& q = movements[b];
    const double between = std::abs(math::wrap_angle(p.heading_rad - q.heading_rad));
    if (between < kSame_rad) return compare(std::abs(q.turn_rad), std::abs(p.turn_rad), 0.2);
    if (between < kOpposite_rad) return 0;
    // Oncoming: who crosses the other's half of the road waits.
    const double side = lanes[a].left_hand ? -1 : 1;
    const double ta = side * p.turn_rad;
    const double tb = side * q.turn_rad;
    if (ta > kStraight_rad && tb <= kStraight_rad) return -1;
    if (tb > kStraight_rad && ta <= kStraight_rad) return 1;
    return 0;
  }

  [[nodiscard]] int by_road(std::uint32_t a, std::uint32_t b) const {
    const Arm& p = arms[a];
    const Arm& q = arms[b];
    if (p.through != q.through) return p.through ? 1 : -1;
    const int limit = compare(p.limit_mps, q.limit_mps, kGreater_mps);
    return limit != 0 ? limit : compare(p.lanes, q.lanes, 0);
  }

  // From the right in right-hand traffic, from the left in left-hand traffic.
  [[nodiscard]] int by_side(std::uint32_t a, std::uint32_t b) const {
    const double side = lanes[a].left_hand ? -1 : 1;
    const double from = math::wrap_angle(movements[b].heading_rad - movements[a].heading_rad);
    // b heads to a's left: it comes from a's right.
    if (std::abs(from) < 0.3 || std::abs(from) > M_PI - 0.3) return 0;
    return side * from > 0 ? -1 : 1;
  }

  [[nodiscard]] bool goes_first(std::uint32_t a, std::uint32_t b) const {
    const bool lights = !controls.entries[movements[a].entry].heads.empty() &&
                        !controls.entries[movements[b].entry].heads.empty();
    // With both lights green only the turn rules are left.
    int verdict = by_record(a, b);
    if (verdict == 0 && !lights) verdict = by_sign(a, b);
    if (verdict == 0) verdict = by_turn(a, b);
    if (verdict == 0) verdict = by_road(a, b);
    if (verdict == 0) verdict = by_side(a, b);
    return verdict != 0 ? verdict > 0 : a < b;
  }
};

// At a junction of three, the arm that no straight movement uses is the stem.
void find_stems(const LaneTable& lanes, const std::vector<Movement>& movements,
                std::vector<Arm>& arms) {
  struct Use {
    int road = 0;
    bool straight = false;
  };
  std::vector<std::vector<Use>> uses;  // by junction
  const auto use_of = [&](int junction, int road) -> Use& {
    if (static_cast<int>(uses.size()) <= junction)
      uses.resize(static_cast<std::size_t>(junction) + 1);
    auto& list = uses[static_cast<std::size_t>(junction)];
    for (Use& use : list) {
      if (use.road == road) return use;
    }
    list.push_back({road, false});
    return list.back();
  };
  for (std::uint32_t lane = 0; lane < lanes.lanes().size(); ++lane) {
    const Movement& m = movements[lane];
    if (!lanes[lane].usable || lanes[lane].junction < 0 || m.approach == kNoLane) continue;
    std::uint32_t last = lane;
    for (int hop = 0; hop < kMaxHops && !lanes[last].next.empty(); ++hop) {
      last = lanes[last].next.front();
      if (lanes[last].junction != lanes[lane].junction) break;
    }
    const bool straight = std::abs(m.turn_rad) < kStraight_rad;
    use_of(lanes[lane].junction, lanes[m.approach].road).straight |= straight;
    use_of(lanes[lane].junction, lanes[last].road).straight |= straight;
  }
  for (std::uint32_t lane = 0; lane < lanes.lanes().size(); ++lane) {
    const int junction = lanes[lane].junction;
    if (junction < 0 || movements[lane].approach == kNoLane) continue;
    if (junction >= static_cast<int>(uses.size())) continue;
    const auto& list = uses[static_cast<std::size_t>(junction)];
    const auto straight = std::count_if(list.begin(), list.end(), [](const Use& u) {
      return u.straight;
    });
    if (list.size() != 3 || straight != 2) continue;
    arms[lane].through = use_of(junction, lanes[movements[lane].approach].road).straight;
  }
}

}  // namespace

void decide_right_of_way(const road::LaneGraph& graph, const LaneTable& lanes,
                         const Controls& controls, ConflictTable& conflicts) {
  Judge judge{graph, lanes, controls, {}, {}};
  for (std::uint32_t lane = 0; lane < lanes.lanes().size(); ++lane) {
    const Movement m = movement_of(lanes, lane);
    judge.movements.push_back(m);
    Arm arm;
    arm.sign = controls.entries[m.entry].sign;
    if (m.approach != kNoLane) {
      const Lane& before = lanes[m.approach];
      arm.limit_mps = lanes.piece(before, static_cast<int>(before.pieces) - 1).limit_mps;
      arm.lanes = 1;
      for (std::uint32_t l = before.left; l != kNoLane && arm.lanes < 8; l = lanes[l].left)
        ++arm.lanes;
      for (std::uint32_t r = before.right; r != kNoLane && arm.lanes < 8; r = lanes[r].right)
        ++arm.lanes;
    }
    judge.arms.push_back(arm);
  }
  find_stems(lanes, judge.movements, judge.arms);
  for (std::uint32_t lane = 0; lane < lanes.lanes().size(); ++lane) {
    for (const Conflict* c = conflicts.begin(lane); c != conflicts.end(lane); ++c) {
      if (c->other < lane) continue;  // decided from the other side
      const bool first = judge.goes_first(lane, c->other);
      const auto index = static_cast<std::size_t>(c - conflicts.all().data());
      conflicts.edit(index).goes_first = first;
      conflicts.edit(c->twin).goes_first = !first;
    }
  }
}

}  // namespace oddroad::traffic
