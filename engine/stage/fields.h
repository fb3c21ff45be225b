// Fields beside rural roads: crops that stand in strips along the road, ploughed and mown land, and
// the fences of pastures. Each field and each fence is one mesh in world coordinates.
#pragma once

#include <string>
#include <vector>

#include "engine/asset/material.h"
#include "engine/core/random.h"
#include "engine/math/mesh.h"
#include "engine/stage/occupancy.h"
#include "engine/stage/roadside.h"
#include "engine/stage/terrain.h"

namespace oddroad::stage {

struct Field {
  std::string name;        // "field", "pasture_fence"
  std::string class_name;  // "vegetation", "terrain", "fence"
  math::TriangleMesh mesh;
  std::vector<asset::Material> materials;
};

// Along one side of a run, from kFieldBegin_m beyond the paved edge. Only on free ground, of which
// the fields become part; what grows stands no nearer to anything else than a tractor would pass.
std::vector<Field> fields_along(const Roadside& side, const Terrain& terrain, Occupancy& occupied,
                                core::RandomStream& random);

inline constexpr double kFieldBegin_m = 6.5;

}  // namespace oddroad::stage
