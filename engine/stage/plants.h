// Trees and bushes beside roads, and groves between them.
#pragma once

#include "engine/stage/placer.h"

namespace oddroad::stage {

// A row of trees beside a road.
struct TreeRow {
  double from_m = 0, to_m = 1e9;  // along the side
  double offset_m = 1.5;          // beyond its edge
  double step_m = 14;
  double planted = 1;  // share of the places that still have their tree
};

class Plants {
 public:
  explicit Plants(Placer& placer);

  void tree_row(const Roadside& side, core::RandomStream& random, double offset_m, double step_m);
  void poplar_row(const Roadside& side, core::RandomStream& random);
  // Of the species given, with gaps.
  void row_of(const Roadside& side, const TreeRow& row, const std::vector<Variant>& species,
              core::RandomStream& random);
  // Bushes in clumps between two distances from the edge.
  void shrubs(const Roadside& side, core::RandomStream& random, double from_m, double to_m,
              double step_m, double begin_m = 0, double end_m = 1e9);
  // A simple tree, `clear_m` from anything paved; not where something is.
  void far_tree(const math::Vec2d& p, core::RandomStream& random, std::uint32_t kind,
                double clear_m);
  // A tree of the town's own age, on lawns and in gardens, where nothing is.
  void garden_tree(const math::Vec2d& p, core::RandomStream& random);
  // From here on street and garden trees are about this high; of a few species, drawn.
  void grow(double height_m);
  [[nodiscard]] std::vector<Variant> some_species(core::RandomStream& random) const;
  // A belt of trees 12 to 35 m behind the rail, with gaps for the view.
  void motorway_belt(const Roadside& side, core::RandomStream& random);
  // Groves between and behind, and a broken line of trees along the horizon.
  void groves(double share);

 private:
  Placer& to_;
  Variant poplar_;
  std::vector<Variant> street_, far_, shrubs_;
};

}  // namespace oddroad::stage
