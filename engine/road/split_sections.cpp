#include "engine/road/split_sections.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "engine/road/stations.h"

namespace oddroad::road {
namespace {

// Nearer to a section's end than this a split would leave a sliver.
constexpr double kSliver_m = 0.001;

// Of records that hold until the next one, those that matter from s on.
template <typename T>
void keep_from(std::vector<T>& records, double s_m) {
  const auto after =
      std::upper_bound(records.begin(), records.end(), s_m, [](double s, const T& record) {
        return s < record.s_m;
      });
  if (after != records.begin()) records.erase(records.begin(), after - 1);
}

template <typename T>
void keep_before(std::vector<T>& records, double s_m) {
  std::erase_if(records, [&](const T& record) {
    return record.s_m >= s_m;
  });
}

void split(std::vector<LaneSection>& sections, std::size_t index, double s_m) {
  LaneSection second = sections[index];
  LaneSection& first = sections[index];
  first.end_m = s_m;
  second.s_m = s_m;
  for (Lane& lane : first.lanes) {
    lane.successor = lane.id;
    keep_before(lane.marks, s_m);
    keep_before(lane.heights, s_m);
    keep_before(lane.speeds, s_m);
  }
  for (Lane& lane : second.lanes) {
    lane.predecessor = lane.id;
    keep_from(lane.marks, s_m);
    keep_from(lane.heights, s_m);
    keep_from(lane.speeds, s_m);
  }
  sections.insert(sections.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(second));
}

}  // namespace

void split_at_side_links(RoadMap& map) {
  std::map<int, std::vector<double>> places;
  for (const Road& road : map.roads) {
    for (const RoadLink* link : {&road.predecessor, &road.successor}) {
      if (link->kind != LinkKind::kRoad || !link->side_s_m) continue;
      const int to = map.road_index(link->id);
      if (to >= 0) places[to].push_back(*link->side_s_m);
    }
  }
  for (auto& [index, stations] : places) {
    Road& road = map.roads[static_cast<std::size_t>(index)];
    for (const double s : stations) {
      if (!(s > kSliver_m && s < road.length_m - kSliver_m)) continue;
      const auto section = static_cast<std::size_t>(road.section_at(s));
      const LaneSection& cross = road.sections[section];
      if (s - cross.s_m < kSliver_m || cross.end_m - s < kSliver_m) continue;
      split(road.sections, section, s);
    }
    road.breaks_m = find_breaks(road);
  }
}

}  // namespace oddroad::road
