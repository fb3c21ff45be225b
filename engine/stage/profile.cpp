#include "engine/stage/profile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "engine/road/locator.h"
#include "engine/road/stations.h"

namespace oddroad::stage {

namespace {

using math::Vec2d;
using math::Vec3d;
using road::LaneSection;
using road::LaneType;
using road::Road;

constexpr double kStep_m = 5;            // dense enough for terrain to follow the verge
constexpr double kJunctionStep_m = 1.0;  // and for cutting footways out of junctions
constexpr double kSameHeight_m = 0.01;
constexpr double kChamfer_m = 0.015;
constexpr double kWeld_m = 0.005;
constexpr double kRamp_m = 0.25;  // a jump of the lane height becomes a ramp this long

// A point of the cross section: metres right of its lane's left edge (or left of the right edge).
struct Mark {
  int lane = 0;
  std::optional<double> fraction = std::nullopt;  // from the inner border, in place of metres
  double metres = 0;
  bool from_right = false;
  bool chamfered = false;  // lies below the lane by the chamfer
  int lower_lane = 0;      // the lane that the chamfer must not go below
};

struct Template {
  std::vector<Mark> points;
  std::vector<SurfaceKind> strips;
};

// Fraction from the inner to the outer border of a place counted from the left or right edge.
double lane_fraction(const road::LaneStrip& strip, const Mark& mark) {
  if (mark.fraction) return *mark.fraction;
  const double width = strip.width_m();
  const bool from_inner = (mark.lane < 0) != mark.from_right;
  const double share = width > 0 ? std::min(mark.metres / width, 0.45) : 0;
  return from_inner ? share : 1 - share;
}

double edge_height(const Road& road, int section, int lane, bool right, double s) {
  const road::LaneStrip strip = road.strip(section, lane, s);
  return (lane < 0) == right ? strip.outer_h_m : strip.inner_h_m;
}

// +1 where the right one of two neighbours is raised over the left one, -1 the other way, else 0.
int raised_side(const Road& road, int section, int left, int right, const std::vector<double>& ss) {
  double lowest = 0;
  double highest = 0;
  for (const double s : ss) {
    const double d =
        edge_height(road, section, right, false, s) - edge_height(road, section, left, true, s);
    lowest = std::min(lowest, d);
    highest = std::max(highest, d);
  }
  if (std::max(highest, -lowest) <= kSameHeight_m) return 0;
  return highest >= -lowest ? 1 : -1;
}

Template section_template(const Road& road, int section, const std::vector<double>& ss) {
  std::vector<const road::Lane*> lanes;
  for (const road::Lane& lane : road.sections[static_cast<std::size_t>(section)].lanes) {
    if (lane.id != 0) lanes.push_back(&lane);
  }
  Template out;
  if (lanes.empty()) return out;
  out.points.push_back({.lane = lanes[0]->id});
  const auto add = [&](const Mark& mark, SurfaceKind kind) {
    out.points.push_back(mark);
    out.strips.push_back(kind);
  };
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const int id = lanes[i]->id;
    const SurfaceKind kind = surface_of(*lanes[i]);
    const int left = i > 0 ? raised_side(road, section, lanes[i - 1]->id, id, ss) : 0;
    const int right =
        i + 1 < lanes.size() ? raised_side(road, section, id, lanes[i + 1]->id, ss) : 0;
    if (left > 0) {
      const int lower = lanes[i - 1]->id;
      add({.lane = id, .chamfered = true, .lower_lane = lower}, SurfaceKind::kKerb);
      add({.lane = id, .metres = kChamfer_m}, SurfaceKind::kKerb);
      add({.lane = id, .metres = kKerbStone_m}, SurfaceKind::kKerb);
    }
    // Where the lateral shape bends; not on kerb stones.
    std::vector<double> breaks = road::lateral_breaks(road, section, id);
    if (id > 0) std::reverse(breaks.begin(), breaks.end());
    for (const double fraction : breaks) {
      const double width = road.strip(section, id, ss.front()).width_m();
      const double from_left = width * (id < 0 ? fraction : 1 - fraction);
      const bool on_left_stone = left > 0 && from_left < kKerbStone_m + .02;
      const bool on_right_stone = right < 0 && width - from_left < kKerbStone_m + .02;
      if (!on_left_stone && !on_right_stone) add({.lane = id, .fraction = fraction}, kind);
    }
    if (right < 0) {
      const int lower = lanes[i + 1]->id;
      add({.lane = id, .metres = kKerbStone_m, .from_right = true}, kind);
      add({.lane = id, .metres = kChamfer_m, .from_right = true}, SurfaceKind::kKerb);
      add({.lane = id, .from_right = true, .chamfered = true, .lower_lane = lower},
          SurfaceKind::kKerb);
      add({.lane = lower}, SurfaceKind::kKerb);
    } else {
      add({.lane = id, .from_right = true}, kind);
    }
  }
  return out;
}

Station make_station(const Road& road, int section, const Template& shape, double s_m,
                     const Vec3d& origin) {
  Station out;
  out.s_m = s_m;
  // At its end a section's own records still hold, so they are asked a hair before it.
  const double s = std::min(s_m, road.sections[static_cast<std::size_t>(section)].end_m - 1e-9);
  const road::RoadFrame frame = road.frame(s);
  out.left = glm::normalize(Vec2d(-std::sin(frame.heading_rad), std::cos(frame.heading_rad)));
  for (const Mark& mark : shape.points) {
    const road::LaneStrip strip = road.strip(section, mark.lane, s);
    const double fraction = lane_fraction(strip, mark);
    ProfilePoint p;
    p.t_m = strip.inner_t_m + fraction * (strip.outer_t_m - strip.inner_t_m);
    p.position = road.lane_point(section, mark.lane, s, fraction) - origin;
    if (mark.chamfered) {
      const double own = edge_height(road, section, mark.lane, mark.from_right, s);
      const double low = edge_height(road, section, mark.lower_lane, !mark.from_right, s);
      p.position.z -= std::clamp(own - low, 0.0, kChamfer_m);
    }
    p.v_m = out.points.empty()
                ? p.t_m
                : out.points.back().v_m - glm::length(p.position - out.points.back().position);
    out.points.push_back(p);
  }
  return out;
}

// s values of one section: chords, at most a step apart, ramps before height jumps, and rolls so
// small that the two triangles of a piece stay within 3 mm of the twisted surface.
std::vector<double> stations_of(const Road& road, int section, bool connecting) {
  std::vector<double> ss =
      road::section_stations(road, section,
                             {.lateral_chord_m = .008,
                              .vertical_chord_m = .0015,
                              .max_step_m = connecting ? kJunctionStep_m : kStep_m});
  const LaneSection& cross = road.sections[static_cast<std::size_t>(section)];
  double reach = 1;
  for (const road::RoadStructure& structure : road.structures) {
    for (const double s : {structure.s_m, structure.s_m + structure.length_m}) {
      if (s > cross.s_m + .01 && s < cross.end_m - .01) ss.push_back(s);
    }
  }
  for (const road::Lane& lane : cross.lanes) {
    for (const road::LaneHeight& h : lane.heights) {
      if (h.s_m - kRamp_m > cross.s_m && h.s_m < cross.end_m) ss.push_back(h.s_m - kRamp_m);
    }
    reach += lane.width.value(cross.s_m);
  }
  std::sort(ss.begin(), ss.end());
  std::vector<double> out;
  for (const double s : ss) {
    if (!out.empty() && s - out.back() < 1e-6) continue;
    if (!out.empty()) {
      const double twist =
          std::abs(road.superelevation.value(s) - road.superelevation.value(out.back()));
      const int pieces = std::min(64, 1 + static_cast<int>(twist * reach / 4 / .003));
      const double from = out.back();
      for (int k = 1; k < pieces; ++k) out.push_back(from + (s - from) * k / pieces);
    }
    out.push_back(s);
  }
  return out;
}

// Snaps points to earlier ones nearby.
class Welder {
 public:
  void weld(Vec3d& p) {
    const auto cell = [](double x) {
      return static_cast<std::int64_t>(std::floor(x / kWeld_m));
    };
    const std::int64_t x = cell(p.x);
    const std::int64_t y = cell(p.y);
    for (std::int64_t i = x - 1; i <= x + 1; ++i) {
      for (std::int64_t j = y - 1; j <= y + 1; ++j) {
        const auto found = cells_.find({i, j});
        if (found == cells_.end()) continue;
        for (const Vec3d& q : found->second) {
          if (glm::length(q - p) <= kWeld_m) {
            p = q;
            return;
          }
        }
      }
    }
    cells_[{x, y}].push_back(p);
  }

