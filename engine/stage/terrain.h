// The ground around the roads. A height field that stays below every road surface, and a verge that
// joins each road's outermost border vertices to it: the verge starts at the border and ends just
// under the field, so that there is neither gap nor overlap to be seen. Over tunnels it is a hill,
// with holes where they come out of it; under bridges it falls away.
#pragma once

#include <array>
#include <vector>

#include "engine/math/mesh.h"
#include "engine/stage/occupancy.h"
#include "engine/stage/profile.h"
#include "engine/stage/structure_line.h"

namespace oddroad::stage {

class Terrain {
 public:
  Terrain(const std::vector<Run>& runs, const math::Vec2d& centre, const StageOptions& options);

  // Height of the mesh at a place within the fine grid (radius + 40 m); beyond it an estimate.
  [[nodiscard]] double height(const math::Vec2d& p) const;
  [[nodiscard]] math::TriangleMesh mesh() const;
  // The verges of one run. `occupied` tells where other roads lie.
  void add_verges(math::TriangleMesh& mesh, const Run& run, const Occupancy& occupied) const;

 private:
  [[nodiscard]] double undisturbed(const math::Vec2d& p) const;
  [[nodiscard]] math::Vec2d node(int x, int y) const;
  [[nodiscard]] double& z(int x, int y);
  [[nodiscard]] double z(int x, int y) const;
  void keep_below(const std::vector<Run>& runs);
  // A hill over tunnels; a valley under bridges.
  [[nodiscard]] double shaped(const math::Vec2d& p, double height) const;
  // Does this piece of ground run through a tunnel?
  [[nodiscard]] bool in_tunnel(const std::array<math::Vec3d, 3>& corners) const;

  math::Vec2d centre_;
  double half_m_ = 0;
  double horizon_m_ = 0;
  int cells_ = 0;  // per side
  void add_backfill(math::TriangleMesh& mesh, std::array<math::Vec3d, 3> corners) const;

  std::vector<StructureLine> structures_;
  std::vector<math::Vec3d> borders_;  // sparse samples of road borders
  std::vector<double> heights_;
  double phase_ = 0;
};

}  // namespace oddroad::stage
