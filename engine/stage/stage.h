// The static world of a map around one place: road surfaces with kerbs and marks, terrain, and
// seeded dressing (houses, trees, lamps, hedges, guard rails), all as triangles with an id each.
//
// Frame: the clip's local frame, p_map = origin_map + p_world. All ground meshes are in world
// coordinates (T_world_model is the identity); uvs of roads and footways are road metres (s, t).
//
// Ids count down from 65,535: for each road of the map in file order its surface, parking, footway,
// kerb, grass and marks (those it has), then terrain, bridges and tunnels in map order (a tunnel,
// then its luminaires) and guard rails, then the map's own objects,
// then its lights and signs in map order, then parked cars, then dressing in map order. Equal
// arguments give equal bytes.
//
// Heights: the carriageway of an ordinary road is road::Road::surface itself within the chord
// tolerances (1 cm plan, 1.5 mm height). Connecting roads of a junction overlap; each lies a little
// lower than the one before it, straightest on top, at most kJunctionDrop_m in all, so that one of
// them is seen at every place. Marks lie kMarkLift_m above the surface.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "engine/capture/ontology.h"
#include "engine/core/result.h"
#include "engine/math/affine.h"
#include "engine/road/road_map.h"
#include "engine/stage/parked_cars.h"
#include "engine/stage/street_style.h"
#include "engine/world/static_world.h"

namespace oddroad::stage {

inline constexpr double kMarkLift_m = 0.003;
inline constexpr double kJunctionDrop_m = 0.008;
inline constexpr double kKerbStone_m = 0.15;

// Where models come from: equal requests may give the same model.
using ModelMaker =
    std::function<core::Result<std::shared_ptr<const asset::Model>>(const asset::ModelRequest&)>;

struct StageOptions {
  math::Vec3d origin_map{0};              // world (0, 0, 0) in map coordinates
  std::optional<math::Vec2d> centre_map;  // middle of what is built; the origin if not set
  double radius_m = 250;                  // roads and dressing up to here
  double horizon_m = 300;                 // terrain goes on this much farther
  std::uint64_t seed = 0;                 // of the dressing

  std::optional<StreetStyle> style;  // of towns; none: every street the same

  ModelMaker make_model;  // asset::make_model if empty; several threads call it

  std::vector<ParkedCar> parked;  // of place_parked_cars; none by default
  bool marks = true;
  bool shading = true;   // normals of the ground; without them the stage only stands in the way
  bool ironware = true;  // manhole covers and gully grates of town streets
  bool signals = true;   // lights and signs of the map with their posts
  bool objects = true;   // of the map: crosswalks, barriers, parked cars, trees, ...
  bool terrain = true;
  bool structures = true;  // bridges and tunnels; without them the ground follows the road there
  bool houses = true;
  bool trees = true;
  bool fields = true;       // crops, ploughed land and pasture fences beside rural roads
  bool lamps = true;        // street lamps, power lines
  bool furniture = true;    // of footways: benches, bins, cabinets, posters, bus stops
  bool fences = true;       // hedges and fences of front gardens, bins
  bool guard_rails = true;  // along motorways
};

// Errors: no road of the map within the radius; a class missing from the ontology.
core::Result<world::StaticWorld> build_stage(const road::RoadMap& map,
                                             const capture::Ontology& ontology,
                                             const StageOptions& options = {});

}  // namespace oddroad::stage