 private:
  std::map<std::array<std::int64_t, 2>, std::vector<Vec3d>> cells_;
};

bool near(const Station& station, const Vec2d& centre, double radius) {
  return std::any_of(station.points.begin(), station.points.end(), [&](const ProfilePoint& p) {
    return glm::length(Vec2d(p.position) - centre) <= radius;
  });
}

const road::RoadStructure* structure_at(const Road& road, double s) {
  for (const road::RoadStructure& structure : road.structures) {
    if (s >= structure.s_m && s <= structure.s_m + structure.length_m) return &structure;
  }
  return nullptr;
}

void add_runs(std::vector<Run>& out, const road::RoadMap& map, int index, const Vec2d& centre,
              const StageOptions& options) {
  const Road& road = map.roads[static_cast<std::size_t>(index)];
  for (int section = 0; section < static_cast<int>(road.sections.size()); ++section) {
    const std::vector<double> ss = stations_of(road, section, road.is_connecting());
    const Template shape = section_template(road, section, ss);
    if (shape.strips.empty() || ss.size() < 2) continue;
    std::vector<Station> all;
    std::vector<char> inside;
    for (const double s : ss) {
      all.push_back(make_station(road, section, shape, s, options.origin_map));
      inside.push_back(near(all.back(), centre, options.radius_m));
    }
    Run run;
    const auto flush = [&] {
      if (run.stations.size() >= 2) out.push_back(run);
      run.stations.clear();
    };
    run.road = index;
    run.section = section;
    run.connecting = road.is_connecting();
    run.strips = shape.strips;
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
      if (!inside[i] && !inside[i + 1]) {
        flush();
        continue;
      }
      const double middle = .5 * (all[i].s_m + all[i + 1].s_m);
      const auto* structure = options.structures ? structure_at(road, middle) : nullptr;
      if (structure != run.structure) flush();
      run.structure = structure;
      if (run.stations.empty()) run.stations.push_back(all[i]);
      run.stations.push_back(all[i + 1]);
    }
    flush();
  }
}

