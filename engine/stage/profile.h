// Roads cut into cross sections: the one description from which surfaces, terrain and dressing are
// made, so that they share their border vertices.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/road/road_map.h"
#include "engine/stage/stage.h"

namespace oddroad::stage {

enum class SurfaceKind : std::uint8_t {
  kAsphalt,
  kShoulder,
  kBiking,
  kParking,
  kSidewalk,
  kKerb,
  kGrass,
};

// What a lane is paved with. Grass grows on medians, borders and lanes of no type; a border
// narrower than a metre is the gutter.
SurfaceKind surface_of(const road::Lane& lane);
// May wheels roll there: asphalt, shoulder, cycle track, parking?
bool is_carriageway(SurfaceKind kind);
bool is_paved(SurfaceKind kind);  // anything but grass

struct ProfilePoint {
  math::Vec3d position{0};  // world
  double t_m = 0;
  double v_m = 0;  // t plus heights climbed: texture coordinate across
};

struct Station {
  double s_m = 0;
  math::Vec2d left{0, 1};            // horizontal unit vector across the road
  std::vector<ProfilePoint> points;  // from the left edge to the right edge
};

// A stretch of one lane section inside the region, cut where bridges and tunnels begin and end.
// Strip k of every station lies between points k and k + 1 and has one kind all along. Vertical
// kerb faces are strips like any other.
struct Run {
  int road = 0;
  int section = 0;
  bool connecting = false;
  // The bridge or tunnel that all of it lies on or in; of the map. Null: neither.
  const road::RoadStructure* structure = nullptr;
  std::vector<SurfaceKind> strips;
  std::vector<Station> stations;
  // hidden[k * (stations - 1) + i]: the piece of strip k between stations i and i + 1 lies on the
  // carriageway of another road of the junction and is left out.
  std::vector<char> hidden;

  [[nodiscard]] bool is_hidden(std::size_t strip, std::size_t interval) const {
    return hidden[strip * (stations.size() - 1) + interval] != 0;
  }
};

// All stretches within the radius, in map order (road, section, s). Points at the ends of sections
// and roads that lie within 5 mm of each other are made equal.
std::vector<Run> build_runs(const road::RoadMap& map, const StageOptions& options);

}  // namespace oddroad::stage
