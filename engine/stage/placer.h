// What all dressing shares: the ground, what covers it, the models, and the list of what was put
// there.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/core/random.h"
#include "engine/stage/dressing.h"
#include "engine/stage/roadside.h"

namespace oddroad::stage {

// A model to choose, with its plan.
struct Variant {
  asset::ModelRequest request;
  double length_m = 0;  // along its x
  double width_m = 0;
};
// The request must be one of the catalog.
Variant variant(std::string type, std::uint64_t seed, std::map<std::string, double> numbers);

const Variant& pick(const std::vector<Variant>& list, core::RandomStream& random);

// A place with the model's x axis along `x` (horizontal unit vector), z up.
math::Affine3d stand(const math::Vec2d& p, double z, const math::Vec2d& x);
math::Vec2d any_direction(core::RandomStream& random);

// Borrows all it is made of.
class Placer {
 public:
  Placer(const Terrain& ground, Occupancy& cover, const math::Vec2d& middle,
         const StageOptions& wanted, ModelCache& models)
      : terrain(ground), occupied(cover), centre(middle), options(wanted), models_(models) {}

  // `name` may be a type's: "hall.market". Nothing is asked of the place.
  void place(const char* name, const Variant& v, const math::Affine3d& T);
  // A thing that gets a box of its own in the labels.
  void place_labelled(const char* name, const asset::ModelRequest& model, const math::Affine3d& T);
  // A mesh in world coordinates.
  void place_mesh(const std::string& name, const std::string& class_name, math::TriangleMesh mesh,
                  std::vector<asset::Material> materials);
  std::vector<Placed> take() { return std::move(placed_); }

  const Terrain& terrain;
  Occupancy& occupied;
  const math::Vec2d centre;  // of what is built
  const StageOptions& options;

 private:
  ModelCache& models_;
  std::vector<Placed> placed_;
};

}  // namespace oddroad::stage