// Footways, kerbs and grass of a connecting road must not stand on another road's carriageway.
void hide_overlaps(Run& run, const road::RoadMap& map, const road::RoadLocator& locator,
                   const Vec3d& origin) {
  for (std::size_t k = 0; k < run.strips.size(); ++k) {
    if (is_carriageway(run.strips[k])) continue;
    for (std::size_t i = 0; i + 1 < run.stations.size(); ++i) {
      Vec3d middle(0);
      for (const Station* st : {&run.stations[i], &run.stations[i + 1]}) {
        middle += .25 * (st->points[k].position + st->points[k + 1].position);
      }
      middle += origin;
      for (const road::RoadPlace& place : locator.all(middle.x, middle.y, middle.z)) {
        if (place.road == run.road || !place.lane || std::abs(place.h_m) > 1) continue;
        const LaneSection& cross = map.roads[static_cast<std::size_t>(place.road)]
                                       .sections[static_cast<std::size_t>(place.section)];
        const road::Lane* lane = cross.find(*place.lane);
        if (lane != nullptr && is_carriageway(surface_of(*lane))) {
          run.hidden[k * (run.stations.size() - 1) + i] = 1;
          break;
        }
      }
    }
  }
}

// Connecting roads of one junction, straightest first, each a little lower than the one before.
void drop_overlaps(std::vector<Run>& runs, const road::RoadMap& map) {
  std::map<std::string, std::vector<std::pair<double, int>>> junctions;
  for (int i = 0; i < static_cast<int>(map.roads.size()); ++i) {
    const Road& road = map.roads[static_cast<std::size_t>(i)];
    if (!road.is_connecting()) continue;
    const double turn = std::abs(math::wrap_angle(road.reference.at(road.length_m).heading_rad -
                                                  road.reference.at(0).heading_rad));
    // Rounded, so that equally straight roads are ordered by the map.
    junctions[road.junction_id].emplace_back(std::round(turn * 50) / 50, i);
  }
  std::map<int, double> drop;
  for (auto& [id, roads] : junctions) {
    std::sort(roads.begin(), roads.end());
    const double step = std::min(.001, kJunctionDrop_m / static_cast<double>(roads.size()));
    for (std::size_t k = 0; k < roads.size(); ++k) {
      drop[roads[k].second] = step * static_cast<double>(k + 1);
    }
  }
  for (Run& run : runs) {
    if (!run.connecting) continue;
    for (Station& station : run.stations) {
      for (ProfilePoint& p : station.points) p.position.z -= drop[run.road];
    }
  }
}

}  // namespace

