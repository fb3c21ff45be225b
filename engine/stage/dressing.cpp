#include "engine/stage/dressing.h"

#include <algorithm>

#include "engine/stage/buildings.h"
#include "engine/stage/country.h"
#include "engine/stage/town_street.h"

namespace oddroad::stage {

namespace {

using math::Vec2d;

class Dresser {
 public:
  Dresser(const road::RoadMap& map, Placer& placer)
      : map_(map), to_(placer), plants_(placer), buildings_(placer, plants_), furniture_(placer) {
    const std::optional<StreetStyle>& style = placer.options.style;
    if (!style) return;
    plants_.grow(style->tree_height_m);
    street_.emplace(placer, buildings_, plants_, furniture_, *style);
  }

  void dress_run(const Run& run) {
    const road::Road& road = map_.roads[static_cast<std::size_t>(run.road)];
    if (run.connecting || run.structure != nullptr) return;
    const Surroundings where = surroundings_of(road, run);
    for (const bool left : {true, false}) {
      const std::size_t edge = paved_edge(run, left);
      if (edge > run.strips.size()) continue;
      const Roadside side(run, edge, left);
      // Keyed by place, not by order, so that one road's houses do not move another's.
      core::RandomStream random(to_.options.seed, "stage/roadside/" + road.id + "/" +
                                                      std::to_string(run.section) +
                                                      (left ? "/left" : "/right"));
      if (where == Surroundings::kTown && street_) {
        street_->dress(run, left, side, road.id);
      } else if (where == Surroundings::kTown) {
        town(run, left, side, road.id, random);
      } else if (where == Surroundings::kRural) {
        country(run, left, side, road.id, random);
      } else if (to_.options.trees) {
        plants_.motorway_belt(side, random);
      }
    }
  }

  void groves() { plants_.groves(to_.options.style ? .2 + .9 * to_.options.style->trees : 1); }

 private:
  void town(const Run& run, bool left, const Roadside& side, const std::string& road,
            core::RandomStream& random) {
    const StageOptions& wanted = to_.options;
    if (wanted.houses) buildings_.rows(side, random);
    if (wanted.lamps) add_lamps(to_, run, left, {});
    if (wanted.furniture) furniture_.add(run, left, side, road);
    if (wanted.trees) plants_.tree_row(side, random, 1.5, 14);
    if (wanted.trees && wanted.fences) plants_.shrubs(side, random, 1.0, 3.6, 12);
  }

  void country(const Run& run, bool left, const Roadside& side, const std::string& road,
               core::RandomStream& random) {
    const StageOptions& wanted = to_.options;
    if (wanted.houses) buildings_.farms(side, random);
    const bool line = wanted.lamps && left && maybe_power_line(to_, side, road, run.section);
    if (wanted.trees && !line) add_rural_row(plants_, side, random);
    if (wanted.fields) add_fields(to_, side, random);
    if (wanted.trees) plants_.shrubs(side, random, 2.6, 5.5, 9);
  }

  const road::RoadMap& map_;
  Placer& to_;
  Plants plants_;
  Buildings buildings_;
  Furniture furniture_;
  std::optional<TownStreet> street_;
};

}  // namespace

Surroundings surroundings_of(const road::Road& road, const Run& run) {
  const auto has = [&](SurfaceKind kind) {
    return std::find(run.strips.begin(), run.strips.end(), kind) != run.strips.end();
  };
  // Footways count for more than the record: writers often leave one type for all roads.
  const std::string type = road.type_at(run.stations.front().s_m);
  if (type.rfind("town", 0) == 0 || type == "lowSpeed" || type == "pedestrian") {
    return Surroundings::kTown;
  }
  if (has(SurfaceKind::kSidewalk) && type != "rural") return Surroundings::kTown;
  if (type == "motorway") return Surroundings::kMotorway;
  // No record: four lanes and hard shoulders are a motorway.
  const auto lanes = std::count(run.strips.begin(), run.strips.end(), SurfaceKind::kAsphalt);
  if (type == "unknown" && lanes >= 4 && has(SurfaceKind::kShoulder)) {
    return Surroundings::kMotorway;
  }
  return Surroundings::kRural;
}

std::vector<Placed> dress(const road::RoadMap& map, const std::vector<Run>& runs,
                          const Terrain& terrain, Occupancy& occupied, const Vec2d& centre,
                          const StageOptions& options, ModelCache& models) {
  Placer placer(terrain, occupied, centre, options, models);
  Dresser dresser(map, placer);
  for (const Run& run : runs) dresser.dress_run(run);
  if (options.trees) dresser.groves();
  return placer.take();
}

}  // namespace oddroad::stage
