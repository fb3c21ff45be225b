// Bridges and tunnels of a map as meshes in world coordinates, with ground_materials(). The road
// on and in them is that of surface.h.
//
// Bridge: a deck slab of a twentieth of its length with edge beams, railings, an abutment at either
// end, piers at most 22 m apart where nothing drives below. Tunnel: a lined tube with walls up to
// 3 m and a vault over them, or a flat roof for type "underpass", at least 4.7 m clear over the
// borders; portals with a wall that holds the hill back; luminaires in two rows where the file says
// that it is lit. Dimensions: RABT and ZTV-ING cross sections as listed in assets/README.md.
#pragma once

#include "engine/asset/luminaire.h"
#include "engine/math/mesh.h"
#include "engine/stage/occupancy.h"
#include "engine/stage/structure_line.h"
#include "engine/stage/terrain.h"

namespace oddroad::stage {

inline constexpr double kTunnelShell_m = 0.6;  // of lining and vault
inline constexpr double kTunnelWalk_m = 0.9;   // walkway between the road's border and the wall
// How high the inside rises over the middle of the road's borders.
double tunnel_crown_m(const StructureLine& line, const StructureSection& section);

// `below`: what covers the ground without the bridges.
math::TriangleMesh bridge_mesh(const StructureLine& line, const Terrain& terrain,
                               const Occupancy& below);
math::TriangleMesh tunnel_mesh(const StructureLine& line);
// The luminaires alone; empty for tunnels that are not lit.
math::TriangleMesh tunnel_lamps(const StructureLine& line);
// What they give, in world coordinates: the two of a section as one light between them.
std::vector<asset::Luminaire> tunnel_lights(const StructureLine& line);

}  // namespace oddroad::stage
