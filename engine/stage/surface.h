// Meshes of what runs along a road: surfaces by class, and marks.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/asset/material.h"
#include "engine/math/mesh.h"
#include "engine/stage/profile.h"

namespace oddroad::stage {

// Indices into ground_materials().
enum GroundMaterial : std::uint16_t {
  kGroundAsphalt,
  kGroundShoulder,
  kGroundBiking,
  kGroundParking,
  kGroundPavers,
  kGroundKerb,
  kGroundGrass,
  kGroundMeadow,
  kGroundPaintWhite,
  kGroundPaintYellow,
  kGroundConcrete,
  kGroundSteel,
  kGroundTunnelPanel,
  kGroundLuminaire,
  kGroundStoneWall,
  kGroundVerge,
  kGroundIron,
  kGroundBlocks,
  kGroundGrate,
  kGroundMaterialCount,
};
std::vector<asset::Material> ground_materials();

// The ontology class of a surface: "road", "parking", "sidewalk", "kerb", "terrain".
std::string class_of(SurfaceKind kind);

// Adds the surfaces of one run to the mesh of their class.
void add_surfaces(std::map<std::string, math::TriangleMesh>& by_class, const Run& run,
                  const std::optional<StreetStyle>& style = {});

// Stripes of one run: thin geometry kMarkLift_m above the surface, clipped to the carriageway.
void add_marks(math::TriangleMesh& mesh, const road::RoadMap& map, const Run& run,
               const math::Vec3d& origin_map);

// Manhole covers on the lanes and gully grates before the kerbs of one run, 2 mm over the surface
// that they belong to.
void add_ironware(std::map<std::string, math::TriangleMesh>& by_class, const road::RoadMap& map,
                  const Run& run, const math::Vec3d& origin_map);

}  // namespace oddroad::stage
