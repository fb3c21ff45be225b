// A triangle skin that can be cut along convex cells without cracks: windows, lamps, gaps and wheel
// houses become regions of their own surface with clean edges.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "engine/math/affine.h"
#include "engine/math/mesh.h"

namespace oddroad::asset {

// Inside: dot(normal, p) <= offset.
struct CutPlane {
  math::Vec3d normal{0};
  double offset = 0;
};
using ConvexCell = std::vector<CutPlane>;

struct BodySkin {
  std::vector<math::Vec3d> positions;
  std::vector<math::Vec3d> normals;
  std::vector<std::array<std::uint32_t, 3>> triangles;
  std::vector<std::uint16_t> tags;  // per triangle
};

// Which triangles a cut may touch: by centroid, unit normal and present tag.
using CutFilter =
    std::function<bool(const math::Vec3d& centre, const math::Vec3d& normal, std::uint16_t tag)>;

// Splits the triangles that pass the filter along the cell and gives the parts inside it the tag.
void cut_skin(BodySkin& skin, const ConvexCell& cell, std::uint16_t tag, const CutFilter& filter);
// Joins vertices closer than 20 micrometres, drops slivers and splits edges on which another
// triangle's vertex lies, so that the skin is closed again. Vertices with y within 1e-9 of 0 lie on
// the mirror plane.
void repair_skin(BodySkin& skin);
// Removes vertices that cutting left on flat skin and on straight borders of tags, where that moves
// the surface by less than a third of a millimetre.
void simplify_skin(BodySkin& skin);
// Adds the mirror image in y.
void mirror_skin(BodySkin& skin);
// Removes the triangles of a tag; `edges` gets each open edge, directed as the kept triangle has
// it.
void remove_tag(BodySkin& skin, std::uint16_t tag, std::vector<std::array<math::Vec3d, 2>>& edges);
// Pushes the regions of a tag inwards along their normals and closes the step with walls.
void inset_skin(BodySkin& skin, std::uint16_t tag, double depth_m, std::uint16_t wall_tag);

// uvs: metres, from the side (x, z).
math::TriangleMesh to_mesh(const BodySkin& skin);

}  // namespace oddroad::asset
