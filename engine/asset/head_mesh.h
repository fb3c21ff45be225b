// Meshes around a head: closed surfaces by a distance for each direction.
#pragma once

#include <functional>

#include "engine/asset/head_shape.h"

namespace oddroad::asset {

using AddPiece = std::function<void(const TriangleMesh&)>;

// Azimuth 0 is forward, positive to the left.
Vec3d head_direction(double azimuth, double elevation);

// The directions that a closed surface takes, of which there are these kinds.
enum class HeadGrid { kSkin, kHair, kUnderHat, kBeard };

// One of its directions, and where that leaves the skin; canonical.
struct HeadSpot {
  Vec3d direction, skin;
};

// A closed surface around the head's middle, through a canonical point for each spot.
TriangleMesh around(const HeadFrame& frame, const HeadShape& head, HeadGrid grid,
                    const std::function<Vec3d(const HeadSpot&)>& point, std::uint16_t material);

// Without the triangles whose corners are all hidden.
void drop_if(TriangleMesh& mesh, const std::function<bool(std::uint32_t)>& hidden);

}  // namespace oddroad::asset
