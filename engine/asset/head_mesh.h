// Meshes around a head: closed surfaces by a distance for each direction.
#pragma once

#include <functional>

#include "engine/asset/head_shape.h"

namespace oddroad::asset {

using AddPiece = std::function<void(const TriangleMesh&)>;
using Radial = std::function<Vec3d(const Vec3d& direction)>;

// Azimuth 0 is forward, positive to the left.
Vec3d head_direction(double azimuth, double elevation);

// A closed surface around the head's middle.
TriangleMesh around(const HeadFrame& frame, const Radial& point, int columns, int rows,
                    std::uint16_t material);

// Without the triangles whose corners are all hidden.
void drop_if(TriangleMesh& mesh, const std::function<bool(std::uint32_t)>& hidden);

}  // namespace oddroad::asset
