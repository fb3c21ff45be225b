#include "engine/stage/stage.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "engine/asset/model.h"
#include "engine/stage/dressing.h"
#include "engine/stage/map_objects.h"
#include "engine/stage/map_signals.h"
#include "engine/stage/structures.h"
#include "engine/stage/surface.h"
#include "engine/stage/terrain.h"

namespace oddroad::stage {

namespace {

using math::TriangleMesh;
using math::Vec2d;

// The order in which a road's surfaces get their ids.
constexpr std::array<const char*, 6> kSurfaceClasses = {"road", "parking", "sidewalk",
                                                        "kerb", "terrain", "lane_mark"};

class Assembler {
 public:
  Assembler(const capture::Ontology& ontology, const StageOptions& options)
      : ontology_(ontology), shading_(options.shading), ground_(ground_materials()) {
    const std::optional<StreetStyle>& style = options.style;
    if (!style) return;
    for (const GroundMaterial paint : {kGroundPaintWhite, kGroundPaintYellow}) {
      ground_[paint].pattern_strength = static_cast<float>(style->worn_paint);
    }
  }

  void add(MapThing from) {
    if (next_ == 0) return;  // reported by finish()
    const capture::OntologyClass* found = ontology_.find(from.model->class_name);
    if (found == nullptr) {
      missing_[from.model->class_name] = true;
      return;
    }
    world::StaticThing thing;
    thing.id = core::InstanceId(next_--);
    thing.name = std::move(from.name);
    thing.class_id = found->id;
    thing.model = std::move(from.model);
    thing.T_world_model = from.T_world_model;
    thing.labelled_box = from.labelled_box || found->thing;
    thing.signal_id = std::move(from.signal_id);
    thing.looks = std::move(from.looks);
    world_.things.push_back(std::move(thing));
  }

  void add_ground(const std::string& name, const std::string& class_name, TriangleMesh mesh,
                  std::vector<asset::Luminaire> luminaires = {}) {
    mesh.remove_degenerate();
    if (mesh.triangles.empty()) return;
    if (shading_) math::smooth_normals(mesh, .5f);
    asset::Model model;
    model.name = name;
    model.class_name = class_name;
    model.materials = ground_;
    model.luminaires = std::move(luminaires);
    asset::Part part;
    part.name = class_name;
    part.mesh = std::make_shared<const TriangleMesh>(std::move(mesh));
    model.parts.push_back(std::move(part));
    model.box = asset::rest_bounds(model, false);
    model.height_m = model.box.upper.z;
    add({.name = name, .model = std::make_shared<const asset::Model>(std::move(model))});
  }