SurfaceKind surface_of(const road::Lane& lane) {
  switch (lane.type) {
    case LaneType::kBorder: {
      const auto narrow = [](const road::Cubic& c) {
        return c.a < 1 && c.b == 0 && c.c == 0;
      };
      const auto& widths = lane.width.records();
      return !widths.empty() && std::all_of(widths.begin(), widths.end(), narrow)
                 ? SurfaceKind::kShoulder
                 : SurfaceKind::kGrass;
    }
    case LaneType::kNone:
    case LaneType::kMedian:
      return SurfaceKind::kGrass;
    case LaneType::kSidewalk:
      return SurfaceKind::kSidewalk;
    case LaneType::kCurb:
      return SurfaceKind::kKerb;
    case LaneType::kParking:
      return SurfaceKind::kParking;
    case LaneType::kBiking:
      return SurfaceKind::kBiking;
    case LaneType::kShoulder:
    case LaneType::kStop:
    case LaneType::kRestricted:
      return SurfaceKind::kShoulder;
    default:
      return SurfaceKind::kAsphalt;
  }
}

bool is_carriageway(SurfaceKind kind) {
  return kind == SurfaceKind::kAsphalt || kind == SurfaceKind::kShoulder ||
         kind == SurfaceKind::kBiking || kind == SurfaceKind::kParking;
}

bool is_paved(SurfaceKind kind) {
  return kind != SurfaceKind::kGrass;
}

std::vector<Run> build_runs(const road::RoadMap& map, const StageOptions& options) {
  const Vec2d centre =
      options.centre_map.value_or(Vec2d(options.origin_map)) - Vec2d(options.origin_map);
  std::vector<Run> runs;
  for (int i = 0; i < static_cast<int>(map.roads.size()); ++i) {
    add_runs(runs, map, i, centre, options);
  }
  // Ordinary roads first: connecting roads then take over their end points.
  Welder welder;
  for (const bool connecting : {false, true}) {
    for (Run& run : runs) {
      if (run.connecting != connecting) continue;
      for (Station* st : {&run.stations.front(), &run.stations.back()}) {
        for (ProfilePoint& p : st->points) welder.weld(p.position);
      }
    }
  }
  drop_overlaps(runs, map);
  const bool junctions = std::any_of(runs.begin(), runs.end(), [](const Run& r) {
    return r.connecting;
  });
  std::optional<road::RoadLocator> locator;
  if (junctions) locator.emplace(map, 1.0);
  for (Run& run : runs) {
    run.hidden.assign(run.strips.size() * (run.stations.size() - 1), 0);
    if (run.connecting) hide_overlaps(run, map, *locator, options.origin_map);
  }
  return runs;
}

}  // namespace oddroad::stage
