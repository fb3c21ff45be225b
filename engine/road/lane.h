// Lanes of a road's cross section, as OpenDRIVE describes them, with s offsets resolved to road s.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/road/cubic.h"

namespace oddroad::road {

// OpenDRIVE's e_laneType, 1.4 to 1.8. kOther keeps what no version knows.
enum class LaneType {
  kNone,
  kDriving,
  kStop,
  kShoulder,
  kBiking,
  kSidewalk,
  kBorder,
  kRestricted,
  kParking,
  kBidirectional,
  kMedian,
  kCurb,
  kEntry,
  kExit,
  kOnRamp,
  kOffRamp,
  kConnectingRamp,
  kSlipLane,
  kBus,
  kTaxi,
  kHov,
  kTram,
  kRail,
  kRoadWorks,
  kSpecial,
  kShared,
  kOther,
};

std::string_view to_string(LaneType type);
// The type a file names ("walking" is a sidewalk, "mwyEntry" an entry), kOther if unknown.
LaneType lane_type_from(std::string_view name);
// May motor vehicles drive along it in normal traffic (driving, ramps, entry, exit, bus, ...)?
bool is_drivable(LaneType type);

// One longitudinal stripe of a mark. length 0 and space 0: unbroken.
struct MarkLine {
  double length_m = 0;
  double space_m = 0;
  double t_offset_m = 0;  // from the lane's outer border, positive to the left
  double s_offset_m = 0;  // of the first stripe from the start of the mark
  double width_m = 0.12;
};

// Along the outer border of its lane (of lane 0: along the centre), from s_m to the next mark.
struct RoadMark {
  double s_m = 0;
  std::string type;    // "solid", "broken", "solid solid", "curb", "botts dots", "none", ...
  std::string weight;  // "standard", "bold"
  std::string color;   // "standard" (white), "white", "yellow", ...
  double width_m = 0.12;
  double height_m = 0;
  // Never empty unless type is "none", "curb", "grass" or "edge": what the file does not say is
  // filled in from type, weight and width (double lines one width apart, broken 3 m / 6 m).
  std::vector<MarkLine> lines;
};

// Lane surface above the road surface, linear from the inner to the outer border.
struct LaneHeight {
  double s_m = 0;
  double inner_m = 0;
  double outer_m = 0;
};

struct LaneSpeed {
  double s_m = 0;
  double limit_mps = 0;
};

enum class LaneDirection { kStandard, kReversed, kBoth };

struct Lane {
  int id = 0;  // 0 centre (no width), positive to the left, negative to the right
  LaneType type = LaneType::kNone;
  std::string type_name;  // as in the file
  bool level = false;     // stays horizontal across, whatever the superelevation
  LaneDirection direction = LaneDirection::kStandard;
  CubicProfile width;   // m
  CubicProfile border;  // m, distance of the outer border from lane 0; used if width is empty
  std::vector<LaneHeight> heights;
  std::vector<RoadMark> marks;
  std::vector<LaneSpeed> speeds;
  std::optional<int> predecessor;  // lane id in what touches the section's start
  std::optional<int> successor;    // lane id in what touches the section's end
};

struct LaneSection {
  double s_m = 0;
  double end_m = 0;  // start of the next section, or the road's length
  bool single_side = false;
  std::vector<Lane> lanes;  // descending id: from the left edge to the right edge, 0 included

  [[nodiscard]] const Lane* find(int lane_id) const;
  [[nodiscard]] int leftmost_id() const;   // 0 if no lane lies to the left
  [[nodiscard]] int rightmost_id() const;  // 0 if no lane lies to the right
};

}  // namespace oddroad::road