  core::Result<world::StaticWorld> finish(const math::Vec3d& origin) {
    if (!missing_.empty()) {
      core::Diagnostics wrong;
      for (const auto& [name, yes] : missing_) {
        wrong.error({}, "the ontology has no class '" + name + "', which the map's world needs");
      }
      return tl::unexpected(std::move(wrong));
    }
    // Actors count up from 1: leave them room.
    if (next_ < 10'000) return core::fail("more than 55,535 static things", "lower the radius");
    world_.T_map_world.translation = origin;
    return std::move(world_);
  }

 private:
  const capture::Ontology& ontology_;
  bool shading_;
  std::vector<asset::Material> ground_;
  world::StaticWorld world_;
  std::uint16_t next_ = 65'535;
  std::map<std::string, bool> missing_;
};

void add_roads(Assembler& out, const road::RoadMap& map, const std::vector<Run>& runs,
               const StageOptions& options) {
  for (std::size_t first = 0; first < runs.size();) {
    std::size_t last = first;
    std::map<std::string, TriangleMesh> by_class;
    for (; last < runs.size() && runs[last].road == runs[first].road; ++last) {
      add_surfaces(by_class, runs[last], options.style);
      const road::Road& road = map.roads[static_cast<std::size_t>(runs[last].road)];
      if (options.ironware && surroundings_of(road, runs[last]) == Surroundings::kTown) {
        add_ironware(by_class, map, runs[last], options.origin_map);
      }
      if (options.marks) add_marks(by_class["lane_mark"], map, runs[last], options.origin_map);
    }
    const std::string name = "road." + map.roads[static_cast<std::size_t>(runs[first].road)].id;
    for (const char* class_name : kSurfaceClasses) {
      const std::string part = std::string(class_name) == "road" ? name : name + "." + class_name;
      out.add_ground(part, class_name, std::move(by_class[class_name]));
    }
    first = last;
  }
}

void add_structures(Assembler& out, const road::RoadMap& map, const std::vector<Run>& runs,
                    const Terrain& terrain, const Occupancy& ground_level) {
  for (const Run& run : runs) {
    if (run.structure == nullptr) continue;
    const StructureLine line(run);
    const std::string name = map.roads[static_cast<std::size_t>(run.road)].id + "." +
                             run.structure->id + "." + std::to_string(run.section);
    if (line.is_bridge()) {
      out.add_ground("bridge." + name, "bridge", bridge_mesh(line, terrain, ground_level));
    } else {
      out.add_ground("tunnel." + name, "tunnel", tunnel_mesh(line));
      out.add_ground("tunnel." + name + ".lamps", "tunnel", tunnel_lamps(line),
                     tunnel_lights(line));
    }
  }
}

void add_parked_cars(const StageOptions& options, ModelCache& models, Assembler& out) {
  std::vector<asset::ModelRequest> requests;
  for (const ParkedCar& car : options.parked) requests.push_back(car.model);
  const auto made = models.get_all(requests);
  for (std::size_t k = 0; k < options.parked.size(); ++k) {
    MapThing thing;
    thing.name = "parked_car." + std::to_string(k + 1);
    thing.model = made[k];
    thing.T_world_model = options.parked[k].T_map_car;
    thing.T_world_model.translation -= options.origin_map;
    thing.labelled_box = true;
    out.add(std::move(thing));
  }
}

bool has_signals(const road::RoadMap& map) {
  return std::any_of(map.roads.begin(), map.roads.end(), [](const road::Road& road) {
    return !road.signals.empty();
  });
}

}  // namespace

core::Result<world::StaticWorld> build_stage(const road::RoadMap& map,
                                             const capture::Ontology& ontology,
                                             const StageOptions& options) {
  const Vec2d centre =
      options.centre_map.value_or(Vec2d(options.origin_map)) - Vec2d(options.origin_map);
  const std::vector<Run> runs = build_runs(map, options);
  if (runs.empty()) {
    return core::fail("no road of " + map.source + " within " +
                          std::to_string(static_cast<int>(options.radius_m)) +
                          " m of the place to build",
                      "check the site or the radius");
  }
  Assembler out(ontology, options);
  add_roads(out, map, runs, options);

  Occupancy occupied(centre, options.radius_m + 45);
  for (const Run& run : runs) occupied.add_run(run);
  Occupancy ground_level(centre, options.radius_m + 45);  // without what passes over it
  for (const Run& run : runs) {
    if (run.structure == nullptr) ground_level.add_run(run);
  }
  const Terrain terrain(runs, centre, options);
  if (options.terrain) {
    TriangleMesh ground = terrain.mesh();
    for (const Run& run : runs) terrain.add_verges(ground, run, ground_level);
    out.add_ground("terrain", "terrain", std::move(ground));
  }
  add_structures(out, map, runs, terrain, ground_level);
  if (options.guard_rails) {
    int rails = 0;
    for (const Run& run : runs) {
      const road::Road& road = map.roads[static_cast<std::size_t>(run.road)];
      if (run.connecting || run.structure != nullptr) continue;
      if (surroundings_of(road, run) != Surroundings::kMotorway) continue;
      for (TriangleMesh& mesh : guard_rails(run, terrain, ground_level)) {
        out.add_ground("guard_rail." + std::to_string(++rails), "guard_rail", std::move(mesh));
      }
    }
  }
  ModelCache models(options.make_model);
  if (options.objects) {
    MapObjects objects =
        make_map_objects(map, road::place_objects(map), centre, options, models, occupied);
    out.add_ground("paint", "lane_mark", std::move(objects.paint));
    for (MapThing& thing : objects.things) out.add(std::move(thing));
  }
  if (options.signals && has_signals(map)) {
    const road::PlacedSignals placed = road::place_signals(road::LaneGraph(map));
    for (MapThing& thing :
         make_map_signals(map, placed, centre, options, terrain, models, occupied)) {
      out.add(std::move(thing));
    }
  }
  add_parked_cars(options, models, out);
  std::map<std::string, int> count;
  for (const Placed& p : dress(map, runs, terrain, occupied, centre, options, models)) {
    out.add({.name = p.name + "." + std::to_string(++count[p.name]),
             .model = p.model,
             .T_world_model = p.T_world_model,
             .labelled_box = p.labelled_box});
  }
  auto world = out.finish(options.origin_map);
  if (world) {
    world->keep_left =
        map.roads[static_cast<std::size_t>(runs.front().road)].rule == road::TrafficRule::kLeftHand;
  }
  return world;
}

}  // namespace oddroad::stage
