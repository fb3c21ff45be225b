// What stands beside the road: houses in rows, street trees, lamps, front gardens, groves. Seeded,
// never on the carriageway, made of few shared models.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/asset/catalog.h"
#include "engine/stage/occupancy.h"
#include "engine/stage/terrain.h"

namespace oddroad::stage {

struct Placed {
  std::string name;  // "house", "tree": numbered by the stage
  std::shared_ptr<const asset::Model> model;
  math::Affine3d T_world_model;
  bool labelled_box = false;
};

enum class Surroundings { kTown, kRural, kMotorway };
// From the road's type record, or guessed from its footways where it states none.
Surroundings surroundings_of(const road::Road& road, const Run& run);

// Makes each request once.
class ModelCache {
 public:
  explicit ModelCache(ModelMaker make = nullptr);
  std::shared_ptr<const asset::Model> get(const asset::ModelRequest& request);
  // The same for many, whose models are made side by side.
  std::vector<std::shared_ptr<const asset::Model>> get_all(
      const std::vector<asset::ModelRequest>& requests);

 private:
  using Made = std::pair<asset::ModelRequest, std::shared_ptr<const asset::Model>>;
  [[nodiscard]] const Made* find(const asset::ModelRequest& request) const;

  ModelMaker make_;
  std::vector<Made> made_;
};

// Its meshes lie in world coordinates.
std::vector<Placed> dress(const road::RoadMap& map, const std::vector<Run>& runs,
                          const Terrain& terrain, Occupancy& occupied, const math::Vec2d& centre,
                          const StageOptions& options, ModelCache& models);

// W-beam rails with posts along the edges of motorways, one mesh a rail, in world coordinates.
std::vector<math::TriangleMesh> guard_rails(const Run& run, const Terrain& terrain,
                                            const Occupancy& occupied);

}  // namespace oddroad::stage
